"""From the state of a screen to its rows: one condition, one visibility."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum

from sarnakh.accounts.actor import Actor
from sarnakh.lib.calendars import periods
from sarnakh.records import conditions, rows
from sarnakh.records.access import grouped
from sarnakh.records.types import RecordType
from sarnakh.screens.screen import Screen
from sarnakh.screens.state import PeriodPick, SearchState, Typed

TALLY_FIELDS = {
    "kind", "active", "is_won", "stage", "team", "salesperson", "company",
}  # fmt: skip


@dataclass(frozen=True)
class Count:
    """How many rows there are; counting stops at a limit unless told not to."""

    value: int
    is_more: bool = False


@dataclass(frozen=True)
class Selection:
    """The rows that a screen shows to an actor."""

    screen: Screen
    state: SearchState
    actor: Actor

    @property
    def type(self) -> RecordType:
        """The record type of the screen."""
        return self.screen.type

    @cached_property
    def condition(self) -> list[Any]:
        """Everything asked for: the screen's own, the facets, no archived ones."""
        parts = [*self.screen.condition]
        for facet in facet_conditions(self.screen, self.state, self.actor):
            parts += grouped(facet)
        if self.type.active and not mentions(parts, self.type.active):
            parts.append([self.type.active, "=", True])
        return parts

    @cached_property
    def rows(self) -> "QuerySet[Any]":
        """The matching rows that the actor may read, in no particular order."""
        found = rows.visible(self.type, self.actor)
        return found.filter(conditions.compile(self.condition, self.type, self.actor))

    @property
    def walked(self) -> "QuerySet[Any]":
        """The same rows, for walking many of them in their order: looking at each text
        is then shorter than fetching all of them from the search index first."""
        found = rows.visible(self.type, self.actor)
        unindexed = replace(self.type, search_index="")
        return found.filter(conditions.compile(self.condition, unindexed, self.actor))

    @cached_property
    def tally(self) -> "QuerySet[Any] | None":
        """The same selection over the kept sums, when they can answer it."""
        if self.type.tally is None or not rows.may(self.type, self.actor, "read"):
            return None
        access = self.type.access.condition(self.actor, "read")
        if not conditions.fits([*access, *self.condition], self.type, TALLY_FIELDS):
            return None
        found = self.type.tally._default_manager.all()
        for part in (access, self.condition):
            if part:
                found = found.filter(
                    conditions.compile_trusted(part, self.type, self.actor)
                )
        return found

    def count(self, *, exact: bool = False) -> Count:
        """How many rows; exact from the kept sums, else counted up to a limit."""
        if self.tally is not None:
            total = self.tally.aggregate(total=Sum("records"))["total"]
            return Count(total or 0)
        if exact:
            return Count(self.rows.count())
        limit = settings.COUNT_LIMIT
        found = self.rows.order_by().values("pk")[: limit + 1].count()
        return Count(min(found, limit), is_more=found > limit)


def facet_conditions(
    screen: Screen, state: SearchState, actor: Actor
) -> list[list[Any]]:
    """One condition per chip: OR inside, to be AND-ed between."""
    found = [
        any_of(typed_condition(screen.type, typed) for typed in group)
        for group in typed_by_field(state).values()
    ]
    blocks: dict[int, list[list[Any]]] = {}
    for ready in screen.type.filters:
        if ready.name in state.filters:
            blocks.setdefault(ready.block, []).append(ready.for_actor(actor))
    for period in screen.type.periods:
        picks = [pick for pick in state.periods if pick.filter == period.name]
        if picks:
            blocks.setdefault(period.block, []).append(
                period_condition(period.field, picks, actor)
            )
    found += [any_of(blocks[number]) for number in sorted(blocks)]
    found += [json.loads(text) for text in state.custom]
    return [condition for condition in found if condition]


def typed_by_field(state: SearchState) -> dict[str, list[Typed]]:
    """Search facets grouped by their search field, in order of choosing."""
    groups: dict[str, list[Typed]] = {}
    for typed in state.typed:
        groups.setdefault(typed.search, []).append(typed)
    return groups


def typed_condition(record_type: RecordType, typed: Typed) -> list[Any]:
    """What a typed text, or a chosen record, asks for."""
    search = next((s for s in record_type.search if s.name == typed.search), None)
    if search is None:
        return []
    if typed.pk is not None:
        return any_of([[[name, "in", [typed.pk]]] for name in search.fields])
    text = typed.text
    if search.operator == "ilike":
        text = conditions.literal(text)
    return any_of([[[name, search.operator, text]] for name in search.fields])


def period_condition(
    field: str, picks: Iterable[PeriodPick], actor: Actor
) -> list[Any]:
    """Chosen periods as date ranges of the actor's calendar."""
    return any_of(
        [
            "&",
            [field, ">=", period.first.isoformat()],
            [field, "<=", period.last.isoformat()],
        ]
        for period in chosen_periods(picks, actor)
    )


def chosen_periods(picks: Iterable[PeriodPick], actor: Actor) -> list[periods.Period]:
    """Months and quarters crossed with years; the rest stands for itself."""
    profile = actor.profile
    today = profile.today()
    kinds = [pick.kind for pick in picks]
    months = [kind for kind in kinds if kind in periods.MONTHS]
    quarters = [kind for kind in kinds if kind in periods.QUARTERS]
    years = [kind for kind in kinds if kind in periods.YEARS]
    found = periods.cross(months, quarters, years, today, profile.cal)
    for pick in picks:
        if pick.kind in periods.RELATIVE:
            found.append(
                periods.preset(pick.kind, today, profile.cal, profile.week_start)
            )
        elif pick.kind == "range" and (span := _span(pick.value)):
            found.append(span)
    return sorted(found)


def any_of(parts: Iterable[list[Any]]) -> list[Any]:
    """The conditions OR-ed; empty ones drop out."""
    kept = [part for part in parts if part]
    joined: list[Any] = ["|"] * (len(kept) - 1)
    for part in kept:
        joined += grouped(part)
    return joined


def mentions(condition: list[Any], name: str) -> bool:
    """Whether a condition looks at a field of the record itself."""
    return any(
        isinstance(member, list) and bool(member) and member[0] == name
        for member in condition
    )


def _span(value: str) -> periods.Period | None:
    first, _dots, last = value.partition("..")
    try:
        return periods.Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except ValueError:
        return None
