"""The stretches of time that a card's chart shows. Plain Python."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sarnakh.lib.calendars import Calendar
from sarnakh.lib.profile import Profile

Unit = Literal["week", "day", "month"]
UNITS: tuple[Unit, ...] = ("week", "day", "month")
DAYS = 30
MONTHS = 12


@dataclass(frozen=True)
class Span:
    """From the first day to before the end; the last one of a chart is still running."""

    start: dt.date
    end: dt.date
    is_running: bool = False


def spans(
    unit: Unit, today: dt.date, calendar: Calendar, week_start: int
) -> list[Span]:
    """The bars up to today, oldest first and without a gap.

    Weeks begin with the first whole week after this day of last month (specification:
    crm, 5.4); days are the last thirty, months the last twelve.
    """
    if unit == "day":
        starts = [today - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    elif unit == "month":
        this = calendar.start_of(today, "month")
        starts = [
            calendar.add_months(this, -back) for back in range(MONTHS - 1, -1, -1)
        ]
    else:
        first = calendar.next_start(calendar.add_months(today, -1), "week", week_start)
        weeks = (today - first).days // 7 + 1
        starts = [first + dt.timedelta(days=7 * number) for number in range(weeks)]
    ends = [calendar.next_start(start, unit, week_start) for start in starts]
    return [
        Span(start, end, is_running=end > today)
        for start, end in zip(starts, ends, strict=True)
    ]


def label(span: Span, unit: Unit, reader: Profile, calendar: Calendar) -> str:
    """«۱۲–۱۸ تیر», "26 Tir – 1 Mordad", «تیر ۱۴۰۵»: in the reader's words."""
    if unit == "month":
        return calendar.label(span.start, "month", reader.language, reader.digits)
    last = span.end - dt.timedelta(days=1)
    return calendar.range_label(span.start, last, reader.language, reader.digits)
