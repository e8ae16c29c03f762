"""Everything of an XLSX file but its rows.

The library makes the workbook: styles, widths, direction, relations. Its way of
writing cells one by one is too slow for exports and takes text like ``<r>…</r>``
for markup, so the rows are written by us into the gap that the frame leaves.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

SHEET_PART = "xl/worksheets/sheet1.xml"

DATE_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
# No formula, link or number is ever made out of text.
STRICT_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_STYLES: dict[str, dict[str, object]] = {
    "plain": {},
    "date": {"num_format": DATE_FORMAT},
    "moment": {"num_format": MOMENT_FORMAT},
    "bold": {"bold": True},
    "bold_date": {"bold": True, "num_format": DATE_FORMAT},
    "bold_moment": {"bold": True, "num_format": MOMENT_FORMAT},
}
_WIDTHS = {"long_text": 40, "date": 12, "datetime": 20, "boolean": 8, "integer": 10}
_DEFAULT_WIDTH = 18
_DATA = re.compile(r"<sheetData>(.*)</sheetData>", re.DOTALL)
_CELL_STYLE = re.compile(r'<c r="[A-Z]+1"(?: s="(\d+)")?')


@dataclass(frozen=True)
class Frame:
    """The parts around the rows; ``before`` and ``after`` enclose them.

    ``styles`` gives the ``s`` attribute of a cell (empty for plain cells).
    """

    parts: Mapping[str, bytes]
    before: str
    after: str
    styles: Mapping[str, str]


def make_frame(sheet: str, kinds: Sequence[str], *, rtl: bool) -> Frame:
    """A workbook of one empty sheet with one column per kind."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **STRICT_TEXT})
    page = book.add_worksheet(sheet_name(sheet))
    if rtl:
        page.right_to_left()
    page.freeze_panes(1, 0)
    for place, kind in enumerate(kinds):
        page.set_column(place, place, _WIDTHS.get(kind, _DEFAULT_WIDTH))
    # One cell of each style, only to learn the numbers the library gave them.
    for place, style in enumerate(_STYLES.values()):
        page.write_number(0, place, 1, _format(book, style))
    book.close()
    with ZipFile(content) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return _opened(parts)


def _opened(parts: dict[str, bytes]) -> Frame:
    markup = parts.pop(SHEET_PART).decode()
    data = _DATA.search(markup)
    if data is None:
        raise ValueError("the library no longer writes <sheetData> as expected")
    # The dimension is optional and would describe the cells taken out here.
    before = re.sub(r"<dimension [^>]*>", "", markup[: data.start()])
    numbers = _CELL_STYLE.findall(data[1])
    styles = {
        name: f' s="{number}"' if number else ""
        for name, number in zip(_STYLES, numbers, strict=True)
    }
    return Frame(
        parts=parts,
        before=f"{before}<sheetData>",
        after=f"</sheetData>{markup[data.end() :]}",
        styles=styles,
    )


def _format(book: Workbook, style: dict[str, object]) -> Format | None:
    return book.add_format(style) if style else None


def sheet_name(text: str) -> str:
    """A name that spreadsheet programs accept: 31 characters, none of []:*?/\\."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text).strip("' ")[:31].strip("' ")
    return name or "Sarnakh"
