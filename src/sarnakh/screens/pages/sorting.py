"""The order of the rows of a list, and its first pages without sorting them all."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet, Subquery

from sarnakh.records.types import Field, RecordType, by_name
from sarnakh.screens.look import Look
from sarnakh.screens.selection import Count

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


def counted_keys(look: Look, first: int, size: int) -> tuple[Count, list[int] | None]:
    """How many rows there are, and the numbers of a page's records in order.

    What a search finds is found once for both, in one statement. Without keys where
    there are more rows than are counted: then walking them in their order is shorter.
    """
    terms = _terms(look)
    if terms is None or look.selection.tally is not None:
        return look.selection.count(), None
    limit = settings.COUNT_LIMIT
    columns = {f"term_{place}": F(term.path) for place, term in enumerate(terms)}
    rows = look.selection.rows.order_by().annotate(**columns).values("pk", *columns)
    sql, parameters = rows[: limit + 1].query.sql_with_params()
    by = ", ".join(f"term_{place}{term.sql}" for place, term in enumerate(terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS MATERIALIZED ({sql}), "
            "total AS MATERIALIZED (SELECT COUNT(*) AS how_many FROM found) "
            "SELECT how_many FROM total UNION ALL SELECT pk FROM (SELECT pk FROM found "
            "WHERE (SELECT how_many FROM total) <= %s "
            f"ORDER BY {by} LIMIT %s OFFSET %s) AS part",
            [*parameters, limit, size, first],
        )
        (total,), *keys = cursor.fetchall()
    count = Count(min(total, limit), is_more=total > limit)
    return count, None if count.is_more else [key for (key,) in keys]


@dataclass(frozen=True)
class _Term:
    """A column to sort by; `is_unset` gives rows without a value their place."""

    path: str
    is_down: bool
    is_unset: bool = False

    @property
    def sql(self) -> str:
        if self.is_down:
            return " DESC NULLS FIRST" if self.is_unset else " DESC"
        return " NULLS LAST" if self.is_unset else ""


def _terms(look: Look) -> list[_Term] | None:
    """The order of `ordered` as columns; None where it is more than that."""
    field, down = _asked(look)
    found = [_Term(name.lstrip("-"), name.startswith("-")) for name in look.type.order]
    if field is not None:
        column = sort_column(look.type, field)
        found.insert(0, _Term(column, down, is_nullable(look.type, column)))
    # A link sorts by whatever its own records are sorted by.
    is_plain = all(not _last(look.type, term.path).is_relation for term in found)
    return found if is_plain else None


def _last(record_type: RecordType, path: str) -> Any:
    model: Any = record_type.model
    for step in path.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        model = field.related_model
    return field


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
