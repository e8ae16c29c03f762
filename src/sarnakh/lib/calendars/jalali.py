"""The Solar Hijri calendar of Iran and Afghanistan."""

import datetime as dt
from functools import lru_cache

import jdatetime

from . import names
from .calendar import Calendar

_LONG_MONTHS = 6
_SHORT_MONTHS = 11


class Jalali(Calendar):
    """Six months of 31 days, five of 30, Esfand of 29 or 30."""

    code = "jalali"
    first = jdatetime.date.min.togregorian()
    last = jdatetime.date.max.togregorian()
    years = range(jdatetime.MINYEAR, jdatetime.MAXYEAR + 1)
    month_names = names.JALALI_MONTHS
    month_variants = {"zodiac": names.ZODIAC_MONTHS}
    quarter_names = names.JALALI_QUARTERS

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        return _to_jalali(dt.date(day.year, day.month, day.day))

    def _date(self, year: int, month: int, day: int) -> dt.date:
        return _to_gregorian(year, month, day)

    def _month_length(self, year: int, month: int) -> int:
        if month <= _LONG_MONTHS:
            return 31
        if month <= _SHORT_MONTHS or _is_leap(year):
            return 30
        return 29


@lru_cache(maxsize=1_000)
def _is_leap(year: int) -> bool:
    return bool(jdatetime.date(year, 1, 1).isleap())


@lru_cache(maxsize=20_000)
def _to_jalali(day: dt.date) -> tuple[int, int, int]:
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


@lru_cache(maxsize=20_000)
def _to_gregorian(year: int, month: int, day: int) -> dt.date:
    found: dt.date = jdatetime.date(year, month, day).togregorian()
    return found


JALALI = Jalali()
