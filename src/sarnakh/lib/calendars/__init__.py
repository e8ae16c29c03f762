"""Calendars in which people read the stored (Gregorian) dates."""

from .calendar import GREGORIAN, Calendar, Style, Unit
from .hijri import HIJRI
from .jalali import JALALI
from .names import weekday_name

__all__ = [
    "Calendar",
    "GREGORIAN",
    "HIJRI",
    "JALALI",
    "Style",
    "Unit",
    "get",
    "weekday_name",
]

_BY_CODE: dict[str, Calendar] = {
    calendar.code: calendar for calendar in (JALALI, HIJRI, GREGORIAN)
}


def get(code: str) -> Calendar:
    """The calendar named ``jalali``, ``hijri`` or ``gregorian``. KeyError if none."""
    return _BY_CODE[code]
