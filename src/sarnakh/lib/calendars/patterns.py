"""How the dates of one imported column are written.

A column has one order of day, month and year: a pattern either fits or a row is wrong.
Month names, YYYYMMDD and spreadsheet serials cannot be mistaken and fit every pattern.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .calendar import GREGORIAN, Calendar
from .clock import Clock, take_time
from .reading import (
    Triple,
    calendar_of_year,
    eight_digits,
    in_range,
    named,
    normal,
    numeric,
    separator,
    triple,
)

Order = Literal["ymd", "dmy", "mdy"]

SERIALS = (20_000, 80_000)
# Serial 1 is 1900-01-01, but spreadsheets believe in 29 February 1900.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_DAY_SECONDS = 86_400
_NUMBER = re.compile(r"(\d{1,8})(?:\.(\d{1,15}))?")
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class Pattern:
    """Order of the numbers, length of the year, and the column's calendar.

    ``calendar`` is that of the import: it decides two-digit years and 13th–15th century
    years. With ``strict_calendar`` every year is one of that calendar.
    """

    calendar: Calendar
    order: Order = "ymd"
    short_year: bool = False
    separator: str = "/"
    has_time: bool = False
    strict_calendar: bool = False

    @property
    def text(self) -> str:
        """The pattern in letters, such as ``DD/MM/YYYY HH:MM``."""
        year = "YY" if self.short_year else "YYYY"
        letters = {"y": year, "m": "MM", "d": "DD"}
        found = self.separator.join(letters[part] for part in self.order)
        return f"{found} HH:MM" if self.has_time else found

    def parse(self, text: str) -> dt.date | dt.datetime:
        """The date of one cell; a date-time if a time is written with it.

        A date-time is naive (local time of the importing user) unless the cell names an
        offset. ValueError with a reason code: ``empty``, ``not_a_date``,
        ``other_order``, ``impossible_date``, ``impossible_time``, ``year_out_of_range``,
        ``out_of_range``.
        """
        cell = normal(text)
        number = _NUMBER.fullmatch(cell)
        if number and not eight_digits(cell):
            return _serial(int(number[1]), number[2] or "")
        rest, clock = take_time(cell)
        day = self._date(rest)
        return day if clock is None else _at(day, clock)

    def _date(self, text: str) -> dt.date:
        numbers = eight_digits(text)
        if numbers is None:
            written = triple(text)
            numbers = None if written is None else self._arranged(written)
        if numbers is None:
            # A month name without a year would change its meaning every year.
            if len(re.findall(r"\d+", text)) != 2:
                raise ValueError("not_a_date")
            found = named(text, self.calendar, dt.date(2000, 1, 1))
            if found is None:
                raise ValueError("not_a_date")
            return found
        year, month, day = numbers
        if (
            self.strict_calendar
            and len(year) == _YEAR_DIGITS
            and calendar_of_year(int(year), self.calendar) is not self.calendar
        ):
            raise ValueError("year_out_of_range")
        return numeric(year, month, day, self.calendar)

    def _arranged(self, written: Triple) -> Triple:
        """Year, month and day of three numbers; ValueError if the order is another."""
        found = dict(zip(self.order, written, strict=True))
        year, month, day = found["y"], found["m"], found["d"]
        digits = len(year)
        fits = digits <= 2 if self.short_year else digits == _YEAR_DIGITS
        if not fits or len(month) > 2 or len(day) > 2:
            raise ValueError("other_order")
        return year, month, day


def guess_pattern(samples: Iterable[str], profile_calendar: Calendar) -> Pattern | None:
    """The first pattern that fits all samples that are not empty, else None.

    Year first is tried first, then day first, then month first; four-digit years before
    two-digit ones, which are read in the profile's calendar or else as Gregorian. A
    pattern that fits but for days a month does not have (31 Mehr) is taken if no other
    fits, so that the import can name those rows.
    """
    cells = [cell for cell in samples if cell and cell.strip()]
    if not cells:
        return None
    has_time = any(_has_time(cell) for cell in cells)
    sign = next((found for cell in cells if (found := _separator(cell))), "")
    orders: tuple[Order, ...] = ("ymd", "dmy", "mdy")
    # A four-digit year says by itself which calendar it belongs to.
    years = [(profile_calendar, False), (profile_calendar, True), (GREGORIAN, True)]
    patterns = [
        Pattern(calendar, order, short, sign or "/", has_time)
        for calendar, short in years
        for order in orders
    ]
    for lenient in (False, True):
        for pattern in patterns:
            if all(_fits(pattern, cell, lenient=lenient) for cell in cells):
                return pattern
    return None


def _fits(pattern: Pattern, cell: str, *, lenient: bool) -> bool:
    try:
        pattern.parse(cell)
    except ValueError as error:
        return lenient and str(error) == "impossible_date" and _plausible(pattern, cell)
    return True


def _plausible(pattern: Pattern, cell: str) -> bool:
    """Whether a date is impossible only because its month is shorter."""
    rest, _ = take_time(normal(cell))
    written = triple(rest)
    if written is None:
        return eight_digits(rest) is None
    _, month, day = pattern._arranged(written)
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _has_time(cell: str) -> bool:
    try:
        return take_time(normal(cell))[1] is not None
    except ValueError:
        return False


def _separator(cell: str) -> str:
    try:
        return separator(take_time(normal(cell))[0])
    except ValueError:
        return ""


def _serial(days: int, fraction: str) -> dt.date | dt.datetime:
    first, last = SERIALS
    if not first <= days <= last:
        raise ValueError("not_a_date")
    day = _SERIAL_ZERO + dt.timedelta(days=days)
    scale = 10 ** len(fraction)
    seconds = (int(fraction or 0) * _DAY_SECONDS * 2 + scale) // (2 * scale)
    if not seconds:
        return in_range(day)
    midnight = dt.datetime.combine(day, dt.time.min)
    return midnight + dt.timedelta(seconds=seconds)


def _at(day: dt.date, clock: Clock) -> dt.datetime:
    return dt.datetime.combine(day, clock.time, tzinfo=clock.zone)
