"""XLSX export: typed cells, any number of rows in constant memory, fast."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sarnakh.exchange.cells import column_letters
from sarnakh.exchange.errors import WriteError
from sarnakh.exchange.writing.frame import SHEET_PART, Frame, make_frame
from sarnakh.exchange.writing.rows import ExportRow, ExportRows, GroupRow, Value

MAX_ROWS = 1_048_575
MAX_TEXT = 32_767
TOO_LONG = "(text of more than 32,767 characters left out)"

# Above this, the sheet would need the 64-bit format that not every program reads.
_MAX_BYTES = 2_000_000_000
_BATCH = 500
_COMPRESSION = 4
_EPOCH = dt.date(1899, 12, 30)
# Earlier days are counted differently by every program (a leap-year error).
_FIRST_DAY = dt.date(1900, 3, 1)
_DAY_SECONDS = 86_400
# What XML or the format cannot hold as it is, an escape typed as text included.
_SPECIAL = re.compile(
    "[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)"
)
_CellWriter = Callable[[str, Any], str]
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_x": "_x005F_x"}


def write_xlsx(
    path: Path,
    headers: Sequence[str],
    rows: ExportRows,
    *,
    rtl: bool,
    kinds: Sequence[str] = (),
    sheet: str = "Sarnakh",
    too_long: str = TOO_LONG,
) -> int:
    """Write one sheet and return the number of rows below the header.

    Text stays text, whatever it looks like; ``too_long`` replaces text that does not
    fit a cell. Date-times are written as they stand, so give them in the user's zone.
    ``kinds`` (field kinds, one per column) only set the widths. WriteError, and no
    file, when there are too many rows.
    """
    frame = make_frame(sheet, kinds or ["text"] * len(headers), rtl=rtl)
    writer = _Writer(frame.styles, too_long)
    try:
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as package:
            for name, content in frame.parts.items():
                package.writestr(name, content)
            _write_sheet(package, frame, writer, headers, rows)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return writer.row - 1


def _write_sheet(
    package: ZipFile,
    frame: Frame,
    writer: _Writer,
    headers: Sequence[str],
    rows: ExportRows,
) -> None:
    size = 0
    rest = iter(rows)
    with package.open(SHEET_PART, "w") as part:
        part.write(f"{frame.before}{writer.bold_row(headers)}".encode())
        while batch := "".join(map(writer.row_of, islice(rest, _BATCH))):
            content = batch.encode()
            size += len(content)
            if size > _MAX_BYTES:
                raise WriteError("too_large")
            part.write(content)
        part.write(frame.after.encode())


class _Writer:
    """Turns values into cells, row after row."""

    def __init__(self, styles: Mapping[str, str], too_long: str) -> None:
        self.row = 0
        self._too_long = too_long
        self._styles = styles
        self._letters: list[str] = []
        self._writers: dict[type, _CellWriter] = {
            str: self._text,
            int: self._number,
            float: self._number,
            Decimal: self._number,
            bool: self._boolean,
            dt.date: self._date,
            dt.datetime: self._moment,
            type(None): _nothing,
        }
        self._bold = ""

    def row_of(self, row: ExportRow) -> str:
        """One row of the export."""
        if isinstance(row, GroupRow):
            return self.bold_row([row.text(), *row.totals])
        return self._row(row)

    def bold_row(self, values: Sequence[Value]) -> str:
        """A row in bold: the header or the heading of a group."""
        self._bold = "bold"
        try:
            return self._row(values)
        finally:
            self._bold = ""

    def _row(self, values: Sequence[Value]) -> str:
        self.row += 1
        row = self.row
        if row > MAX_ROWS + 1:
            raise WriteError("too_many_rows", {"limit": MAX_ROWS})
        while len(self._letters) < len(values):
            self._letters.append(column_letters(len(self._letters)))
        writers = self._writers
        cells = [
            (writers.get(value.__class__) or self._kin(value))(f"{letter}{row}", value)
            for letter, value in zip(self._letters, values, strict=False)
        ]
        return f'<row r="{row}">{"".join(cells)}</row>'

    def _kin(self, value: Value) -> _CellWriter:
        """The writer for a subclass, such as an enumeration; else: as text."""
        for kind in (bool, int, float, Decimal, dt.datetime, dt.date):
            if isinstance(value, kind):
                return self._writers[kind]
        return self._text

    def _text(self, place: str, value: object) -> str:
        text = str(value)
        if not text:
            return ""
        if len(text) > MAX_TEXT // 2 and _utf16_length(text) > MAX_TEXT:
            text = self._too_long
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        if _SPECIAL.search(text):
            text = _SPECIAL.sub(_escaped, text)
        style = self._styles["bold"] if self._bold else ""
        return f'<c r="{place}"{style} t="inlineStr"><is><t{keep}>{text}</t></is></c>'

    def _number(self, place: str, value: float | Decimal) -> str:
        # The real part of an enumeration's member is a plain number.
        text = format(value, "f") if isinstance(value, Decimal) else repr(value.real)
        if not text.lstrip("-")[:1].isdigit():
            return self._text(place, str(value))
        style = self._styles["bold"] if self._bold else ""
        return f'<c r="{place}"{style}><v>{text}</v></c>'

    def _boolean(self, place: str, value: bool) -> str:
        style = self._styles["bold"] if self._bold else ""
        return f'<c r="{place}"{style} t="b"><v>{int(value)}</v></c>'

    def _date(self, place: str, value: dt.date) -> str:
        if value < _FIRST_DAY:
            return self._text(place, value.isoformat())
        return self._serial(place, "date", (value - _EPOCH).days)

    def _moment(self, place: str, value: dt.datetime) -> str:
        day = value.date()
        if day < _FIRST_DAY:
            return self._text(place, value.isoformat(sep=" ", timespec="seconds"))
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        serial = (day - _EPOCH).days + seconds / _DAY_SECONDS
        return self._serial(place, "moment", serial)

    def _serial(self, place: str, style: str, serial: float) -> str:
        style = self._styles[f"bold_{style}" if self._bold else style]
        return f'<c r="{place}"{style}><v>{serial!r}</v></c>'


def _nothing(_place: str, _value: None) -> str:
    return ""


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _escaped(found: re.Match[str]) -> str:
    special = found[0]
    if special in _NAMED:
        return _NAMED[special]
    return "\ufffd" if special >= "\ud800" else f"_x{ord(special):04X}_"
