"""What an import has to say about rows: grouped, so that people can read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

ERROR, WARNING = "error", "warning"
MOST_GROUPS = 200
MOST_ROWS = 1_000
# With more than one row in ten wrong, ten errors tell enough.
ENOUGH, ONE_IN = 10, 10


@dataclass
class Group:
    """Rows of which the same is to be said; `count` may exceed the rows kept."""

    level: str
    column: str
    text: str
    rows: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, row: int) -> None:
        """One more row."""
        self.count += 1
        if len(self.rows) < MOST_ROWS:
            self.rows.append(row)


class Faults:
    """Errors and warnings of a run, grouped by column and text."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, str], Group] = {}
        self.errors = 0

    def add(self, level: str, column: str, text: str, row: int) -> None:
        """Note something about a row."""
        self.errors += level == ERROR
        key = (level, column, text)
        if key not in self._groups:
            if len(self._groups) >= MOST_GROUPS:
                return
            self._groups[key] = Group(level, column, text)
        self._groups[key].add(row)

    def stored(self) -> list[dict[str, Any]]:
        """For the batch: errors first, rows as ranges."""
        ordered = sorted(self._groups.values(), key=lambda one: one.level != ERROR)
        return [
            {
                "level": one.level,
                "column": one.column,
                "text": one.text,
                "count": one.count,
                "rows": ranges(one.rows),
            }
            for one in ordered
        ]

    def restore(self, stored: Iterable[dict[str, Any]]) -> None:
        """Go on from what an interrupted run had noted."""
        for one in stored:
            group = Group(one["level"], one["column"], one["text"])
            for first, last in one["rows"]:
                group.rows += range(first, last + 1)
            group.count = one["count"]
            self.errors += one["count"] if group.level == ERROR else 0
            self._groups[group.level, group.column, group.text] = group


def ranges(rows: Iterable[int]) -> list[list[int]]:
    """Row numbers as [first, last] pairs."""
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return found


def is_hopeless(failed: int, seen: int) -> bool:
    """Whether going on only repeats what is known: too many rows are wrong."""
    return failed >= ENOUGH and failed * ONE_IN > seen
