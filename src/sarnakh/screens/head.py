"""The head of every screen: chips, menus, pager, ways of looking."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from sarnakh.lib.calendars import periods
from sarnakh.lib.numbers import format_number
from sarnakh.records import conditions, rows
from sarnakh.records.types import PeriodFilter, by_name
from sarnakh.screens import favourites, presets
from sarnakh.screens.groups import UNITS
from sarnakh.screens.groups import parse as parse_group
from sarnakh.screens.selection import (
    Selection,
    chosen_periods,
    period_condition,
    typed_by_field,
    typed_condition,
)
from sarnakh.screens.state import PeriodPick, SearchState


@dataclass(frozen=True)
class Chip:
    """A facet as shown: what it is, its values, and the address without it."""

    label: str
    values: tuple[str, ...]
    without: str
    kind: str = "filter"
    edit: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a menu that can be ticked."""

    label: str
    query: str
    is_on: bool = False
    is_first_of_block: bool = False
    entries: "tuple[Entry, ...]" = ()


@dataclass(frozen=True)
class Head:
    """Everything that the head of a screen shows."""

    selection: Selection

    @property
    def state(self) -> SearchState:
        """The state of the address."""
        return self.selection.state

    @cached_property
    def chips(self) -> list[Chip]:
        """Active facets: typed ones, filters by block, custom ones, grouping."""
        return [
            *self._typed_chips(),
            *self._block_chips(),
            *self._custom_chips(),
            *self._group_chip(),
        ]

    @cached_property
    def filter_menu(self) -> list[Entry]:
        """Ready filters and periods in their blocks."""
        screen, state = self.selection.screen, self.state
        lines: list[tuple[int, Entry]] = [
            (
                ready.block,
                Entry(
                    label=str(ready.label),
                    query=state.toggled("filters", ready.name).query(),
                    is_on=ready.name in state.filters,
                ),
            )
            for ready in screen.type.filters
        ]
        lines += [
            (period.block, self._period_entry(period)) for period in screen.type.periods
        ]
        lines.sort(key=lambda line: line[0])
        found: list[Entry] = []
        previous = lines[0][0] if lines else 0
        for block, entry in lines:
            first = block != previous
            found.append(
                Entry(entry.label, entry.query, entry.is_on, first, entry.entries)
            )
            previous = block
        return found

    @cached_property
    def group_menu(self) -> list[Entry]:
        """Ready groupings; dates offer their units."""
        found = []
        for text in self.selection.screen.groups:
            by = parse_group(self.selection.type, text, self.selection.actor)
            if by is None:
                continue
            if by.unit:
                units = tuple(
                    Entry(
                        label=unit_label(unit),
                        query=self.state.toggled(
                            "groups", f"{by.field.name}:{unit}"
                        ).query(),
                        is_on=f"{by.field.name}:{unit}" in self.state.groups,
                    )
                    for unit in UNITS
                )
                on = any(unit.is_on for unit in units)
                found.append(Entry(str(by.field.label), "", on, entries=units))
            else:
                found.append(
                    Entry(
                        label=str(by.field.label),
                        query=self.state.toggled("groups", by.key).query(),
                        is_on=by.key in self.state.groups,
                    )
                )
        return found

    @cached_property
    def other_groups(self) -> list[tuple[str, str]]:
        """Every groupable field, for "Add custom group"."""
        fields = self.selection.type.readable_fields(self.selection.actor).values()
        return [
            (f"{f.name}:month" if f.kind.is_time else f.name, str(f.label))
            for f in fields
            if f.is_groupable
        ]

    @cached_property
    def favourites(self) -> list[Any]:
        """Saved searches, own ones first."""
        return favourites.visible_to(self.selection.screen, self.selection.actor)

    @cached_property
    def views(self) -> list[Entry]:
        """Ways of looking; the facets come along."""
        return [
            Entry(
                label=str(page.label),
                query=self.state.but(view=page.name, page=1, lane="").query(),
                is_on=page.name == self.state.view,
            )
            for page in self.selection.screen.pages
        ]

    @property
    def may_create(self) -> bool:
        """Whether there is a New button."""
        return rows.may(self.selection.type, self.selection.actor, "create")

    @property
    def active_filters(self) -> int:
        """The number on the Filters button."""
        state = self.state
        return len(state.filters) + len(state.periods) + len(state.custom)

    def _typed_chips(self) -> list[Chip]:
        found = []
        searches = {search.name: search for search in self.selection.type.search}
        for name, group in typed_by_field(self.state).items():
            if name not in searches:
                continue
            rest = tuple(typed for typed in self.state.typed if typed.search != name)
            values = tuple(self._typed_value(typed, searches[name]) for typed in group)
            condition = [
                part
                for typed in group
                for part in typed_condition(self.selection.type, typed)
            ]
            found.append(
                Chip(
                    label=str(searches[name].label),
                    values=values,
                    without=self.state.but(typed=rest).query(),
                    kind="typed",
                    edit=json.dumps(condition) if len(group) == 1 else "",
                )
            )
        return found

    def _typed_value(self, typed: Any, search: Any) -> str:
        if typed.pk is None:
            return str(typed.text)
        field = self.selection.type.fields[search.fields[0]]
        record = (
            rows.visible(by_name(field.target), self.selection.actor)
            .filter(pk=typed.pk)
            .first()
        )
        return str(record) if record else "?"

    def _block_chips(self) -> list[Chip]:
        """Filters of one block share a chip."""
        screen, state = self.selection.screen, self.state
        blocks: dict[int, list[tuple[str, str, Any]]] = {}
        for ready in screen.type.filters:
            if ready.name in state.filters:
                blocks.setdefault(ready.block, []).append(
                    ("f", str(ready.label), ready)
                )
        for period in screen.type.periods:
            picks = [pick for pick in state.periods if pick.filter == period.name]
            if picks:
                blocks.setdefault(period.block, []).append(
                    ("d", self._period_text(period, picks), period)
                )
        found = []
        for number in sorted(blocks):
            members = blocks[number]
            names = {item.name for slot, _text, item in members if slot == "f"}
            spans = {item.name for slot, _text, item in members if slot == "d"}
            without = state.but(
                filters=tuple(f for f in state.filters if f not in names),
                periods=tuple(p for p in state.periods if p.filter not in spans),
            )
            found.append(
                Chip(
                    label="",
                    values=tuple(text for _slot, text, _item in members),
                    without=without.query(),
                    edit=json.dumps(self._block_condition(members)),
                )
            )
        return found

    def _block_condition(self, members: list[tuple[str, str, Any]]) -> list[Any]:
        from sarnakh.screens.selection import any_of

        return any_of(
            item.for_actor(self.selection.actor)
            if slot == "f"
            else period_condition(
                item.field,
                [p for p in self.state.periods if p.filter == item.name],
                self.selection.actor,
            )
            for slot, _text, item in members
        )

    def _custom_chips(self) -> list[Chip]:
        found = []
        for text in self.state.custom:
            rest = tuple(other for other in self.state.custom if other != text)
            found.append(
                Chip(
                    label="",
                    values=(
                        conditions.sentence(
                            json.loads(text), self.selection.type, self.selection.actor
                        ),
                    ),
                    without=self.state.but(custom=rest).query(),
                    kind="custom",
                    edit=text,
                )
            )
        return found

    def _group_chip(self) -> list[Chip]:
        labels = []
        for text in self.state.groups:
            by = parse_group(self.selection.type, text, self.selection.actor)
            if by:
                unit = f": {unit_label(by.unit)}" if by.unit else ""
                labels.append(f"{by.field.label}{unit}")
        if not labels:
            return []
        return [
            Chip(
                label="",
                values=(" › ".join(labels),),
                without=self.state.but(groups=()).query(),
                kind="group",
            )
        ]

    def _period_entry(self, period: PeriodFilter) -> Entry:
        """A period filter opens its presets, named in the user's calendar."""
        profile = self.selection.actor.profile
        on = {pick.kind for pick in self.state.periods if pick.filter == period.name}
        labels = presets.labels(profile)
        queries = presets.addresses(self.state, period.name, profile)
        lines = tuple(
            Entry(
                label=labels[kind],
                query=queries[kind],
                is_on=kind in on,
                is_first_of_block=place == 0 and block > 0,
            )
            for block, kinds in enumerate(presets.BLOCKS)
            for place, kind in enumerate(kinds)
        )
        return Entry(str(period.label), "", bool(on), entries=lines)

    def _period_text(self, period: PeriodFilter, picks: list[PeriodPick]) -> str:
        profile = self.selection.actor.profile
        spans = chosen_periods(picks, self.selection.actor)
        text = periods.chip(spans, profile.cal, profile.language, profile.digits)
        return f"{period.label}: {text}"


UNIT_LABELS = {
    "year": _lazy("Year"),
    "quarter": _lazy("Quarter"),
    "month": _lazy("Month"),
    "week": _lazy("Week"),
    "day": _lazy("Day"),
}


def unit_label(unit: str) -> str:
    """A date unit in words."""
    return str(UNIT_LABELS[unit])


def count_text(number: int, profile: Any) -> str:
    """ "12 records" in the reader's digits."""
    return ngettext("%(count)s record", "%(count)s records", number) % {
        "count": format_number(number, profile)
    }
