"""Rows of delimited text (CSV, TSV), whoever wrote it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from sarnakh.exchange.cells import Cell, unprotect
from sarnakh.exchange.errors import Param, ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.encodings import CODECS
from sarnakh.exchange.reading.rows import Row

_TRIED = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS = 64 * 1024
_SAMPLE_ROWS = 100
# Undecodable bytes arrive as lone surrogates (as U+FFFD where that is impossible).
_WRONG = re.compile("[\0\ud800-\udfff]")
_WRONG_WIDE = re.compile("[\0\ud800-\udfff\ufffd]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE | re.DOTALL)
# Handed to the parser after the last line: inside an open quote it is swallowed.
_END = "\x01end\x01"


def delimited_rows(
    path: Path, encoding: str, separator: str, quote: str
) -> Iterator[Row]:
    """All rows with their numbers, blank ones too.

    ``quote`` may be empty: then quotation marks are ordinary characters. Raises
    ReadError naming the row for NUL, undecodable bytes, cells over the limit and
    quotes that never close.
    """
    _check_characters(separator, quote)
    csv.field_size_limit(limits.FIELD_CHARACTERS)
    with _open(path, encoding) as file:
        number = 0
        reader = _reader(_lines(file, encoding), separator, quote)
        while True:
            number += 1
            try:
                cells = next(reader)
            except csv.Error as error:
                params = {"row": number, "limit": limits.FIELD_CHARACTERS}
                raise ReadError("field_too_long", params) from error
            except _WrongText as error:
                raise error.at(number, encoding) from None
            if cells and cells[-1].endswith(_END):
                if cells != [_END]:
                    raise ReadError("unclosed_quote", {"row": number})
                return
            if number == 1 and _is_separator_line(cells):
                continue
            yield Row(number, [_unprotected(cell) for cell in cells])


def find_separator(path: Path, encoding: str, quote: str, *, prefer_tab: bool) -> str:
    """The first separator that gives equally wide rows, else the most even one."""
    with _open(path, encoding) as file:
        sample = file.read(_SAMPLE_CHARACTERS)
        is_cut = len(sample) == _SAMPLE_CHARACTERS
    lines = sample.splitlines(keepends=True)
    if is_cut and len(lines) > 1:
        lines.pop()
    stated = _SEPARATOR_LINE.match(lines[0]) if lines else None
    if stated:
        return stated[1]
    _check_characters("\t", quote)
    first: tuple[str, ...] = ("\t",) if prefer_tab else ()
    tried = [sign for sign in (*first, *_TRIED) if sign != quote]
    best, best_share = tried[0], 0.0
    for separator in tried:
        share = _evenness(lines, separator, quote)
        if share > best_share:
            best, best_share = separator, share
    return best


def _evenness(lines: list[str], separator: str, quote: str) -> float:
    """The share of filled rows as wide as the first; 0 if that is one column."""
    widths: list[int] = []
    try:
        for cells in _reader(iter(lines), separator, quote):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    if not widths or widths[0] < 2:
        return 0.0
    return widths.count(widths[0]) / len(widths)


def _reader(lines: Iterator[str], separator: str, quote: str) -> Iterator[list[str]]:
    if quote:
        return csv.reader(lines, delimiter=separator, quotechar=quote)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _open(path: Path, encoding: str) -> TextIO:
    codec = CODECS.get(encoding)
    if codec is None:
        raise ReadError("unknown_encoding", {"encoding": encoding})
    errors = "replace" if codec.startswith("utf-16") else "surrogateescape"
    return path.open(encoding=codec, errors=errors, newline="")


class _WrongText(Exception):
    def __init__(self, code: str) -> None:
        self.code = code

    def at(self, number: int, encoding: str) -> ReadError:
        params: dict[str, Param] = {
            "row": number,
            "encoding": encoding,
            "limit": limits.FIELD_CHARACTERS,
        }
        return ReadError(self.code, params)


def _lines(file: TextIO, encoding: str) -> Iterator[str]:
    wrong = _WRONG_WIDE if encoding.startswith("utf-16") else _WRONG
    while line := file.readline(limits.LINE_CHARACTERS):
        if len(line) == limits.LINE_CHARACTERS:
            raise _WrongText("field_too_long")
        found = wrong.search(line)
        if found:
            raise _WrongText("nul" if found[0] == "\0" else "undecodable")
        yield line
    yield _END


def _check_characters(separator: str, quote: str) -> None:
    usable = len(separator) == 1 and separator not in "\r\n" and len(quote) <= 1
    if not usable or quote == separator or quote in ("\r", "\n"):
        raise ReadError("bad_separator")


def _is_separator_line(cells: list[str]) -> bool:
    return [cell.lower() for cell in cells] == ["sep=", ""]


def _unprotected(cell: str) -> Cell:
    return unprotect(cell) if cell.startswith("'") else cell
