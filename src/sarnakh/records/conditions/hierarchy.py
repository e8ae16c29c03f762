"""Families: a record with everything below or above it."""

from typing import Any

from django.db.models import QuerySet

from sarnakh.records.types import RecordType

DEEPEST = 100


def column(record_type: RecordType) -> str:
    """The column that points to the parent."""
    field = record_type.field(record_type.parent)
    return field.column if field else record_type.parent


def family(
    roots: "QuerySet[Any]", rows: "QuerySet[Any]", parent: str, upwards: bool
) -> list[int]:
    """Ids of the roots and of all their visible descendants, or ancestors.

    One query per level; a circle ends where it began.
    """
    found: dict[int, None] = {}
    level = list(roots.order_by().values_list("pk", parent))
    for _step in range(DEEPEST):
        fresh = [(pk, above) for pk, above in level if pk not in found]
        if not fresh:
            break
        found.update(dict.fromkeys(pk for pk, _above in fresh))
        if upwards:
            wanted = {"pk__in": [above for _pk, above in fresh if above is not None]}
        else:
            wanted = {f"{parent}__in": [pk for pk, _above in fresh]}
        level = list(rows.order_by().filter(**wanted).values_list("pk", parent))
    return list(found)
