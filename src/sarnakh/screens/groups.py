"""Rows in groups: counts and sums per value, over all rows of each group."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, F, Max, Min, QuerySet, Sum

from sarnakh.accounts.actor import Actor
from sarnakh.lib import calendars
from sarnakh.lib.calendars import Unit
from sarnakh.lib.calendars.periods import day_start
from sarnakh.lib.profile import Profile
from sarnakh.records import rows as visibility
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name
from sarnakh.screens.selection import TALLY_FIELDS, Selection

UNITS: tuple[Unit, ...] = ("year", "quarter", "month", "week", "day")


@dataclass(frozen=True)
class GroupBy:
    """A field to group by, with a unit when it is a date."""

    field: Field
    unit: Unit | Literal[""] = ""

    @property
    def key(self) -> str:
        """As written in the address."""
        return f"{self.field.name}:{self.unit}" if self.unit else self.field.name


@dataclass(frozen=True)
class Group:
    """One value: its label, how many rows, and their sums by field name.

    `condition` finds the rows of the group; `value` is what a card dropped
    here gets.
    """

    key: str
    label: str
    value: Any
    condition: list[Any]
    count: int
    sums: dict[str, int]
    record: Any = None
    is_folded: bool = False


def parse(record_type: RecordType, text: str, actor: Actor) -> GroupBy | None:
    """`stage` or `created_at:month`; None when rows cannot be grouped so."""
    name, _sign, unit = text.partition(":")
    field = record_type.readable_fields(actor).get(name)
    if field is None or not field.is_groupable:
        return None
    if field.kind.is_time:
        chosen: Unit = next((known for known in UNITS if known == unit), "month")
        return GroupBy(field, chosen)
    return GroupBy(field)


def groups(
    selection: Selection,
    by: GroupBy,
    *,
    rows: "QuerySet[Any] | None" = None,
    sums: Sequence[str] = (),
) -> list[Group]:
    """The groups of a selection (or of some of its rows) in their order.

    One grouped query; a second one names linked records.
    """
    if by.unit:
        return _by_period(selection, by, rows, sums)
    figures = counted(selection, by, rows, sums)
    if by.field.kind.is_link:
        return _by_link(selection, by, figures)
    return _by_value(selection, by, figures)


def counted(
    selection: Selection,
    by: GroupBy,
    rows: "QuerySet[Any] | None" = None,
    sums: Sequence[str] = (),
) -> dict[Any, tuple[int, dict[str, int]]]:
    """Count and sums per value; from the kept sums when they can answer."""
    kept = selection.tally if rows is None else None
    if kept is not None and by.field.name in TALLY_FIELDS:
        source = kept
        how_many: Count | Sum = Sum("records")
    else:
        source = selection.rows if rows is None else rows
        how_many = Count("pk")
    found = (
        source.order_by()
        .values(group_value=F(by.field.column))
        .annotate(how_many=how_many, **{f"sum_{name}": Sum(name) for name in sums})
    )
    return {
        row["group_value"]: (
            row["how_many"],
            {name: int(row[f"sum_{name}"] or 0) for name in sums},
        )
        for row in found
        if row["how_many"]
    }


def _by_link(
    selection: Selection,
    by: GroupBy,
    figures: dict[Any, tuple[int, dict[str, int]]],
) -> list[Group]:
    linked = by_name(by.field.target)
    keys = [key for key in figures if key is not None]
    seen = (
        visibility.visible(linked, selection.actor)
        .filter(pk__in=keys)
        .order_by(*linked.order)
    )
    found = [
        _group(
            by,
            str(record.pk),
            linked.title_of(record),
            record.pk,
            figures[record.pk],
            record=record,
        )
        for record in seen
    ]
    return [*found, *_none(by, figures)]


def _by_value(
    selection: Selection,
    by: GroupBy,
    figures: dict[Any, tuple[int, dict[str, int]]],
) -> list[Group]:
    field = by.field
    empty: tuple[Any, ...] = (None, "")
    values = [value for value in figures if value not in empty or value is False]
    if field.kind == Kind.CHOICE:
        places = {key: place for place, (key, _label) in enumerate(field.choices)}
        values.sort(key=lambda value: places.get(value, len(places)))
    elif field.kind == Kind.TEXT:
        from sarnakh.lib.text import sort_key

        values.sort(key=sort_key)
    else:
        values.sort()
    found = [
        _group(
            by,
            str(value),
            _label(field, value, selection.actor.profile),
            value,
            figures[value],
        )
        for value in values
    ]
    missing = [
        figures[value] for value in figures if value in empty and value is not False
    ]
    if missing:
        totals = (
            sum(count for count, _sums in missing),
            {
                name: sum(sums[name] for _count, sums in missing)
                for name in missing[0][1]
            },
        )
        found.append(_group(by, "none", "", None, totals))
    return found


def _none(by: GroupBy, figures: dict[Any, tuple[int, dict[str, int]]]) -> list[Group]:
    if None not in figures:
        return []
    return [_group(by, "none", "", None, figures[None])]


def _label(field: Field, value: Any, profile: Profile) -> str:
    from django.utils.translation import gettext as _

    from sarnakh.lib.numbers import format_number

    if field.kind == Kind.CHOICE:
        return str(field.choice_label(value))
    if field.kind == Kind.BOOLEAN:
        return _("Yes") if value else _("No")
    if field.kind == Kind.INTEGER:
        return format_number(value, profile)
    return str(value)


def _group(
    by: GroupBy,
    key: str,
    label: str,
    value: Any,
    counted: tuple[int, dict[str, int]],
    record: Any = None,
) -> Group:
    from django.utils.translation import gettext as _

    return Group(
        key=key,
        label=label or _("None"),
        value=value,
        condition=[[by.field.name, "=", value]],
        count=counted[0],
        sums=counted[1],
        record=record,
    )


def _by_period(
    selection: Selection,
    by: GroupBy,
    rows: "QuerySet[Any] | None",
    sums: Sequence[str],
) -> list[Group]:
    """Months and the like of the actor's calendar: edges go to the database."""
    from django.utils.translation import gettext as _

    profile = selection.actor.profile
    source = selection.rows if rows is None else rows
    column = by.field.column
    span = source.order_by().aggregate(first=Min(column), last=Max(column))
    found = []
    if span["first"] is not None:
        edges = _edges(span["first"], span["last"], by, profile)
        found = _bucketed(source, by, edges, profile, sums)
    empty = source.filter(**{f"{column}__isnull": True}).aggregate(
        how_many=Count("pk"), **{f"sum_{name}": Sum(name) for name in sums}
    )
    if empty["how_many"]:
        figures = {name: int(empty[f"sum_{name}"] or 0) for name in sums}
        found.append(_group(by, "none", _("None"), None, (empty["how_many"], figures)))
    return found


