"""When periods begin and end, and which part of one is left. Pure.

Months and years are those of the company's calendar. Every period is counted from the
first day, so that the 31st becomes the last day of a shorter month and comes back.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sarnakh.lib.calendars import Calendar

Unit = Literal["week", "month", "year"]
MONTHS_OF_YEAR = 12
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """So many weeks, months or years, and whether periods begin with calendar ones."""

    count: int
    unit: Unit
    is_aligned: bool = False
    week_start: int = 5

    @property
    def months(self) -> int:
        """Length in months; 0 for weeks."""
        lengths = {"week": 0, "month": 1, "year": MONTHS_OF_YEAR}
        return self.count * lengths[self.unit]


@dataclass(frozen=True)
class Covered:
    """What one invoice covers: the first day, the last one, and which part of a whole
    period that is."""

    first: dt.date
    last: dt.date
    share: Fraction = Fraction(1)

    @property
    def next(self) -> dt.date:
        """The first day of the next period."""
        return self.last + _DAY


def moved(day: dt.date, rhythm: Rhythm, periods: int, calendar: Calendar) -> dt.date:
    """So many periods later, counted from `day` itself."""
    if rhythm.unit == "week":
        return day + dt.timedelta(days=7 * rhythm.count * periods)
    return calendar.add_months(day, rhythm.months * periods)


def start_of(
    start: dt.date, rhythm: Rhythm, number: int, calendar: Calendar
) -> dt.date:
    """The first day of period `number`; period 0 begins at the start."""
    if number == 0:
        return start
    if not rhythm.is_aligned:
        return moved(start, rhythm, number, calendar)
    border = _border_after(start, rhythm, calendar)
    if _is_border(start, rhythm, calendar):
        return moved(start, rhythm, number, calendar)
    return moved(border, rhythm, number - 1, calendar)


def covered(start: dt.date, rhythm: Rhythm, number: int, calendar: Calendar) -> Covered:
    """Period `number`; an aligned first one is a part of a whole, by days."""
    first = start_of(start, rhythm, number, calendar)
    following = start_of(start, rhythm, number + 1, calendar)
    share = Fraction(1)
    if rhythm.is_aligned and number == 0 and not _is_border(start, rhythm, calendar):
        whole = (following - moved(following, rhythm, -1, calendar)).days
        share = Fraction((following - first).days, whole)
    return Covered(first, following - _DAY, min(share, Fraction(1)))


def first_from(
    start: dt.date, rhythm: Rhythm, number: int, day: dt.date, calendar: Calendar
) -> int:
    """The first period from `number` on that begins on the day or later."""
    while start_of(start, rhythm, number, calendar) < day:
        number += 1
    return number


def remaining(first: dt.date, following: dt.date, day: dt.date) -> Fraction:
    """The part of a period that is left on a day, that day included."""
    length = (following - first).days
    left = (following - max(day, first)).days
    if length <= 0 or left <= 0:
        return Fraction(0)
    return Fraction(left, length)


def _is_border(day: dt.date, rhythm: Rhythm, calendar: Calendar) -> bool:
    before = _border_after(day - _DAY, rhythm, calendar)
    return before == day


def _border_after(day: dt.date, rhythm: Rhythm, calendar: Calendar) -> dt.date:
    """The first border of calendar periods after a day.

    Months that divide a year are counted from its beginning: quarters are the
    calendar's. Other lengths begin with any month.
    """
    if rhythm.unit == "week":
        return calendar.next_start(day, "week", rhythm.week_start)
    if rhythm.unit == "year":
        return calendar.next_start(day, "year")
    step = rhythm.count if MONTHS_OF_YEAR % rhythm.count == 0 else 1
    border = calendar.next_start(day, "month")
    while (calendar.parts(border)[1] - 1) % step:
        border = calendar.next_start(border, "month")
    return border
