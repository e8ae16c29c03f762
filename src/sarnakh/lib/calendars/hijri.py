"""The lunar Hijri calendar by the printed Umm al-Qura tables, 1343–1500 AH."""

import datetime as dt
from functools import lru_cache

from hijridate import Gregorian as GregorianDay
from hijridate import Hijri as HijriDay

from . import names
from .calendar import Calendar

_FIRST_YEAR, _LAST_YEAR = 1343, 1500


class Hijri(Calendar):
    """Months of 29 or 30 days; before 1924 and after 2077 Gregorian is shown."""

    code = "hijri"
    first = dt.date(1924, 8, 1)
    last = dt.date(2077, 11, 16)
    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    month_names = names.HIJRI_MONTHS

    def _parts(self, day: dt.date) -> tuple[int, int, int]:
        return _to_hijri(dt.date(day.year, day.month, day.day))

    def _date(self, year: int, month: int, day: int) -> dt.date:
        return _to_gregorian(year, month, day)

    def _month_length(self, year: int, month: int) -> int:
        return HijriDay(year, month, 1).month_length()


@lru_cache(maxsize=20_000)
def _to_hijri(day: dt.date) -> tuple[int, int, int]:
    return GregorianDay(day.year, day.month, day.day).to_hijri().datetuple()


@lru_cache(maxsize=20_000)
def _to_gregorian(year: int, month: int, day: int) -> dt.date:
    found = HijriDay(year, month, day).to_gregorian()
    return dt.date(found.year, found.month, found.day)


HIJRI = Hijri()
