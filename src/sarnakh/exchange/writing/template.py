"""The empty form for an import: headers, one example row, a sheet of notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sarnakh.exchange.writing.frame import (
    DATE_FORMAT,
    MOMENT_FORMAT,
    STRICT_TEXT,
    sheet_name,
)
from sarnakh.exchange.writing.rows import Value

# The format of a whole column: phones and codes keep their leading zeros as text.
_FORMATS: dict[str, str | int] = {
    "integer": "0",
    "decimal": "General",
    "money": "#,##0.##",
    "date": DATE_FORMAT,
    "datetime": MOMENT_FORMAT,
    "boolean": "General",
}
# The number of the built-in text format "@".
_TEXT_FORMAT = 49
_WIDTH, _NOTE_WIDTH = 20, 60
# Long enough for any list that somebody fills in by hand.
_CHECKED_ROWS = 1_000
# A drop-down list longer than this does not fit the format.
_LIST_CHARACTERS = 255


@dataclass(frozen=True)
class TemplateField:
    """One column: its import label, kind, example and, if any, allowed values."""

    label: str
    kind: str
    example: Value = None
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Note:
    """One line of the notes sheet: which column, and what can stand in it."""

    label: str
    text: str


def write_template(
    path: Path,
    fields: Sequence[TemplateField],
    notes: Sequence[Note],
    *,
    rtl: bool,
    sheets: tuple[str, str] = ("Import", "Notes"),
) -> None:
    """Write the template; all texts come translated from the caller.

    ``sheets`` are the names of the two sheets. The first is the one to fill in.
    """
    with xlsxwriter.Workbook(path, dict(STRICT_TEXT)) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        form = book.add_worksheet(sheet_name(sheets[0]))
        form.freeze_panes(1, 0)
        for place, field in enumerate(fields):
            pattern = _FORMATS.get(field.kind, _TEXT_FORMAT)
            style = book.add_format({"num_format": pattern})
            form.set_column(place, place, _WIDTH, style)
            form.write_string(0, place, field.label, bold)
            _write_example(form, place, field.example, style)
            _offer(form, place, field.choices)
        page = book.add_worksheet(sheet_name(sheets[1]))
        page.set_column(0, 0, _WIDTH, wrapped)
        page.set_column(1, 1, _NOTE_WIDTH, wrapped)
        for row, note in enumerate(notes):
            page.write_string(row, 0, note.label, bold)
            page.write_string(row, 1, note.text, wrapped)
        if rtl:
            form.right_to_left()
            page.right_to_left()


def _write_example(form: Worksheet, place: int, value: Value, style: Format) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        form.write_boolean(1, place, value, style)
    elif isinstance(value, dt.date):
        form.write_datetime(1, place, value, style)
    elif isinstance(value, str):
        form.write_string(1, place, value, style)
    else:
        form.write_number(1, place, float(value), style)


def _offer(form: Worksheet, place: int, choices: Sequence[str]) -> None:
    """A drop-down list, where the choices fit and none contains the separator."""
    if not choices or any("," in choice for choice in choices):
        return
    if len(",".join(choices)) > _LIST_CHARACTERS:
        return
    form.data_validation(
        1,
        place,
        _CHECKED_ROWS,
        place,
        {"validate": "list", "source": list(choices), "error_type": "warning"},
    )