def _edges(first: Any, last: Any, by: GroupBy, profile: Profile) -> list[dt.date]:
    """First days of the periods that the rows touch, and one beyond."""
    if isinstance(first, dt.datetime):
        first, last = (
            first.astimezone(profile.tz).date(),
            last.astimezone(profile.tz).date(),
        )
    calendar, unit = profile.cal, by.unit or "month"
    day = calendar.start_of(first, unit, profile.week_start)
    edges = [day]
    while day <= last and len(edges) < 1_000:
        day = calendar.next_start(day, unit, profile.week_start)
        edges.append(day)
    return edges


def _bucketed(
    source: "QuerySet[Any]",
    by: GroupBy,
    edges: list[dt.date],
    profile: Profile,
    sums: Sequence[str],
) -> list[Group]:
    from sarnakh.records.conditions import buckets

    counted = buckets.count(
        source, by.field, [_bound(by, edge, profile) for edge in edges], sums
    )
    calendar = calendars.get(profile.calendar)
    found = []
    for place, (count, figures) in sorted(counted.items()):
        first, following = edges[place], edges[place + 1]
        last = following - dt.timedelta(days=1)
        label = calendar.label(
            first,
            by.unit or "month",
            profile.language,
            profile.digits,
            profile.week_start,
        )
        condition: list[Any] = [
            [by.field.name, ">=", first.isoformat()],
            [by.field.name, "<=", last.isoformat()],
        ]
        found.append(
            Group(
                key=first.isoformat(),
                label=label,
                value=first,
                condition=condition,
                count=count,
                sums=figures,
            )
        )
    return found


def _bound(by: GroupBy, edge: dt.date, profile: Profile) -> Any:
    if by.field.kind == Kind.DATETIME:
        return day_start(edge, profile.tz)
    return edge
