"""What can go wrong with a file, a cell or an export, as codes with English texts.

Nothing here depends on Django: the caller translates the template of a code and
fills in its parameters. ``gettext_noop`` only marks the texts for extraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

Param = str | int | float


def gettext_noop(text: str) -> str:
    """Mark ``text`` for the message catalogues and return it unchanged."""
    return text


READ_ERRORS: dict[str, str] = {
    "unreadable": gettext_noop("The file cannot be opened."),
    "empty": gettext_noop("There are no filled cells in this file or sheet."),
    "unsupported_type": gettext_noop(
        "This is not a table: it looks like a file of type %(found)s. "
        "Use XLSX, ODS, XLS, CSV or TSV."
    ),
    "web_page": gettext_noop(
        "This is a web page or XML document, whatever its name says. "
        "Open it in a spreadsheet program and save it as XLSX or CSV."
    ),
    "password_protected": gettext_noop(
        "The file is protected by a password. Save it without one."
    ),
    "damaged": gettext_noop("The file is damaged or incomplete."),
    "too_big_packed": gettext_noop(
        "The file has %(size)s MB; at most %(limit)s MB can be read."
    ),
    "too_big_unpacked": gettext_noop("Unpacked, the file is larger than %(limit)s MB."),
    "too_many_parts": gettext_noop(
        "The file is packed from more than %(limit)s parts."
    ),
    "suspicious_compression": gettext_noop(
        "The file is compressed more than %(limit)s times, which no real table is."
    ),
    "entities": gettext_noop(
        "The file declares XML entities, which a spreadsheet never needs."
    ),
    "too_many_columns": gettext_noop(
        "The sheet uses %(columns)s columns; at most %(limit)s can be read."
    ),
    "too_many_rows": gettext_noop("The sheet uses more than %(limit)s rows."),
    "too_many_cells": gettext_noop("The sheet has more than %(limit)s filled cells."),
    "too_spread": gettext_noop(
        "The filled cells are spread over %(rows)s rows and %(columns)s columns. "
        "Delete the cells that stand far away from the table."
    ),
    "error_cell": gettext_noop(
        "Row %(row)s, column %(column)s holds a spreadsheet error such as #REF!. "
        "Correct it first."
    ),
    "no_such_sheet": gettext_noop("There is no sheet named “%(sheet)s”."),
    "unknown_encoding": gettext_noop("The encoding “%(encoding)s” is not known."),
    "bad_separator": gettext_noop(
        "Separator and text delimiter must be one character each, and different."
    ),
    "nul": gettext_noop("Row %(row)s contains a NUL character."),
    "undecodable": gettext_noop(
        "Row %(row)s contains bytes that are not valid in %(encoding)s."
    ),
    "field_too_long": gettext_noop(
        "A cell in row %(row)s is longer than %(limit)s characters. "
        "Perhaps a quotation mark is never closed."
    ),
    "unclosed_quote": gettext_noop(
        "A quotation mark opened in row %(row)s is never closed."
    ),
    "timeout": gettext_noop("Reading the file took too long."),
    "memory": gettext_noop("Reading the file needs too much memory."),
    "output_too_big": gettext_noop("The content of the file is too large."),
    "reader_died": gettext_noop(
        "The file could not be read: it is damaged or needs too much memory."
    ),
    "row_too_wide": gettext_noop(
        "Row %(row)s has %(cells)s cells but there are only %(columns)s columns."
    ),
}

CELL_ERRORS: dict[str, str] = {
    "not_yes_no": gettext_noop("“%(value)s” is neither yes nor no."),
    "not_a_choice": gettext_noop("“%(value)s” is not one of the choices."),
    "not_a_whole_number": gettext_noop("“%(value)s” is not a whole number."),
    "not_a_number": gettext_noop("“%(value)s” is not a number."),
    "bad_grouping": gettext_noop(
        "“%(value)s”: a grouping separator must be followed by three digits."
    ),
    "number_too_large": gettext_noop("“%(value)s” is too large a number."),
    "other_currency": gettext_noop("“%(value)s” is in a different currency."),
    "not_a_date": gettext_noop("“%(value)s” is not a date in the chosen format."),
    "impossible_date": gettext_noop("There is no such day: “%(value)s”."),
}

WRITE_ERRORS: dict[str, str] = {
    "too_many_rows": gettext_noop("A sheet holds at most %(limit)s rows."),
    "too_large": gettext_noop("The export is too large for one spreadsheet file."),
}


class Coded(Exception):
    """A code with parameters; its text is the English template filled in."""

    templates: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str, params: Mapping[str, Param] | None = None) -> None:
        self.code = code
        self.params: dict[str, Param] = dict(params or {})
        super().__init__(code, self.params)

    def __str__(self) -> str:
        return self.templates[self.code] % self.params


class ReadError(Coded):
    """The file cannot be read; ``code`` is a key of READ_ERRORS."""

    templates = READ_ERRORS


class CellError(Coded):
    """One cell cannot be understood; ``code`` is a key of CELL_ERRORS."""

    templates = CELL_ERRORS


class WriteError(Coded):
    """The export cannot be written; ``code`` is a key of WRITE_ERRORS."""

    templates = WRITE_ERRORS
