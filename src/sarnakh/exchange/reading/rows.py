"""Rows of a table and the file in which a read table is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, overload

from sarnakh.exchange.cells import Cell


class Row(NamedTuple):
    """One row: its number in the file (the first is 1), its cells, and how many
    filled cells it has beyond the last column of the table."""

    number: int
    cells: list[Cell]
    extra: int = 0


@dataclass(frozen=True)
class StoredRows(Sequence[Row]):
    """Rows in a file, read anew at each iteration, so that they cost no memory.

    ``left`` and ``width`` cut the table out of the sheet; short rows are padded.
    """

    path: Path
    length: int
    left: int
    width: int

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Row]:
        right = self.left + self.width
        with self.path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                number, stored = json.loads(line, object_hook=_revive)
                cells = stored[self.left : right]
                if len(cells) < self.width:
                    cells += [""] * (self.width - len(cells))
                beyond = stored[right:]
                yield Row(number, cells, len(beyond) - beyond.count(""))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return list(islice(self, *index.indices(self.length)))
        place = index + self.length if index < 0 else index
        for row in islice(self, place, place + 1):
            return row
        raise IndexError(index)


def dump_row(number: int, cells: list[Cell]) -> str:
    """One line of a rows file."""
    return _ENCODER.encode((number, cells)) + "\n"


_DATE, _MOMENT = "d", "t"


def _freeze(value: object) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, dt.date):
        return {_DATE: value.isoformat()}
    raise TypeError(type(value))


# Made once: json.dumps with options would build an encoder for every row.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    separators=(",", ":"),
    default=_freeze,
    check_circular=False,
)


def _revive(value: dict[str, Any]) -> dt.date:
    if _MOMENT in value:
        return dt.datetime.fromisoformat(value[_MOMENT])
    return dt.date.fromisoformat(value[_DATE])
