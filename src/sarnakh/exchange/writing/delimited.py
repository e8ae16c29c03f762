"""CSV as spreadsheet programs like it: UTF-8 with BOM, CRLF, every cell quoted."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from sarnakh.exchange.cells import SUSPECT, as_text, protect
from sarnakh.exchange.writing.rows import ExportRows, GroupRow, Value


def write_csv(path: Path, headers: Sequence[str], rows: ExportRows) -> int:
    """Write flat rows (group headings are left out); returns how many.

    Text that a spreadsheet program might run gets an apostrophe, which the import
    takes away again. Numbers have Latin digits and a decimal point, dates are ISO.
    """
    count = 0

    def lines() -> Iterator[list[str]]:
        nonlocal count
        yield [protect(header) for header in headers]
        for row in rows:
            if not isinstance(row, GroupRow):
                count += 1
                # Nearly all cells are harmless text: no call for those.
                yield [
                    value
                    if value.__class__ is str and value[:1] not in SUSPECT
                    else _text(value)
                    for value in row
                ]

    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows(lines())
    return count


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return protect(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.replace(tzinfo=None)
    return as_text(value)
