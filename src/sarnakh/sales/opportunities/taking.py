"""A quotation for an opportunity takes over what is known there (crm §15.3)."""

from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS
from sarnakh.records import rows
from sarnakh.records.types.record_type import Values
from sarnakh.sales.orders.scene import Scene

TAKEN = ("customer", "campaign", "medium", "source", "company", "team")


def from_opportunity(values: Values, scene: Scene) -> Values:
    """Values completed from the opportunity that they name; what was said stays."""
    given = values.get("opportunity")
    if not given:
        return values
    number = int(str(getattr(given, "pk", given)))
    lead: Lead = rows.find(LEADS, number, scene.by)
    found: Values = {
        name: getattr(lead, f"{name}_id")
        for name in TAKEN
        if getattr(lead, f"{name}_id")
    }
    if lead.salesperson_id:
        found["salesperson"] = lead.salesperson_id
    found["origin"] = lead.name[:200]
    if "tags" not in values:
        found["tags"] = list(lead.tags.values_list("pk", flat=True))
    return found | values
