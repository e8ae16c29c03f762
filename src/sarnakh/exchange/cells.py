"""What one cell can hold, and how it looks as text."""

from __future__ import annotations

import datetime as dt
import re

Cell = str | int | float | bool | dt.date | dt.datetime

# A spreadsheet program may run text that begins like this (also behind apostrophes).
_RUNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_DISGUISED = re.compile(f"'*[{_RUNS}]")
SUSPECT = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_PROTECTED = re.compile(f"'+[{_RUNS}]")


def as_text(cell: Cell) -> str:
    """The cell as a person would type it: ISO dates, true/false, 3 and not 3.0."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether the cell is empty or only white space."""
    return isinstance(cell, str) and not cell.strip()


def protect(text: str) -> str:
    """Text for a CSV cell, with an apostrophe where a program might run it."""
    # Looking at the first character spares the pattern for nearly all cells.
    if not text or text[0] not in SUSPECT:
        return text
    return f"'{text}" if _DISGUISED.match(text) else text


def unprotect(text: str) -> str:
    """Undo ``protect``: take away exactly one protecting apostrophe."""
    return text[1:] if _PROTECTED.match(text) else text


def column_letters(index: int) -> str:
    """The spreadsheet letters of a column counted from 0 (0 is A, 26 is AA)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
