"""Date filters: presets, the cross product, instants, chip text."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.calendars import GREGORIAN, HIJRI, JALALI, Calendar
from sarnakh.lib.calendars import periods as p

TEHRAN = ZoneInfo("Asia/Tehran")
TODAY = dt.date(2025, 7, 3)  # Thursday 12 Tir 1404
SATURDAY = 5


def period(first: str, last: str) -> p.Period:
    return p.Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2025-07-03", "2025-07-03"),
        ("yesterday", "2025-07-02", "2025-07-02"),
        ("this_week", "2025-06-28", "2025-07-04"),
        ("last_week", "2025-06-21", "2025-06-27"),
        ("last_7_days", "2025-06-27", "2025-07-03"),
        ("last_30_days", "2025-06-04", "2025-07-03"),
        ("next_7_days", "2025-07-03", "2025-07-09"),
        ("next_30_days", "2025-07-03", "2025-08-01"),
        ("this_month", "2025-06-22", "2025-07-22"),
        ("last_month", "2025-05-22", "2025-06-21"),
        ("month_before_last", "2025-04-21", "2025-05-21"),
        ("quarter_1", "2025-03-21", "2025-06-21"),
        ("quarter_3", "2025-09-23", "2025-12-21"),
        ("this_year", "2025-03-21", "2026-03-20"),
        ("last_year", "2024-03-20", "2025-03-20"),
        ("year_before_last", "2023-03-21", "2024-03-19"),
    ],
)
def test_presets_in_tir_1404(name: str, first: str, last: str) -> None:
    assert p.preset(name, TODAY, JALALI, SATURDAY) == period(first, last)


def test_a_quarter_of_another_year() -> None:
    found = p.preset("quarter_3", TODAY, JALALI, SATURDAY, of_year=1403)
    assert found == period("2024-09-22", "2024-12-20")


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown_preset"):
        p.preset("someday", TODAY, JALALI)


def test_months_and_quarters_are_crossed_with_years() -> None:
    found = p.cross([4], ["quarter_3"], ["this_year", 1403], TODAY, JALALI)
    assert found == [
        period("2024-06-21", "2024-07-21"),
        period("2024-09-22", "2024-12-20"),
        period("2025-06-22", "2025-07-22"),
        period("2025-09-23", "2025-12-21"),
    ]


def test_years_alone_are_whole_years() -> None:
    assert p.cross([], [], ["this_year"], TODAY, JALALI) == [
        period("2025-03-21", "2026-03-20")
    ]
    assert p.cross([], [], [], TODAY, JALALI) == []


def test_a_month_without_year_brings_its_own_year() -> None:
    farvardin = JALALI.date(1404, 1, 10)
    assert p.implied_year("last_month", farvardin, JALALI) == "last_year"
    assert p.implied_year("this_month", farvardin, JALALI) == "this_year"
    assert p.cross(["last_month"], [], [], farvardin, JALALI) == [
        p.month(JALALI, 1403, 12)
    ]
    assert p.cross(["this_month"], [], [], TODAY, JALALI) == [p.month(JALALI, 1404, 4)]
    # With a year ticked the month is that year's.
    assert p.cross(["last_month"], [], ["this_year"], farvardin, JALALI) == [
        p.month(JALALI, 1404, 12)
    ]


def test_hijri_quarters() -> None:
    assert p.quarter(HIJRI, 1446, 3) == p.Period(
        HIJRI.date(1446, 7, 1), HIJRI.date(1446, 10, 1) - dt.timedelta(days=1)
    )


@given(
    st.sampled_from([JALALI, GREGORIAN, HIJRI]),
    st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)),
)
def test_months_and_quarters_partition_the_year(
    calendar: Calendar, today: dt.date
) -> None:
    year = calendar.parts(today)[0]
    whole = p.year(calendar, year)
    for parts in (
        p.cross(range(1, 13), [], [year], today, calendar),
        p.cross([], [1, 2, 3, 4], [year], today, calendar),
    ):
        assert parts[0].first == whole.first
        assert parts[-1].last == whole.last
        for one, following in itertools.pairwise(parts):
            assert one.last + dt.timedelta(days=1) == following.first


def test_instants_are_local_midnights() -> None:
    start, end = p.instants(p.month(JALALI, 1404, 4), TEHRAN)
    assert start.isoformat() == "2025-06-21T20:30:00+00:00"
    assert end.isoformat() == "2025-07-22T20:30:00+00:00"


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        # 00:00 became 01:00.
        ("Asia/Tehran", "2021-03-22", "2021-03-21T20:30:00+00:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00+00:00"),
        # Twice 00:00–01:00: the first one counts.
        ("America/Havana", "2024-11-03", "2024-11-03T04:00:00+00:00"),
        # A day that never was.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00+00:00"),
    ],
)
def test_a_day_begins_with_its_first_existing_instant(
    zone: str, day: str, start: str
) -> None:
    found = p.day_start(dt.date.fromisoformat(day), ZoneInfo(zone))
    assert found.isoformat() == start


def test_a_gap_around_midnight_ends_the_day_before() -> None:
    # In Toronto 23:30 became 00:30 in 1919.
    zone = ZoneInfo("America/Toronto")
    found = p.day_start(dt.date(1919, 3, 31), zone)
    assert found.astimezone(zone).isoformat() == "1919-03-31T00:30:00-04:00"
    before = (found - dt.timedelta(seconds=1)).astimezone(zone)
    assert before.date() == dt.date(1919, 3, 30)


@given(
    st.sampled_from(["Asia/Tehran", "America/Havana", "Africa/Cairo", "Asia/Beirut"]),
    st.dates(dt.date(1970, 1, 1), dt.date(2030, 1, 1)),
)
def test_the_instant_before_a_day_belongs_to_an_earlier_one(
    name: str, day: dt.date
) -> None:
    zone = ZoneInfo(name)
    start, end = p.instants(p.Period(day, day), zone)
    assert start.astimezone(zone).date() == day
    assert (start - dt.timedelta(seconds=1)).astimezone(zone).date() < day
    assert end.astimezone(zone).date() == day + dt.timedelta(days=1)


def test_chip_text_is_chronological() -> None:
    autumn, tir = p.quarter(JALALI, 1404, 3), p.month(JALALI, 1404, 4)
    assert p.chip([autumn, tir, tir], JALALI, "fa", "fa") == "تیر ۱۴۰۴ / پاییز ۱۴۰۴"
    week = p.preset("this_week", TODAY, JALALI, SATURDAY)
    assert p.chip([week], JALALI, "fa", "fa") == "۷–۱۳ تیر ۱۴۰۴"
    day = p.Period(TODAY, TODAY)
    assert p.chip([day], JALALI, "fa", "fa") == "۱۲ تیر ۱۴۰۴"
    assert TODAY in day
