"""When work is due. Plain Python."""

import datetime as dt

from sarnakh.lib.calendars import Calendar
from sarnakh.lib.calendars.parsing import to_instant


def due_date(base: dt.date, delay: int, unit: str, calendar: Calendar) -> dt.date:
    """The day that lies a delay of days, weeks or months after the base.

    Months are those of the calendar, cut to the length of the last one.
    """
    if unit == "months":
        return calendar.add_months(base, delay)
    return base + dt.timedelta(days=delay * (7 if unit == "weeks" else 1))


def day_of(deadline: dt.date, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """The instants (UTC) at which a deadline's day begins and ends in a time zone."""
    return (
        to_instant(deadline, zone),
        to_instant(deadline + dt.timedelta(days=1), zone),
    )
