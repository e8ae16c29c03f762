"""Rows of a spreadsheet file, as the parser gives them, made plain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sarnakh.exchange.cells import Cell
from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.rows import Row

Raw = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def open_book(path: Path) -> CalamineWorkbook:
    """Open a checked file by its content; ReadError when the parser refuses it."""
    try:
        # By content: given a path, the parser would trust the extension.
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except PasswordError as error:
        raise ReadError("password_protected") from error
    except CalamineError as error:
        raise ReadError("damaged") from error


def choose_sheet(book: CalamineWorkbook, chosen: str | None) -> tuple[list[str], str]:
    """The worksheets of a file that cannot be inspected beforehand (XLS)."""
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    if chosen is not None:
        if chosen not in names:
            raise ReadError("no_such_sheet", {"sheet": chosen})
        return names, chosen
    visible = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    if not names:
        raise ReadError("empty")
    return names, (visible or names)[0]


def sheet_rows(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    """The rows of one sheet with their numbers in the file, blank ones too."""
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        raise ReadError("damaged") from error
    if sheet.start is None:
        return
    left = sheet.start[1]
    if left + sheet.width > limits.COLUMNS:
        params = {"columns": left + sheet.width, "limit": limits.COLUMNS}
        raise ReadError("too_many_columns", params)
    margin: list[Cell] = [""] * left
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield Row(
            number, margin + [c if c.__class__ is str else _plain(c) for c in cells]
        )


def _plain(cell: Raw) -> Cell:
    if isinstance(cell, float):
        # A spreadsheet keeps and shows 15 digits; the rest is binary noise.
        number = cell if cell.is_integer() else float(f"{cell:.15g}")
        return int(number) if number.is_integer() else number
    if isinstance(cell, dt.datetime):
        # Binary noise again: 10:00 may arrive as 09:59:59.999.
        return (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="seconds")
    return _duration(cell) if isinstance(cell, dt.timedelta) else cell


def _duration(span: dt.timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
