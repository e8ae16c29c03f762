"""One calendar: conversion, arithmetic, periods and their labels.

Dates are always plain ``datetime.date`` objects; a calendar only says how to read them.
"""

import datetime as dt
from typing import Literal

from sarnakh.lib.digits import Digits, localize

from . import names

Unit = Literal["day", "week", "month", "quarter", "year"]
Style = Literal["short", "long", "day_month"]

SATURDAY = 5
_DAY = dt.timedelta(days=1)
_MONTHS = 12


class Calendar:
    """A calendar with twelve months, valid from ``first`` to ``last``.

    Dates outside are read, counted and shown as Gregorian. Weekdays follow Python:
    0 = Monday … 6 = Sunday.
    """

    code: str
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    years: range = range(dt.MINYEAR, dt.MAXYEAR + 1)
    month_names: dict[str, tuple[str, ...]]
    month_variants: dict[str, tuple[str, ...]] = {}
    quarter_names: dict[str, tuple[str, ...]] = names.PLAIN_QUARTERS

    def __repr__(self) -> str:
        return f"<Calendar {self.code}>"

    # What each calendar says for itself, inside its limits.

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        raise NotImplementedError

    def _date(self, year: int, month: int, day: int) -> dt.date:
        raise NotImplementedError

    def _month_length(self, year: int, month: int) -> int:
        raise NotImplementedError

    # Conversion.

    def covers(self, day: dt.date) -> bool:
        """Whether ``day`` can be written in this calendar itself."""
        return self.first <= day <= self.last

    def shown(self, day: dt.date) -> "Calendar":
        """The calendar in which ``day`` is written: this one or the Gregorian."""
        return self if self.covers(day) else GREGORIAN

    def parts(self, day: dt.date) -> tuple[int, int, int]:
        """Year, month and day; Gregorian ones outside the limits."""
        return self.shown(day)._parts(day)

    def date(self, y: int, m: int, d: int) -> dt.date:
        """The date of year, month, day. ValueError if there is no such day."""
        if y in self.years:
            if not 1 <= m <= _MONTHS or not 1 <= d <= self._month_length(y, m):
                raise ValueError("impossible_date")
            return self._date(y, m, d)
        try:
            found = dt.date(y, m, d)
        except (ValueError, OverflowError):
            raise ValueError("impossible_date") from None
        if self.covers(found):
            raise ValueError("impossible_date")
        return found

    def month_length(self, y: int, m: int) -> int:
        """Number of days of a month. ValueError for months outside 1–12."""
        if not 1 <= m <= _MONTHS:
            raise ValueError("impossible_month")
        if y in self.years:
            return self._month_length(y, m)
        return GREGORIAN._month_length(y, m)

    def month_name(self, m: int, lang: str, variant: str = "") -> str:
        """Name of month 1–12; ``variant`` is ``zodiac`` (Jalali) or ``levant``."""
        if variant in self.month_variants:
            return self.month_variants[variant][m - 1]
        return names.in_language(self.month_names, lang)[m - 1]

    def quarter_name(self, quarter: int, lang: str) -> str:
        """Name of quarter 1–4, a season in the Jalali calendar."""
        return names.in_language(self.quarter_names, lang)[quarter - 1]

    # Arithmetic.

    def add_months(self, day: dt.date, n: int) -> dt.date:
        """``day`` moved by months of this calendar, clamped to the month's length."""
        calendar = self.shown(day)
        year, month, number = calendar._parts(day)
        index = year * _MONTHS + month - 1 + n
        year, month = index // _MONTHS, index % _MONTHS + 1
        if year not in calendar.years:
            if calendar is GREGORIAN:
                raise ValueError("out_of_range")
            return GREGORIAN.add_months(day, n)
        return calendar._date(
            year, month, min(number, calendar._month_length(year, month))
        )

    def add_years(self, day: dt.date, n: int) -> dt.date:
        """``day`` moved by years of this calendar, clamped like ``add_months``."""
        return self.add_months(day, n * _MONTHS)

    # Periods.

    def start_of(self, day: dt.date, unit: Unit, week_start: int = SATURDAY) -> dt.date:
        """First day of the day, week, month, quarter or year that holds ``day``."""
        if unit == "day":
            return day
        if unit == "week":
            return day - dt.timedelta(days=(day.weekday() - week_start) % 7)
        calendar = self.shown(day)
        year, month, _ = calendar._parts(day)
        start = calendar._date(year, _first_month(month, unit), 1)
        # After the last day of the tables a Gregorian period begins in its middle.
        return max(start, self.last + _DAY) if day > self.last else start

    def next_start(
        self, day: dt.date, unit: Unit, week_start: int = SATURDAY
    ) -> dt.date:
        """First day of the period after the one that holds ``day``."""
        if unit == "day":
            return day + _DAY
        if unit == "week":
            return self.start_of(day, unit, week_start) + dt.timedelta(days=7)
        calendar = self.shown(day)
        year, month, _ = calendar._parts(day)
        month = _first_month(month, unit) + _LENGTHS[unit]
        if month > _MONTHS:
            year, month = year + 1, 1
        if year not in calendar.years:
            return calendar.last + _DAY
        start = calendar._date(year, month, 1)
        return min(start, self.first) if day < self.first else start

    def week_of_year(self, day: dt.date, week_start: int = SATURDAY) -> tuple[int, int]:
        """Year and number of the week of ``day``.

        Week 1 is the one with the first day of the year in it. Gregorian weeks that
        start on Monday are numbered as in ISO 8601.
        """
        start = self.start_of(day, "week", week_start)
        end = start + dt.timedelta(days=6)
        if not self.covers(start):
            if self.covers(end):
                return self.parts(end)[0], 1
            return GREGORIAN.week_of_year(start, week_start)
        year = self.parts(start)[0]
        if self.covers(end) and self.parts(end)[0] != year:
            return year + 1, 1
        opening = self.start_of(self._date(year, 1, 1), "week", week_start)
        return year, (start - opening).days // 7 + 1

    # Text.

    def label(
        self,
        start: dt.date,
        unit: Unit,
        lang: str,
        digits: Digits,
        week_start: int = SATURDAY,
    ) -> str:
        """Heading of the period that begins at ``start``: ``تیر ۱۴۰۴``."""
        calendar = self.shown(start)
        year, month, day = calendar._parts(start)
        if unit == "year":
            text = str(year)
        elif unit == "quarter":
            # The number in Q1–Q4 is part of the name.
            name = calendar.quarter_name((month + 2) // 3, lang)
            return f"{name} {localize(str(year), digits)}"
        elif unit == "month":
            text = f"{calendar.month_name(month, lang)} {year}"
        elif unit == "week":
            week_year, week = self.week_of_year(start, week_start)
            template = names.WEEK_LABELS.get(lang.split("-")[0])
            text = (template or names.WEEK_LABELS["en"]).format(
                week=week, year=week_year
            )
        else:
            text = f"{day} {calendar.month_name(month, lang)} {year}"
        return localize(text, digits)

    def range_label(
        self,
        first: dt.date,
        last: dt.date,
        lang: str,
        digits: Digits,
        *,
        with_year: bool = False,
    ) -> str:
        """``۷–۱۳ تیر``, ``۲۸ تیر – ۳ مرداد``; years when they differ or are wanted."""
        start, end = self.shown(first), self.shown(last)
        year, month, day = start._parts(first)
        end_year, end_month, end_day = end._parts(last)
        one_year = start is end and year == end_year
        end_text = f"{end_day} {end.month_name(end_month, lang)}"
        if not one_year:
            text = (
                f"{day} {start.month_name(month, lang)} {year} – {end_text} {end_year}"
            )
            return localize(text, digits)
        if first == last:
            text = end_text
        elif month == end_month:
            text = f"{day}–{end_text}"
        else:
            text = f"{day} {start.month_name(month, lang)} – {end_text}"
        return localize(f"{text} {year}" if with_year else text, digits)

    def format(
        self, day: dt.date, style: Style, lang: str = "en", digits: Digits = "latin"
    ) -> str:
        """``short`` ۱۴۰۴/۰۴/۱۲, ``long`` پنجشنبه ۱۲ تیر ۱۴۰۴, ``day_month`` ۱۲ تیر."""
        calendar = self.shown(day)
        year, month, number = calendar._parts(day)
        if style == "short":
            return localize(f"{year:04d}/{month:02d}/{number:02d}", digits)
        text = f"{number} {calendar.month_name(month, lang)}"
        if style == "long":
            text = f"{names.weekday_name(day.weekday(), lang)} {text} {year}"
        return localize(text, digits)

    def month_weeks(
        self, y: int, m: int, week_start: int = SATURDAY
    ) -> list[list[dt.date]]:
        """The weeks that touch a month, seven dates each, for a date picker."""
        first = self.date(y, m, 1)
        end = self.next_start(first, "month")
        start = self.start_of(first, "week", week_start)
        days = (self.start_of(end - _DAY, "week", week_start) - start).days + 7
        return [
            [start + dt.timedelta(days=offset + number) for number in range(7)]
            for offset in range(0, days, 7)
        ]


_LENGTHS = {"month": 1, "quarter": 3, "year": _MONTHS}


def _first_month(month: int, unit: Unit) -> int:
    length = _LENGTHS[unit]
    return (month - 1) // length * length + 1


class Gregorian(Calendar):
    """The calendar in which dates are stored."""

    code = "gregorian"
    month_names = names.GREGORIAN_MONTHS
    month_variants = {"levant": names.LEVANT_MONTHS}

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        return day.year, day.month, day.day

    def _date(self, year: int, month: int, day: int) -> dt.date:
        return dt.date(year, month, day)

    def _month_length(self, year: int, month: int) -> int:
        first = dt.date(year, month, 1)
        if month == _MONTHS:
            return 31
        return (dt.date(year, month + 1, 1) - first).days

    def week_of_year(self, day: dt.date, week_start: int = SATURDAY) -> tuple[int, int]:
        """Year and number of the week: ISO from Monday, else from 1 January."""
        if week_start == 0:
            iso = day.isocalendar()
            return iso.year, iso.week
        return super().week_of_year(day, week_start)


GREGORIAN = Gregorian()
