"""Finding the table in a sheet: its header, its columns, its filled rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TextIO

from sarnakh.exchange.cells import Cell, as_text, column_letters, is_blank
from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.rows import Row, dump_row

_SEARCHED = 20
_REPORTED = 10


@dataclass
class Table:
    """What was found; the rows themselves went to the rows file.

    ``left`` and ``width`` are the table's columns in the sheet, ``wide`` the first
    few rows that are filled beyond them and ``wide_count`` how many there are.
    """

    headers: list[str] = field(default_factory=list)
    header_row: int = 0
    left: int = 0
    width: int = 0
    count: int = 0
    wide: list[tuple[int, int]] = field(default_factory=list)
    wide_count: int = 0


def store_table(
    rows: Iterable[Row], out: TextIO, *, header: bool, header_row: int | None
) -> Table:
    """Write the filled rows below the header to ``out`` and say what they are.

    The header is the first filled row, or the one numbered ``header_row``; a title
    standing alone above a table of three or more columns is passed over. Blank
    rows and blank columns at the left do not belong to the table.
    """
    kept = _filled_rows(rows)
    first: list[_Numbered] = []
    for row in kept:
        if header_row is None or row[0] >= header_row:
            first.append(row)
        if len(first) == _SEARCHED:
            break
    if not first:
        raise ReadError("empty")
    start = _header_place(first) if header and header_row is None else 0
    table = Table()
    labels: list[Cell] = []
    if header:
        table.header_row, labels = first[start]
        start += 1
    _store(chain(first[start:], kept), labels, table, out)
    table.headers = _headers(labels, table)
    return table


_Numbered = tuple[int, list[Cell]]


def _filled_rows(rows: Iterable[Row]) -> Iterator[_Numbered]:
    total = 0
    for number, cells, _extra in rows:
        filled = _trimmed(cells)
        if filled:
            total += len(filled) - filled.count("")
            _check(number, len(filled), total)
            yield number, filled


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """The cells up to the last filled one."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end] if end < len(cells) else cells


def _header_place(first: list[_Numbered]) -> int:
    counts = [_filled(cells) for _number, cells in first]
    if max(counts) < 3:
        return 0
    return next(place for place, count in enumerate(counts) if count > 1)


def _filled(cells: list[Cell]) -> int:
    return sum(not is_blank(cell) for cell in cells)


def _store(
    rows: Iterable[_Numbered],
    labels: list[Cell],
    table: Table,
    out: TextIO,
) -> None:
    left = _first_filled(labels) if labels else limits.COLUMNS
    # Without a header the widest row says where the table ends.
    right = len(labels)
    for number, cells in rows:
        left = min(left, _first_filled(cells))
        if len(cells) > right:
            if labels:
                table.wide_count += 1
                if len(table.wide) < _REPORTED:
                    table.wide.append((number, len(cells)))
            else:
                right = len(cells)
        out.write(dump_row(number, cells))
        table.count += 1
    table.left, table.width = left, right - left
    table.wide = [(number, cells - left) for number, cells in table.wide]


def _first_filled(cells: list[Cell]) -> int:
    place = 0
    while is_blank(cells[place]):
        place += 1
    return place


def _check(number: int, columns: int, total: int) -> None:
    if columns > limits.COLUMNS:
        params = {"columns": columns, "limit": limits.COLUMNS}
        raise ReadError("too_many_columns", params)
    if number > limits.ROWS:
        raise ReadError("too_many_rows", {"limit": limits.ROWS})
    if total > limits.FILLED_CELLS:
        raise ReadError("too_many_cells", {"limit": limits.FILLED_CELLS})


def _headers(labels: list[Cell], table: Table) -> list[str]:
    """One name per column; a repeated one gets a number, a missing one its letter."""
    if not labels:
        places = range(table.left, table.left + table.width)
        return [column_letters(place) for place in places]
    names: list[str] = []
    for place, label in enumerate(labels[table.left :], table.left):
        name = " ".join(as_text(label).split()) or f"[{column_letters(place)}]"
        unique, times = name, 1
        while unique in names:
            times += 1
            unique = f"{name} ({times})"
        names.append(unique)
    return names
