"""Rows in groups, counted and summed by the database.

Months and the like are those of the caller's calendar, or of the one asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias, cast

from django.db.models import Aggregate, Avg, Count, F, Max, Min, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.api import outputs
from sarnakh.api.errors import bad_request
from sarnakh.api.listing import filtered
from sarnakh.api.parameters import Parameters
from sarnakh.lib.calendars import Unit
from sarnakh.lib.money import CURRENCIES
from sarnakh.lib.profile import Profile
from sarnakh.lib.text import sort_key
from sarnakh.records import rows
from sarnakh.records.conditions.buckets import Bucket, bounds, bucket_case, edges
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

EXPECTED = ("by", "measures", "domain", "calendar")
UNITS = ("year", "quarter", "month", "week", "day")
CALENDARS = ("jalali", "gregorian", "hijri")
MEASURES: dict[str, type[Aggregate]] = {"sum": Sum, "avg": Avg, "min": Min, "max": Max}
MOST_LEVELS = 3
MOST_MEASURES = 10
MOST_GROUPS = 5_000

Place: TypeAlias = tuple[int, Any]


@dataclass(frozen=True)
class Level:
    """A field to group by, with a unit when it is a date."""

    field: Field
    unit: str = ""

    @property
    def key(self) -> str:
        """As written in the request."""
        return f"{self.field.name}:{self.unit}" if self.unit else self.field.name


@dataclass(frozen=True)
class Measure:
    """A number to compute over each group."""

    field: Field
    function: str

    @property
    def key(self) -> str:
        """As written in the request."""
        return f"{self.field.name}:{self.function}"


@dataclass(frozen=True)
class Value:
    """One value of a level: where it stands, how it reads, which rows it has."""

    place: Place
    shown: Any
    condition: list[Any]


def grouped(
    record_type: RecordType, parameters: Parameters, actor: Actor, profile: Profile
) -> dict[str, Any]:
    """The groups of the visible rows as JSON; `parameters` are the EXPECTED ones."""
    levels = _levels(record_type, parameters.words("by"), actor)
    measures = _measures(record_type, parameters.words("measures"), actor)
    calendar = parameters.one_of("calendar", CALENDARS)
    profile = replace(profile, calendar=calendar) if calendar else profile
    asked = parameters.condition("domain")
    visible = rows.visible(record_type, actor)
    found = filtered(record_type, visible, asked, actor).order_by()
    buckets = [
        _buckets(found, level, profile) if level.unit else [] for level in levels
    ]
    counted = _counted(record_type, found, levels, buckets, measures)
    values = [
        _values(level, {line[f"level_{number}"] for line in counted}, known)
        for number, (level, known) in enumerate(zip(levels, buckets, strict=True))
    ]
    groups = _groups(levels, measures, values, counted, actor)
    for group in groups:
        group["domain"] = [*asked, *group["domain"]]
    return {"groups": groups}


def _levels(record_type: RecordType, names: list[str], actor: Actor) -> list[Level]:
    if not 0 < len(names) <= MOST_LEVELS:
        message = _("Group by one to %(most)s fields.") % {"most": MOST_LEVELS}
        raise bad_request("group", message)
    readable = record_type.readable_fields(actor)
    levels = []
    for written in names:
        name, colon, unit = written.partition(":")
        found = readable.get(name)
        is_date = found is not None and found.kind.is_time
        fits = (unit in UNITS or not colon) if is_date else not colon
        if found is None or not found.is_groupable or not fits:
            message = _("Nothing can be grouped by “%(name)s”.")
            raise bad_request("group", message % {"name": written[:100]})
        levels.append(Level(found, (unit or "month") if is_date else ""))
    return levels


def _measures(record_type: RecordType, names: list[str], actor: Actor) -> list[Measure]:
    if len(names) > MOST_MEASURES:
        raise bad_request("measure", _("Ask for fewer measures."))
    readable = record_type.readable_fields(actor)
    measures = []
    for written in names:
        name, _colon, function = written.partition(":")
        found = readable.get(name)
        is_known = function in MEASURES
        if found is None or not found.kind.is_number or not is_known:
            message = _("“%(name)s” is not a measure.") % {"name": written[:100]}
            raise bad_request("measure", message)
        measures.append(Measure(found, function))
    return measures


def _buckets(found: "QuerySet[Any]", level: Level, profile: Profile) -> list[Bucket]:
    """The periods from the first to the last of the rows."""
    column = level.field.column
    span = found.aggregate(first=Min(column), last=Max(column))
    if span["first"] is None:
        return []
    unit = cast("Unit", level.unit)
    return edges(level.field, unit, span["first"], span["last"], profile)


def _counted(
    record_type: RecordType,
    found: "QuerySet[Any]",
    levels: Sequence[Level],
    buckets: Sequence[list[Bucket]],
    measures: Sequence[Measure],
) -> list[dict[str, Any]]:
    """One statement: a line for each combination of values and currency."""
    keys: dict[str, Combinable] = {
        f"level_{number}": (
            bucket_case(level.field.column, bounds(known))
            if level.unit
            else F(level.field.column)
        )
        for number, (level, known) in enumerate(zip(levels, buckets, strict=True))
    }
    if any(one.field.kind == Kind.MONEY for one in measures) and record_type.currency:
        keys["currency_of_rows"] = F(record_type.currency.replace(".", "__"))
    figures = {
        f"measure_{number}": MEASURES[one.function](one.field.column)
        for number, one in enumerate(measures)
    }
    lines = (
        found.annotate(**keys)
        .values(*keys)
        .annotate(how_many=Count("pk"), **figures)[: MOST_GROUPS + 1]
    )
    counted = list(lines)
    if len(counted) > MOST_GROUPS:
        message = _("There would be more than %(most)s groups.")
        raise bad_request("groups", message % {"most": MOST_GROUPS})
    return counted


def _values(level: Level, raw: set[Any], buckets: Sequence[Bucket]) -> dict[Any, Value]:
    """What the database grouped by, in words and in order; not set comes last."""
    name = level.field.name
    nothing = Value((1, 0), None, [[name, "=", None]])
    present = [one for one in raw if one is not None and one != ""]
    if level.unit:
        found = {one: _period(name, one, buckets[one]) for one in present}
    elif level.field.kind.is_link:
        found = _links(level.field, present)
    else:
        found = {one: _scalar(level.field, one) for one in present}
    return {**found, **dict.fromkeys(raw - found.keys(), nothing)}


def _period(name: str, number: int, bucket: Bucket) -> Value:
    shown = {"start": bucket.day.isoformat(), "label": bucket.label}
    return Value((0, number), shown, bucket.condition(name))


def _links(field: Field, keys: Iterable[Any]) -> dict[Any, Value]:
    """Linked records in the order of their own type, by name as anywhere else."""
    linked = by_name(field.target)
    found = linked.model._default_manager.filter(pk__in=keys).order_by(*linked.order)
    return {
        one.pk: Value((0, number), outputs.link(one), [[field.name, "in", [one.pk]]])
        for number, one in enumerate(found)
    }


def _scalar(field: Field, value: Any) -> Value:
    order: Any = value
    if field.kind == Kind.CHOICE:
        keys = [key for key, _label in field.choices]
        order = keys.index(value) if value in keys else len(keys)
    elif field.kind.is_text:
        order = sort_key(value)
    return Value((0, order), value, [[field.name, "=", value]])


def _groups(
    levels: Sequence[Level],
    measures: Sequence[Measure],
    values: Sequence[dict[Any, Value]],
    counted: Sequence[dict[str, Any]],
    actor: Actor,
) -> list[dict[str, Any]]:
    """Lines of the same group put together; they differ by currency or emptiness."""
    together: dict[tuple[Place, ...], list[dict[str, Any]]] = {}
    known: dict[tuple[Place, ...], list[Value]] = {}
    for line in counted:
        own = [found[line[f"level_{n}"]] for n, found in enumerate(values)]
        place = tuple(one.place for one in own)
        together.setdefault(place, []).append(line)
        known[place] = own
    return [
        {
            "by": {
                level.key: one.shown
                for level, one in zip(levels, known[place], strict=True)
            },
            "count": sum(line["how_many"] for line in together[place]),
            "measures": {
                one.key: _figure(one, number, together[place], actor)
                for number, one in enumerate(measures)
            },
            "domain": [part for one in known[place] for part in one.condition],
        }
        for place in sorted(together)
    ]


def _figure(
    measure: Measure, number: int, lines: Sequence[dict[str, Any]], actor: Actor
) -> Any:
    """A number; amounts of money as a list with one entry for each currency."""
    by_currency: dict[str, list[tuple[int, Any]]] = {}
    for line in lines:
        currency = line.get("currency_of_rows") or actor.company.currency
        figure = line[f"measure_{number}"]
        if figure is not None:
            by_currency.setdefault(currency, []).append((line["how_many"], figure))
    if measure.field.kind == Kind.MONEY:
        return [
            _amount(_joined(measure.function, parts), currency)
            for currency, parts in sorted(by_currency.items())
        ]
    parts = [part for found in by_currency.values() for part in found]
    figure = _joined(measure.function, parts) if parts else None
    return float(figure) if isinstance(figure, Decimal) else figure


def _joined(function: str, parts: Sequence[tuple[int, Any]]) -> Any:
    figures = [figure for _count, figure in parts]
    if len(figures) == 1:
        return figures[0]
    if function == "avg":
        # Rows without a value are rare where amounts are never empty.
        total = sum(count for count, _figure in parts)
        return sum(count * figure for count, figure in parts) / total
    if function == "sum":
        return sum(figures)
    return min(figures) if function == "min" else max(figures)


def _amount(minor: Any, currency: str) -> dict[str, str]:
    decimals = CURRENCIES[currency].decimals
    if isinstance(minor, int):
        return outputs.money(minor, currency)
    exact = Decimal(str(minor)).scaleb(-decimals)
    return {"amount": f"{round(exact, decimals + 2):f}", "currency": currency}
