"""Periods of a date filter: presets, the cross product, instants, chip text."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sarnakh.lib.digits import Digits

from .calendar import SATURDAY, Calendar, Unit

_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)

MONTHS = ("this_month", "last_month", "month_before_last")
QUARTERS = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")
YEARS = ("this_year", "last_year", "year_before_last")
RELATIVE = (
    "today",
    "yesterday",
    "this_week",
    "last_week",
    "last_7_days",
    "last_30_days",
    "next_7_days",
    "next_30_days",
)
PRESETS = MONTHS + QUARTERS + YEARS + RELATIVE


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def month(calendar: Calendar, y: int, m: int) -> Period:
    """One whole month. ValueError if the calendar has none such."""
    return _whole(calendar, calendar.date(y, m, 1), "month")


def quarter(calendar: Calendar, y: int, number: int) -> Period:
    """Quarter 1–4 of a year."""
    if number not in (1, 2, 3, 4):
        raise ValueError("impossible_quarter")
    return _whole(calendar, calendar.date(y, number * 3 - 2, 1), "quarter")


def year(calendar: Calendar, y: int) -> Period:
    """One whole year."""
    return _whole(calendar, calendar.date(y, 1, 1), "year")


def preset(
    name: str,
    today: dt.date,
    calendar: Calendar,
    week_start: int = SATURDAY,
    *,
    of_year: int | None = None,
) -> Period:
    """The period a preset means on the day ``today``. ValueError for unknown names.

    ``quarter_n`` lies in ``of_year``, by default in the year of ``today``.
    """
    if name in MONTHS:
        day = calendar.add_months(today, -MONTHS.index(name))
        return _whole(calendar, day, "month")
    if name in QUARTERS:
        chosen = calendar.parts(today)[0] if of_year is None else of_year
        return quarter(calendar, chosen, QUARTERS.index(name) + 1)
    if name in YEARS:
        day = calendar.add_years(today, -YEARS.index(name))
        return _whole(calendar, day, "year")
    if name in ("this_week", "last_week"):
        day = today if name == "this_week" else today - 7 * _DAY
        return _whole(calendar, day, "week", week_start)
    days = {
        "today": (0, 0),
        "yesterday": (-1, -1),
        "last_7_days": (-6, 0),
        "last_30_days": (-29, 0),
        "next_7_days": (0, 6),
        "next_30_days": (0, 29),
    }
    if name not in days:
        raise ValueError("unknown_preset")
    before, after = days[name]
    return Period(today + before * _DAY, today + after * _DAY)


def implied_year(name: str, today: dt.date, calendar: Calendar) -> str:
    """The year preset that is ticked along with a month or quarter preset."""
    current = calendar.parts(today)[0]
    found = calendar.parts(preset(name, today, calendar).first)[0]
    # A month or quarter preset never reaches back further than last year.
    return YEARS[0] if found == current else YEARS[1]


def cross(
    months: Sequence[str | int],
    quarters: Sequence[str | int],
    years: Sequence[str | int],
    today: dt.date,
    calendar: Calendar,
) -> list[Period]:
    """The periods of a date filter, chronological and without repetition.

    Members are preset names or plain numbers (month 1–12, quarter 1–4, year). Months
    and quarters are taken of every year; years alone are whole years. Without a year
    the first month or quarter brings the year it lies in.
    """
    current = calendar.parts(today)[0]
    wanted_years = [_year_number(item, current) for item in years]
    parts = [("month", item) for item in months]
    parts += [("quarter", item) for item in quarters]
    if not parts:
        return sorted({year(calendar, number) for number in wanted_years})
    if not wanted_years:
        first = parts[0][1]
        implied = (
            "this_year"
            if isinstance(first, int)
            else implied_year(first, today, calendar)
        )
        wanted_years = [_year_number(implied, current)]
    found: set[Period] = set()
    for kind, item in parts:
        for number in wanted_years:
            if kind == "month":
                found.add(month(calendar, number, _month_number(item, today, calendar)))
            else:
                found.add(quarter(calendar, number, _quarter_number(item)))
    return sorted(found)


def instants(period: Period, tz: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Start and exclusive end of a period as UTC instants: local midnights of ``tz``.

    A midnight that a clock change leaves out is replaced by the first instant of its
    day.
    """
    return day_start(period.first, tz), day_start(period.last + _DAY, tz)


def day_start(day: dt.date, tz: dt.tzinfo) -> dt.datetime:
    """The first instant of a local day, in UTC."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=tz)
    found = midnight.astimezone(dt.UTC)
    if found.astimezone(tz).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return found
    # The midnight lies in a gap: the change happened after the instant it would have
    # been with the new offset and no later than with the old one.
    early, late = midnight.replace(fold=1).astimezone(dt.UTC), found
    while late - early > _SECOND:
        middle = early + dt.timedelta(seconds=(late - early) // _SECOND // 2)
        if middle.astimezone(tz).date() >= day:
            late = middle
        else:
            early = middle
    return late


def chip(
    periods: Iterable[Period],
    calendar: Calendar,
    lang: str,
    digits: Digits,
) -> str:
    """``تیر ۱۴۰۴ / پاییز ۱۴۰۴``: the periods of one filter, chronological."""
    return " / ".join(
        describe(period, calendar, lang, digits) for period in sorted(set(periods))
    )


def describe(period: Period, calendar: Calendar, lang: str, digits: Digits) -> str:
    """One period by its name if it is a whole day, month, quarter or year."""
    units: tuple[Unit, ...] = ("year", "quarter", "month", "day")
    for unit in units:
        if _whole(calendar, period.first, unit) == period:
            return calendar.label(period.first, unit, lang, digits)
    return calendar.range_label(period.first, period.last, lang, digits, with_year=True)


def _whole(
    calendar: Calendar, day: dt.date, unit: Unit, week_start: int = SATURDAY
) -> Period:
    return Period(
        calendar.start_of(day, unit, week_start),
        calendar.next_start(day, unit, week_start) - _DAY,
    )


def _year_number(item: str | int, current: int) -> int:
    if isinstance(item, int):
        return item
    if item not in YEARS:
        raise ValueError("unknown_preset")
    return current - YEARS.index(item)


def _month_number(item: str | int, today: dt.date, calendar: Calendar) -> int:
    if isinstance(item, int):
        return item
    if item not in MONTHS:
        raise ValueError("unknown_preset")
    return calendar.parts(preset(item, today, calendar).first)[1]


def _quarter_number(item: str | int) -> int:
    if isinstance(item, int):
        return item
    if item not in QUARTERS:
        raise ValueError("unknown_preset")
    return QUARTERS.index(item) + 1
