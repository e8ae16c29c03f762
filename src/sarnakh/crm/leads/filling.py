"""What choosing a customer suggests for the rest of a lead's form."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.leads.customer import take_from_customer
from sarnakh.crm.leads.derived import default_name
from sarnakh.crm.models import Lead
from sarnakh.records import rows

FILLED = ("name", "email", "phone", "mobile", "contact_name", "company_name",
          "job_position", "website", "street", "street2", "city", "zip", "state",
          "country")  # fmt: skip


def follows(field: str, value: Any, actor: Actor) -> dict[str, Any]:
    """Texts for untouched fields; `value` is a contact's id or a new name."""
    if field != "customer" or not value:
        return {}
    if isinstance(value, str):
        return {"name": default_name(Lead(company_name=value))}
    customer = (
        rows.visible(CONTACTS, actor).select_related("parent").filter(pk=value).first()
    )
    if customer is None:
        return {}
    lead = Lead(customer=customer)
    take_from_customer(lead, ())
    lead.name = default_name(lead)
    return {name: getattr(lead, name) for name in FILLED if getattr(lead, name)}
