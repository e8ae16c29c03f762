"""The bars of a card: weeks, days and months of the company's calendar."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.dashboard.spans import UNITS, label, spans
from sarnakh.lib import calendars
from sarnakh.lib.calendars.calendar import SATURDAY
from sarnakh.lib.profile import Profile

JALALI = calendars.get("jalali")
MONDAY = 0
PERSIAN = Profile(language="fa", calendar="jalali", digits="fa")


def test_weeks_begin_with_the_first_whole_week_after_this_day_of_last_month() -> None:
    # 7 Mordad 1405 is a Wednesday; a month before it is 7 Tir, a Sunday.
    found = spans("week", dt.date(2026, 7, 29), JALALI, SATURDAY)

    assert [span.start for span in found] == [
        dt.date(2026, 7, 4),
        dt.date(2026, 7, 11),
        dt.date(2026, 7, 18),
        dt.date(2026, 7, 25),
    ]
    assert [span.is_running for span in found] == [False, False, False, True]


def test_a_week_is_named_by_its_first_and_last_day() -> None:
    found = spans("week", dt.date(2026, 7, 29), JALALI, SATURDAY)

    assert [label(span, "week", PERSIAN, JALALI) for span in found] == [
        "۱۳–۱۹ تیر",
        "۲۰–۲۶ تیر",
        "۲۷ تیر – ۲ مرداد",
        "۳–۹ مرداد",
    ]


def test_months_are_the_last_twelve_of_the_calendar() -> None:
    found = spans("month", dt.date(2026, 7, 29), JALALI, SATURDAY)

    assert len(found) == 12
    assert label(found[0], "month", PERSIAN, JALALI) == "شهریور ۱۴۰۴"
    assert label(found[-1], "month", PERSIAN, JALALI) == "مرداد ۱۴۰۵"


@pytest.mark.parametrize("unit", UNITS)
@given(
    today=st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
    code=st.sampled_from(("jalali", "gregorian", "hijri")),
    week_start=st.sampled_from((SATURDAY, 6, MONDAY)),
)
def test_bars_follow_each_other_without_a_gap_and_the_last_holds_today(
    unit: str, today: dt.date, code: str, week_start: int
) -> None:
    found = spans(unit, today, calendars.get(code), week_start)  # type: ignore[arg-type]

    for one, following in pairwise(found):
        assert one.end == following.start
        assert not one.is_running
    assert found[-1].start <= today < found[-1].end
    assert found[-1].is_running
