"""Bars in rows of a timeline, without overlaps. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bar:
    """Something from a column to another, both included."""

    first: int
    last: int
    item: Any
    goes_back: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class Cell:
    """A stretch of a row: a bar, or nothing."""

    span: int
    bar: Bar | None = None


def rows(bars: Iterable[Bar], columns: int) -> list[list[Cell]]:
    """As few rows as need be: each bar goes into the first one with room for it."""
    packed: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.first, one.last)):
        room = next((row for row in packed if row[-1].last < bar.first), None)
        if room is None:
            packed.append([bar])
        else:
            room.append(bar)
    return [_cells(row, columns) for row in packed]


def _cells(bars: list[Bar], columns: int) -> list[Cell]:
    cells, place = [], 0
    for bar in bars:
        cells += [Cell(1)] * (bar.first - place)
        cells.append(Cell(bar.last - bar.first + 1, bar))
        place = bar.last + 1
    return cells + [Cell(1)] * (columns - place)
