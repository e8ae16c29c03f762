"""What a column seems to hold, judged by a few sample values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sarnakh.exchange.values import YES_NO
from sarnakh.lib.calendars import GREGORIAN, Calendar
from sarnakh.lib.calendars.parsing import guess_pattern
from sarnakh.lib.digits import to_latin
from sarnakh.lib.numbers import NumberError, parse_number
from sarnakh.lib.text import searchable
from sarnakh.records.kinds import Kind

EMPTY, BOOLEAN, DIGITS, NUMBER, DATE, TEXT = (
    *("empty", "boolean", "digits", "number", "date", "text"),
)

SAMPLES = 10
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})
_DATES = frozenset({Kind.DATE, Kind.DATETIME})
# Codes, names and phones may look like numbers or dates: these fit any sample.
_OPEN = frozenset(Kind) - _NUMBERS - _DATES - {Kind.BOOLEAN}
_FITTING: dict[str, frozenset[Kind]] = {
    EMPTY: frozenset(Kind),
    BOOLEAN: _OPEN | {Kind.BOOLEAN},
    DIGITS: _OPEN | _NUMBERS,
    NUMBER: _OPEN | _NUMBERS,
    DATE: _OPEN | _DATES,
    TEXT: _OPEN,
}
_CURRENCY_WORD = re.compile(
    r"(?:[$€£﷼]|\b(?:irr|usd|eur|aed|sar|qar|kwd|iqd|ریال|تومان|تومن|درهم|دینار|دلار)\b)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./x+-]{5,30}")
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")


def column_kind(samples: Sequence[str], calendar: Calendar = GREGORIAN) -> str:
    """The first of boolean, digits, number, date that all samples are; else text.

    A column of 0 and 1 counts as digits. ``calendar`` is that of the user.
    """
    cells = _cells(samples)
    if not cells:
        return EMPTY
    if all(to_latin(cell).isdecimal() for cell in cells):
        return DIGITS
    if all(searchable(cell) in YES_NO for cell in cells):
        return BOOLEAN
    if all(map(_is_number, cells)):
        return NUMBER
    return DATE if guess_pattern(cells, calendar) else TEXT


def fitting_kinds(
    samples: Sequence[str], calendar: Calendar = GREGORIAN
) -> frozenset[Kind]:
    """The field kinds that could take every sample."""
    kind = column_kind(samples, calendar)
    fitting = _FITTING[kind]
    cells = _cells(samples)
    if kind == DIGITS and all(searchable(cell) in YES_NO for cell in cells):
        fitting |= {Kind.BOOLEAN}
    if kind in (DIGITS, NUMBER) and guess_pattern(cells, calendar):
        # Spreadsheet serials, and days written as 20240115.
        fitting |= _DATES
    return fitting


def holds_addresses(samples: Sequence[str]) -> bool:
    """Whether all samples are e-mail addresses or phone numbers: nobody's name."""
    cells = [to_latin(cell.strip()) for cell in _cells(samples)]
    return bool(cells) and (
        all(map(_PHONE.fullmatch, cells)) or all(map(_MAIL.fullmatch, cells))
    )


def _cells(samples: Sequence[str]) -> list[str]:
    return [cell for cell in samples if cell.strip()][:SAMPLES]


def _is_number(cell: str) -> bool:
    bare = _CURRENCY_WORD.sub("", cell[:200].replace("ي", "ی"))
    for decimal, grouping in ((".", ","), (",", ".")):
        try:
            parse_number(bare, decimal=decimal, grouping=grouping, percent=True)
        except NumberError:
            continue
        return True
    return False
