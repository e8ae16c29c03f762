"""Lists: which rows, in which order, which part of them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.api.errors import bad_request
from sarnakh.api.outputs import shape
from sarnakh.api.parameters import BIGGEST, Parameters
from sarnakh.records import conditions
from sarnakh.records.database import SortKey
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

MOST = 500
FARTHEST = 100_000
MOST_ORDERS = 5
EXPECTED = ("domain", "fields", "order", "limit", "offset", "total", "cursor")

Order = list[str | OrderBy]


@dataclass(frozen=True)
class Paging:
    """Which part of the rows: after so many, or after the row with a number."""

    limit: int
    offset: int
    after: int | None


def listed(
    record_type: RecordType,
    found: "QuerySet[Any]",
    parameters: Parameters,
    actor: Actor,
) -> dict[str, Any]:
    """A part of the visible rows as JSON; `parameters` are the EXPECTED ones."""
    names = parameters.words("fields") if "fields" in parameters else None
    wanted = shape(record_type, actor, names)
    order = ordering(record_type, parameters.words("order"), actor)
    part = _paging(parameters)
    matching = filtered(record_type, found, parameters.condition("domain"), actor)
    records = list(wanted.loaded(_part(matching, order, part)))
    answer: dict[str, Any] = {"items": [wanted.plain(one) for one in records]}
    answer["limit"] = part.limit
    if part.after is None:
        answer["offset"] = part.offset
    else:
        is_full = len(records) == part.limit
        answer["cursor"] = str(records[-1].pk) if is_full else None
    if parameters.flag("total"):
        answer["total"] = matching.order_by().count()
    return answer


def filtered(
    record_type: RecordType,
    found: "QuerySet[Any]",
    condition: list[Any],
    actor: Actor,
) -> "QuerySet[Any]":
    """Rows that match; archived ones only if the condition speaks of them."""
    if condition:
        found = found.filter(conditions.compile(condition, record_type, actor))
    active = record_type.active
    if active and not any(_speaks_of(active, one) for one in condition):
        column = record_type.fields[active].column
        found = found.filter(**{column: True})
    return found


def ordering(record_type: RecordType, names: list[str], actor: Actor) -> Order:
    """`-priority,name` as the ORM takes it; the type's own order without names."""
    if len(names) > MOST_ORDERS:
        raise bad_request("order", _("Name fewer fields to order by."))
    if not names:
        return list(record_type.order)
    readable = record_type.readable_fields(actor)
    order: Order = []
    for written in names:
        name = written.removeprefix("-")
        if name == "id":
            order.append(written.replace("id", "pk"))
            continue
        found = readable.get(name)
        if found is None or not found.is_sortable:
            message = _("Nothing can be ordered by “%(name)s”.") % {"name": name[:100]}
            raise bad_request("order", message)
        order += _by_field(record_type, found, down=written.startswith("-"))
    return [*order, "pk"]


def _by_field(record_type: RecordType, found: Field, *, down: bool) -> Order:
    if found.name in record_type.sort_columns:
        return [_directed(F(record_type.sort_columns[found.name]), down)]
    if found.kind == Kind.LINK and found.target:
        return [
            _directed(
                F(f"{found.column}__{column.lstrip('-')}"),
                down != column.startswith("-"),
            )
            for column in by_name(found.target).order
        ]
    if found.kind == Kind.TEXT:
        return [_directed(SortKey(F(found.column)), down)]
    source: Any = record_type.model._meta.get_field(found.column)
    return [_directed(F(found.column), down, is_nullable=source.null)]


def _directed(expression: Any, down: bool, *, is_nullable: bool = True) -> OrderBy:
    """Not-set last when ascending, first when descending, on every database."""
    if down:
        return OrderBy(expression, descending=True, nulls_first=is_nullable or None)
    return OrderBy(expression, nulls_last=is_nullable or None)


def _paging(parameters: Parameters) -> Paging:
    limit = parameters.number("limit", settings.LIST_PAGE, 1, MOST)
    if "cursor" not in parameters:
        return Paging(limit, parameters.number("offset", 0, 0, FARTHEST), None)
    if "order" in parameters or "offset" in parameters:
        message = _("A cursor goes through the records by number; leave out the rest.")
        raise bad_request("cursor", message)
    is_start = parameters.text("cursor") == ""
    after = 0 if is_start else parameters.number("cursor", 0, 0, BIGGEST)
    return Paging(limit, 0, after)


def _part(found: "QuerySet[Any]", order: Order, part: Paging) -> "QuerySet[Any]":
    if part.after is not None:
        return found.filter(pk__gt=part.after).order_by("pk")[: part.limit]
    return found.order_by(*order)[part.offset : part.offset + part.limit]


def _speaks_of(name: str, member: Any) -> bool:
    return isinstance(member, list) and bool(member) and member[0] == name
