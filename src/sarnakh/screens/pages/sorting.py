"""The order of the rows of a list, and its first pages without sorting them all."""

from typing import Any

from django.db.models import F, QuerySet, Subquery

from sarnakh.records.types import Field, RecordType, by_name
from sarnakh.screens.look import Look

# So many rows from the top may be found by walking the linked records in order.
NEAR = 1_000
# Linked records to walk for each row, because not every one has a row.
SPREAD = 4


def page_keys(look: Look, rows: "QuerySet[Any]", first: int, size: int) -> list[int]:
    """Numbers of the records of a page, in order.

    Sorting by a link means sorting by another table. Near the top it is enough to
    walk that table in its order, or to take the rows without a link.
    """
    near = _near_the_top(look, rows, first + size)
    if near is not None:
        found = list(near.values_list("pk", flat=True)[first : first + size])
        if len(found) == size:
            return found
    return list(ordered(look, rows).values_list("pk", flat=True)[first : first + size])


def ordered(look: Look, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Rows in the order asked for; "not set" is last, downwards it is first.

    The type's own order breaks ties.
    """
    field, down = _asked(look)
    if field is None:
        return rows.order_by(*look.type.order)
    column = sort_column(look.type, field)
    unset = True if is_nullable(look.type, column) else None
    by = F(column).desc(nulls_first=unset) if down else F(column).asc(nulls_last=unset)
    return rows.order_by(by, *look.type.order)


def sort_column(record_type: RecordType, field: Field) -> str:
    """The column behind a sort: a key for names, the title of linked records."""
    if field.name in record_type.sort_columns:
        return record_type.sort_columns[field.name]
    if field.target:
        linked = by_name(field.target)
        title = linked.sort_columns.get(linked.title, linked.title)
        return f"{field.column}__{title}"
    return field.column


def is_nullable(record_type: RecordType, column: str) -> bool:
    """Whether "not set" rows need a place of their own."""
    model: Any = record_type.model
    for step in column.split("__"):
        field = model._meta.get_field(step)
        if field.null:
            return True
        model = field.related_model
    return False


def _asked(look: Look) -> tuple[Field | None, bool]:
    """The field to sort by, and whether downwards; None for the usual order."""
    field = look.fields.get(look.state.order.lstrip("-"))
    if field is None or not field.is_sortable:
        return None, False
    return field, look.state.order.startswith("-")


def _near_the_top(
    look: Look, rows: "QuerySet[Any]", depth: int
) -> "QuerySet[Any] | None":
    """The beginning of the sorted rows, if there is a short way to it."""
    field, down = _asked(look)
    if field is None or depth > NEAR:
        return None
    link, _sign, key = sort_column(look.type, field).partition("__")
    if not key or not is_nullable(look.type, link):
        return None
    if down:
        return rows.filter(**{f"{link}__isnull": True}).order_by(*look.type.order)
    linked: Any = look.type.model._meta.get_field(link).related_model
    reach = SPREAD * depth
    border = linked._default_manager.order_by(key).values(key)[reach : reach + 1]
    return ordered(look, rows.filter(**{f"{link}__{key}__lt": Subquery(border)}))
