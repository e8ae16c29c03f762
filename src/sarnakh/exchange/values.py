"""One cell of a table read as a value of a field kind.

Typed cells of spreadsheets are taken as they are, text is understood as people write
it. Everything here is pure and raises CellError with a code of CELL_ERRORS; links,
tags and properties need the database and are resolved by the caller.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from sarnakh.exchange.cells import Cell, as_text
from sarnakh.exchange.errors import CellError
from sarnakh.lib.calendars.parsing import Pattern
from sarnakh.lib.money import Reading, read_money
from sarnakh.lib.numbers import LIMIT, NumberError, parse_number
from sarnakh.lib.profile import Profile
from sarnakh.lib.text import letters, searchable

Option = TypeVar("Option", bound=Hashable)

_YES = ("1", "true", "yes", "t", "y", "بله", "بلی", "آری", "درست", "نعم", "أجل", "صح")
_NO = ("0", "false", "no", "f", "n", "خیر", "نه", "نادرست", "لا", "کلا", "خطأ")
YES_NO: dict[str, bool] = {
    **{searchable(word): True for word in _YES},
    **{searchable(word): False for word in _NO},
}
_BETWEEN_TAGS = re.compile("[,،;؛]")
_SHOWN = 100
_NUMBER_CODES = {
    "grouping": "bad_grouping",
    "too_large": "number_too_large",
    "other_currency": "other_currency",
}


def yes_no(cell: Cell) -> bool:
    """Yes or no in three languages, as 1/0 in any digits, or a spreadsheet's boolean."""
    found = YES_NO.get(searchable(as_text(cell)))
    if found is None:
        raise _error("not_yes_no", cell)
    return found


def choice(cell: Cell, options: Mapping[Option, Sequence[str]]) -> Option:
    """The option whose technical value or one of whose labels the cell holds.

    Labels come in all installed languages. Equal letters win over a match that
    ignores case and accents.
    """
    text = as_text(cell)
    for folded in (letters, searchable):
        wanted = folded(text)
        for option, labels in options.items():
            if wanted in (folded(name) for name in (str(option), *labels)):
                return option
    raise _error("not_a_choice", cell)


def names(cell: Cell) -> list[str]:
    """The names in one cell of tags or links, each once, in the order written."""
    found: dict[str, str] = {}
    for part in _BETWEEN_TAGS.split(as_text(cell)):
        name = " ".join(part.split())
        if name:
            found.setdefault(searchable(name), name)
    return list(found.values())


def number(
    cell: Cell, *, decimal: str = ".", grouping: str = ",", percent: bool = False
) -> Decimal:
    """A decimal number; the two signs are the column's options.

    ``percent`` lets a percent sign pass; the value stays the number before it.
    """
    text, decimal, grouping = _written(cell, decimal, grouping)
    try:
        return parse_number(text, decimal=decimal, grouping=grouping, percent=percent)
    except NumberError as error:
        raise _number_error(error, cell) from error


def money(
    cell: Cell,
    currency_code: str,
    profile: Profile,
    *,
    decimal: str = ".",
    grouping: str = ",",
) -> Reading:
    """An amount of a currency in minor units, and whether rounding changed it.

    Toman, written or as the profile's unit, becomes rial; a different currency is an
    error.
    """
    text, decimal, grouping = _written(cell, decimal, grouping)
    try:
        return read_money(
            text, currency_code, profile, decimal=decimal, grouping=grouping
        )
    except NumberError as error:
        raise _number_error(error, cell) from error


def whole_number(cell: Cell, *, decimal: str = ".", grouping: str = ",") -> int:
    """A number without a fraction."""
    found = number(cell, decimal=decimal, grouping=grouping)
    if found != found.to_integral_value():
        raise _error("not_a_whole_number", cell)
    return int(found)


def _written(cell: Cell, decimal: str, grouping: str) -> tuple[str, str, str]:
    """The number as text with its signs: those of the column only if it was typed."""
    if isinstance(cell, bool | dt.date):
        raise _error("not_a_number", cell)
    if isinstance(cell, str):
        return cell, decimal, grouping
    exact = Decimal(str(cell))
    if not exact.is_finite() or abs(exact) >= LIMIT:
        raise _error("number_too_large", cell)
    return f"{exact:f}", ".", ","


def _number_error(error: NumberError, cell: Cell) -> CellError:
    return _error(_NUMBER_CODES.get(error.code, "not_a_number"), cell)


def day(cell: Cell, pattern: Pattern) -> dt.date:
    """A date; the time of a date-time is dropped."""
    found = _moment_or_day(cell, pattern)
    return found.date() if isinstance(found, dt.datetime) else found


def moment(cell: Cell, pattern: Pattern) -> dt.datetime:
    """A date-time, naive (the importing user's zone) unless the text has an offset.

    A date alone is its midnight.
    """
    found = _moment_or_day(cell, pattern)
    if isinstance(found, dt.datetime):
        return found
    return dt.datetime.combine(found, dt.time.min)


def _moment_or_day(cell: Cell, pattern: Pattern) -> dt.date | dt.datetime:
    if isinstance(cell, dt.date):
        return cell
    try:
        return pattern.parse(as_text(cell))
    except ValueError as error:
        impossible = str(error) == "impossible_date"
        raise _error("impossible_date" if impossible else "not_a_date", cell) from error


def _error(code: str, cell: Cell) -> CellError:
    return CellError(code, {"value": as_text(cell)[:_SHOWN]})
