"""Days, months of a calendar, and the instants of a day."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sarnakh.activities.due import day_of, due_date
from sarnakh.lib.calendars import GREGORIAN, JALALI

ZONES = ["Asia/Tehran", "UTC", "America/Sao_Paulo", "Pacific/Apia", "Asia/Beirut"]


def test_delays_count_days_weeks_and_months() -> None:
    base = dt.date(2025, 1, 31)
    assert due_date(base, 2, "days", JALALI) == dt.date(2025, 2, 2)
    assert due_date(base, 2, "weeks", JALALI) == dt.date(2025, 2, 14)
    assert due_date(base, 1, "months", GREGORIAN) == dt.date(2025, 2, 28)


def test_months_are_those_of_the_calendar_and_are_clamped() -> None:
    last_of_shahrivar = JALALI.date(1404, 6, 31)
    assert due_date(last_of_shahrivar, 1, "months", JALALI) == JALALI.date(1404, 7, 30)


def test_the_day_begins_at_local_midnight() -> None:
    begins, ends = day_of(dt.date(2025, 7, 3), ZoneInfo("Asia/Tehran"))
    assert begins == dt.datetime(2025, 7, 2, 20, 30, tzinfo=dt.UTC)
    assert ends == dt.datetime(2025, 7, 3, 20, 30, tzinfo=dt.UTC)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    st.sampled_from([ZoneInfo(name) for name in ZONES]),
)
def test_days_follow_each_other_without_gap(day: dt.date, zone: ZoneInfo) -> None:
    begins, ends = day_of(day, zone)
    assert ends == day_of(day + dt.timedelta(days=1), zone)[0]
    assert dt.timedelta(0) <= ends - begins <= dt.timedelta(hours=25)
