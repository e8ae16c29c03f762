"""Conversion, arithmetic, weeks and labels of the three calendars."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import calendars
from sarnakh.lib.calendars import GREGORIAN, HIJRI, JALALI, Calendar, Unit

EVERY = [JALALI, HIJRI, GREGORIAN]
UNITS: list[Unit] = ["day", "week", "month", "quarter", "year"]
dates = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))
# Around the ends of the Hijri tables mistakes would show first.
edges = st.one_of(
    st.dates(dt.date(1924, 1, 1), dt.date(1925, 12, 31)),
    st.dates(dt.date(2077, 1, 1), dt.date(2079, 1, 31)),
)
days = st.one_of(dates, edges)
any_calendar = st.sampled_from(EVERY)
weekdays = st.integers(0, 6)


@pytest.mark.parametrize(
    ("calendar", "parts", "day"),
    [
        (JALALI, (1404, 1, 1), dt.date(2025, 3, 21)),
        (JALALI, (1398, 12, 29), dt.date(2020, 3, 19)),
        (JALALI, (1399, 1, 1), dt.date(2020, 3, 20)),
        (JALALI, (1404, 4, 7), dt.date(2025, 6, 28)),
        (HIJRI, (1446, 9, 1), dt.date(2025, 3, 1)),
        (HIJRI, (1343, 1, 1), dt.date(1924, 8, 1)),
        (HIJRI, (1500, 12, 30), dt.date(2077, 11, 16)),
        (HIJRI, (2077, 11, 17), dt.date(2077, 11, 17)),
        (HIJRI, (1924, 7, 31), dt.date(1924, 7, 31)),
    ],
)
def test_known_days(
    calendar: Calendar, parts: tuple[int, int, int], day: dt.date
) -> None:
    assert calendar.parts(day) == parts
    assert calendar.date(*parts) == day


def test_leap_years_follow_the_33_year_cycle() -> None:
    cycle = {1, 5, 9, 13, 17, 22, 26, 30}
    for year in range(1300, 1501):
        leap = year % 33 in cycle
        assert JALALI.month_length(year, 12) == (30 if leap else 29)
        start, following = JALALI.date(year, 1, 1), JALALI.date(year + 1, 1, 1)
        assert (following - start).days == (366 if leap else 365)
        assert (start.month, start.day) in {(3, 20), (3, 21), (3, 22)}


@pytest.mark.parametrize(
    ("calendar", "parts"),
    [
        (JALALI, (1404, 12, 30)),
        (JALALI, (1404, 7, 31)),
        (JALALI, (1404, 13, 1)),
        (JALALI, (1404, 1, 0)),
        (HIJRI, (1446, 1, 30)),
        (HIJRI, (2025, 1, 1)),
        (GREGORIAN, (2025, 2, 29)),
        (GREGORIAN, (0, 1, 1)),
    ],
)
def test_impossible_days_are_refused(
    calendar: Calendar, parts: tuple[int, int, int]
) -> None:
    with pytest.raises(ValueError, match="impossible"):
        calendar.date(*parts)


@given(any_calendar, days)
def test_parts_and_date_are_inverse(calendar: Calendar, day: dt.date) -> None:
    year, month, number = calendar.parts(day)
    assert calendar.date(year, month, number) == day
    assert 1 <= number <= calendar.month_length(year, month)


@given(any_calendar, days, st.sampled_from(UNITS), weekdays)
def test_periods_follow_each_other_without_gap(
    calendar: Calendar, day: dt.date, unit: Unit, week_start: int
) -> None:
    start = calendar.start_of(day, unit, week_start)
    following = calendar.next_start(day, unit, week_start)
    assert start <= day < following
    assert calendar.start_of(start, unit, week_start) == start
    assert calendar.start_of(following, unit, week_start) == following
    assert calendar.next_start(start, unit, week_start) == following
    before = start - dt.timedelta(days=1)
    assert calendar.next_start(before, unit, week_start) == start


def test_month_arithmetic_clamps_to_the_month() -> None:
    add = JALALI.add_months
    assert add(JALALI.date(1404, 3, 31), 4) == JALALI.date(1404, 7, 30)
    assert add(JALALI.date(1404, 1, 31), -1) == JALALI.date(1403, 12, 30)
    assert JALALI.add_years(JALALI.date(1403, 12, 30), 1) == JALALI.date(1404, 12, 29)
    assert GREGORIAN.add_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert GREGORIAN.add_years(dt.date(2024, 2, 29), -1) == dt.date(2023, 2, 28)
    assert HIJRI.add_months(dt.date(2077, 11, 1), 3) == dt.date(2078, 2, 1)


@given(
    st.sampled_from([JALALI, GREGORIAN]),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.integers(-600, 600),
)
def test_adding_months_moves_the_month_number_exactly(
    calendar: Calendar, day: dt.date, n: int
) -> None:
    year, month, number = calendar.parts(day)
    moved_year, moved_month, moved = calendar.parts(calendar.add_months(day, n))
    assert moved_year * 12 + moved_month == year * 12 + month + n
    assert moved == min(number, calendar.month_length(moved_year, moved_month))


def test_the_week_of_the_example() -> None:
    day = dt.date(2025, 6, 28)
    assert JALALI.week_of_year(day, 5) == (1404, 16)
    assert JALALI.label(day, "week", "fa", "fa", 5) == "هفتهٔ ۱۶ – ۱۴۰۴"


def test_the_last_days_of_esfand_may_be_in_week_one() -> None:
    # 1 Farvardin 1404 is a Friday: its week began on 25 Esfand.
    assert JALALI.week_of_year(JALALI.date(1403, 12, 30), 5) == (1404, 1)
    assert JALALI.week_of_year(JALALI.date(1403, 12, 25), 5) == (1404, 1)
    assert JALALI.week_of_year(JALALI.date(1403, 12, 24), 5) == (1403, 52)


def test_gregorian_weeks_are_iso_weeks_from_monday_only() -> None:
    assert GREGORIAN.week_of_year(dt.date(2021, 1, 1), 0) == (2020, 53)
    assert GREGORIAN.week_of_year(dt.date(2021, 1, 1), 6) == (2021, 1)


@given(any_calendar, days, weekdays)
def test_each_week_has_one_number_and_the_next_week_another(
    calendar: Calendar, day: dt.date, week_start: int
) -> None:
    start = calendar.start_of(day, "week", week_start)
    numbers = {
        calendar.week_of_year(start + dt.timedelta(days=n), week_start)
        for n in range(7)
    }
    assert len(numbers) == 1
    following = start + dt.timedelta(days=7)
    year, week = numbers.pop()
    # At the ends of the Hijri tables the count goes over to Gregorian weeks.
    if calendar.covers(start) == calendar.covers(following + dt.timedelta(days=6)):
        found = calendar.week_of_year(following, week_start)
        assert found in {(year, week + 1), (year + 1, 1)}


@pytest.mark.parametrize("calendar", EVERY)
@pytest.mark.parametrize("week_start", range(7))
def test_week_numbers_never_repeat(calendar: Calendar, week_start: int) -> None:
    start = calendar.start_of(dt.date(1920, 1, 1), "week", week_start)
    weeks = [
        calendar.week_of_year(start + dt.timedelta(days=7 * n), week_start)
        for n in range(52 * 165)
    ]
    assert len(set(weeks)) == len(weeks)


def test_labels_of_periods() -> None:
    day = JALALI.date(1404, 4, 1)
    label = JALALI.label
    assert label(JALALI.date(1404, 1, 1), "year", "fa", "fa") == "۱۴۰۴"
    assert label(JALALI.date(1404, 1, 1), "quarter", "fa", "fa") == "بهار ۱۴۰۴"
    assert label(day, "month", "fa", "fa") == "تیر ۱۴۰۴"
    assert label(JALALI.date(1404, 4, 12), "day", "fa", "fa") == "۱۲ تیر ۱۴۰۴"
    assert label(day, "month", "ar", "ar") == "تير ١٤٠٤"
    assert GREGORIAN.label(dt.date(2025, 4, 1), "quarter", "en", "latin") == "Q2 2025"
    assert HIJRI.label(dt.date(2025, 3, 1), "month", "ar", "latin") == "رمضان 1446"
    assert HIJRI.label(dt.date(2080, 3, 1), "month", "en", "latin") == "March 2080"


def test_labels_of_ranges() -> None:
    def label(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
        return JALALI.range_label(JALALI.date(*first), JALALI.date(*last), "fa", "fa")

    assert label((1404, 4, 7), (1404, 4, 13)) == "۷–۱۳ تیر"
    assert label((1404, 4, 28), (1404, 5, 3)) == "۲۸ تیر – ۳ مرداد"
    assert label((1404, 4, 7), (1404, 4, 7)) == "۷ تیر"
    assert label((1403, 12, 28), (1404, 1, 3)) == "۲۸ اسفند ۱۴۰۳ – ۳ فروردین ۱۴۰۴"


def test_formats() -> None:
    day = JALALI.date(1404, 4, 12)
    assert JALALI.format(day, "short", "fa", "fa") == "۱۴۰۴/۰۴/۱۲"
    assert JALALI.format(day, "long", "fa", "fa") == "پنجشنبه ۱۲ تیر ۱۴۰۴"
    assert JALALI.format(day, "day_month", "fa", "fa") == "۱۲ تیر"
    assert GREGORIAN.format(day, "long", "en", "latin") == "Thursday 3 July 2025"
    assert JALALI.month_name(1, "fa", "zodiac") == "حمل"
    assert GREGORIAN.month_name(3, "ar", "levant") == "آذار"
    assert calendars.weekday_name(5, "fa") == "شنبه"
    assert calendars.weekday_name(5, "fa", narrow=True) == "ش"


def test_the_weeks_of_a_month_for_a_picker() -> None:
    weeks = JALALI.month_weeks(1404, 4, 5)
    assert [len(week) for week in weeks] == [7] * 5
    assert weeks[0][0] == JALALI.date(1404, 3, 31)
    assert weeks[-1][-1] == JALALI.date(1404, 5, 3)


def test_calendars_by_code() -> None:
    assert calendars.get("jalali") is JALALI
    with pytest.raises(KeyError):
        calendars.get("julian")
