"""What was decided for a header is proposed again the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.models import RememberedMapping
from sarnakh.records.types import RecordType

if TYPE_CHECKING:
    from sarnakh.exchange.importing.plan import Plan

LONGEST = 200


def folded(header: str) -> str:
    """A header as it is remembered: case and runs of blanks do not matter."""
    return " ".join(header.split()).casefold()[:LONGEST]


def remembered(record_type: RecordType, by: Actor) -> dict[str, str]:
    """Header → path of earlier imports; an empty path means: left out."""
    found = RememberedMapping.objects.filter(
        record_type=record_type.name, company=by.company
    )
    return dict(found.values_list("header", "field"))


def remember_mapping(plan: Plan, by: Actor) -> None:
    """Keep the mapping of an import that succeeded."""
    RememberedMapping.objects.bulk_create(
        [
            RememberedMapping(
                record_type=plan.type.name,
                company=by.company,
                header=folded(column.header),
                field=column.fields[0][:LONGEST] if column.fields else "",
            )
            for column in {folded(c.header): c for c in plan.columns}.values()
        ],
        update_conflicts=True,
        unique_fields=["record_type", "company", "header"],
        update_fields=["field"],
    )
