"""Which records an export is about: ticked ones, or everything a screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.models import ExportFile
from sarnakh.exchange.queries import screen_of
from sarnakh.exchange.writing.rows import ExportRow, GroupRow
from sarnakh.records import conditions, rows
from sarnakh.records.database import Among
from sarnakh.records.types import RecordType, by_name
from sarnakh.screens import state as states
from sarnakh.screens.groups import Group, groups
from sarnakh.screens.look import Look
from sarnakh.screens.pages.sorting import ordered
from sarnakh.screens.screen import Screen

MOST_IDS = 20_000


class Selection:
    """The records of an export, visible to its maker now."""

    def __init__(self, file: ExportFile, actor: Actor) -> None:
        self.type: RecordType = by_name(file.record_type)
        self.actor = actor
        self.ids: list[int] | None = file.rows_wanted.get("ids")
        slug = file.rows_wanted.get("screen", "")
        screen = screen_of(slug) if slug else None
        if screen is None or screen.type is not self.type:
            if self.ids is None:
                raise Http404
            screen = Screen(slug=self.type.name, type=self.type, title="", pages=())
        query = QueryDict(file.rows_wanted.get("query", ""))
        self.look = Look(screen, states.read(query), actor)

    @property
    def records(self) -> QuerySet[Any]:
        """The records, in no particular order."""
        if self.ids is not None:
            return rows.visible(self.type, self.actor).filter(Among("pk", self.ids))
        return self.look.selection.rows

    @property
    def is_grouped(self) -> bool:
        """Whether the list stood in groups."""
        return bool(self.look.groups)

    def count(self) -> int:
        """How many records."""
        return self.records.count()

    def keys(self, found: QuerySet[Any] | None = None) -> list[int]:
        """Their numbers in the order of the list."""
        source = self.records if found is None else found
        return list(ordered(self.look, source).values_list("pk", flat=True))

    def grouped(self, table: Any) -> Iterator[ExportRow]:
        """Rows under the headings of their groups, with totals."""
        sums = [name for name in self.type.sums if name in self.look.fields]
        yield from self._level(table, self.records, 0, sums)

    def _level(
        self, table: Any, found: QuerySet[Any], level: int, sums: list[str]
    ) -> Iterator[ExportRow]:
        by = self.look.groups[level]
        for group in groups(self.look.selection, by, rows=found, sums=sums):
            yield self._heading(table, group, level, sums)
            condition = conditions.compile(group.condition, self.type, self.actor)
            inside = found.filter(condition)
            if level + 1 < len(self.look.groups):
                yield from self._level(table, inside, level + 1, sums)
            else:
                yield from table.rows(self.keys(inside))

    def _heading(
        self, table: Any, group: Group, level: int, sums: list[str]
    ) -> GroupRow:
        from sarnakh.exchange.exporting.table import amount

        currency = self.actor.company.currency
        totals = [
            amount(group.sums[column.path], currency, table.style)
            if column.path in sums
            else None
            for column in table.columns[1:]
        ]
        return GroupRow(level, group.label, group.count, totals)
