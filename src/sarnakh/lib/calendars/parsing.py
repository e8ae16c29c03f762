"""Dates and times as people type them."""

import datetime as dt
import re

from sarnakh.lib.text import searchable

from .calendar import Calendar
from .clock import take_time, to_instant
from .patterns import Pattern, guess_pattern
from .reading import eight_digits, in_range, named, normal, numeric, triple

__all__ = ["Pattern", "guess_pattern", "parse_date", "parse_datetime", "to_instant"]

_DAYS: dict[str, int] = {
    searchable(word): offset
    for offset, words in {
        -2: ("پریروز", "أول أمس"),
        -1: ("دیروز", "أمس", "yesterday"),
        0: ("امروز", "اليوم", "today"),
        1: ("فردا", "غدا", "غداً", "tomorrow"),
        2: ("پس‌فردا", "پس فردا", "بعد غد"),
    }.items()
    for word in words
}
_NOW = frozenset(searchable(word) for word in ("اکنون", "الان", "الآن", "now"))
_SHIFT = re.compile(r"([+-])\s*(\d{1,5})\s*([dwmqy]?)")
_CLOCK_SHIFT = re.compile(r"([+-])\s*(\d{1,7})\s*(h|min)")
_MONTHS = {"m": 1, "q": 3, "y": 12}
_LONG_YEAR = 3


def parse_date(
    text: str, calendar: Calendar, today: dt.date, order: str = "auto"
) -> dt.date:
    """The date somebody with this calendar typed on the day ``today``.

    Understood: three numbers with ``/ - .`` or spaces, YYYYMMDD, month names in three
    languages, today/yesterday/tomorrow, ``+3``, ``-2w`` (d, w, m, q, y), any digits.
    ``order`` (``ymd``, ``dmy``, ``mdy``) decides only what the year's length leaves
    open; ``auto`` is year first for two-digit years, else day first.

    ValueError with a reason code: ``empty``, ``too_long``, ``not_a_date``,
    ``incomplete``, ``impossible_date``, ``year_out_of_range``, ``out_of_range``.
    """
    typed = normal(text)
    if typed in _DAYS:
        return in_range(today + dt.timedelta(days=_DAYS[typed]))
    shift = _SHIFT.fullmatch(typed)
    if shift:
        amount = int(shift[1] + shift[2])
        return in_range(_shifted(today, calendar, amount, shift[3]))
    eight = eight_digits(typed)
    if eight:
        return numeric(*eight, calendar)
    written = triple(typed)
    if written:
        return _numbers(written, calendar, order)
    found = named(typed, calendar, today)
    if found is None:
        raise ValueError("not_a_date")
    return found


def parse_datetime(
    text: str,
    calendar: Calendar,
    now: dt.datetime,
    tz: dt.tzinfo,
    order: str = "auto",
) -> dt.datetime:
    """The instant (aware, UTC, whole seconds) somebody in ``tz`` typed at ``now``.

    A date alone is its local midnight, a time alone is today's; a written offset or
    ``Z`` counts. Besides what dates accept: ``now``, ``+2h``, ``-30min``. ValueError as
    for dates, and ``impossible_time``.
    """
    typed = normal(text)
    if typed in _NOW:
        return to_instant(now, tz)
    shift = _CLOCK_SHIFT.fullmatch(typed)
    if shift:
        unit = "hours" if shift[3] == "h" else "minutes"
        try:
            return to_instant(
                now + dt.timedelta(**{unit: int(shift[1] + shift[2])}), tz
            )
        except OverflowError:
            raise ValueError("out_of_range") from None
    rest, clock = take_time(typed)
    today = now.astimezone(tz).date()
    day = parse_date(rest, calendar, today, order) if rest else today
    if clock is None:
        return to_instant(day, tz)
    return to_instant(dt.datetime.combine(day, clock.time, tzinfo=clock.zone), tz)


def _numbers(written: tuple[str, str, str], calendar: Calendar, order: str) -> dt.date:
    first, middle, last = written
    if len(first) >= _LONG_YEAR and len(last) >= _LONG_YEAR:
        raise ValueError("not_a_date")
    if len(first) >= _LONG_YEAR:
        return numeric(first, middle, last, calendar)
    if order == "mdy":
        return numeric(last, first, middle, calendar)
    if order == "dmy" or len(last) >= _LONG_YEAR:
        return numeric(last, middle, first, calendar)
    return numeric(first, middle, last, calendar)


def _shifted(today: dt.date, calendar: Calendar, amount: int, unit: str) -> dt.date:
    try:
        if unit in _MONTHS:
            return calendar.add_months(today, amount * _MONTHS[unit])
        days = amount * 7 if unit == "w" else amount
        return today + dt.timedelta(days=days)
    except (OverflowError, ValueError):
        raise ValueError("out_of_range") from None
