"""Dates, shares and amounts, without a database."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.lib.calendars import GREGORIAN, JALALI
from sarnakh.recurring import amounts, periods
from sarnakh.recurring.periods import Rhythm

MONTHLY = Rhythm(1, "month")
QUARTERLY = Rhythm(3, "month")
YEARLY = Rhythm(1, "year")
WEEKLY = Rhythm(1, "week")
days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
rhythms = st.builds(
    Rhythm,
    st.integers(1, 24),
    st.sampled_from(["week", "month", "year"]),
    st.booleans(),
    st.integers(0, 6),
)
calendars = st.sampled_from([JALALI, GREGORIAN])
# A busy machine is no fault of the arithmetic.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_day_31_is_the_last_day_of_shorter_months_and_comes_back():
    start = dt.date(2025, 1, 31)
    found = [periods.start_of(start, MONTHLY, k, GREGORIAN) for k in range(5)]
    assert found == [
        dt.date(2025, 1, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 31),
        dt.date(2025, 4, 30), dt.date(2025, 5, 31),
    ]  # fmt: skip


def test_months_are_those_of_the_company_calendar():
    start = JALALI.date(1404, 6, 31)
    found = [periods.start_of(start, MONTHLY, k, JALALI) for k in (1, 6, 7, 12)]
    assert [JALALI.parts(day) for day in found] == [
        (1404, 7, 30), (1404, 12, 29), (1405, 1, 31), (1405, 6, 31),
    ]  # fmt: skip


def test_a_period_ends_the_day_before_the_next_one():
    found = periods.covered(JALALI.date(1404, 7, 1), MONTHLY, 0, JALALI)
    assert JALALI.parts(found.last) == (1404, 7, 30)
    assert found.share == 1


def test_an_aligned_first_period_is_a_part_by_days():
    aligned = Rhythm(1, "month", is_aligned=True)
    start = JALALI.date(1404, 7, 16)
    first = periods.covered(start, aligned, 0, JALALI)
    second = periods.covered(start, aligned, 1, JALALI)
    assert (first.first, first.next) == (start, JALALI.date(1404, 8, 1))
    assert first.share == Fraction(15, 30)
    assert (second.first, second.share) == (JALALI.date(1404, 8, 1), 1)
    assert second.next == JALALI.date(1404, 9, 1)


def test_an_aligned_quarter_begins_with_the_calendar_one():
    aligned = Rhythm(3, "month", is_aligned=True)
    first = periods.covered(JALALI.date(1404, 8, 10), aligned, 0, JALALI)
    assert first.next == JALALI.date(1404, 10, 1)
    # Mehr and Aban and Azar have ninety days; 51 of them are left.
    assert first.share == Fraction(51, 90)


def test_what_begins_on_a_border_is_whole():
    aligned = Rhythm(1, "year", is_aligned=True)
    first = periods.covered(JALALI.date(1404, 1, 1), aligned, 0, JALALI)
    assert first.share == 1
    assert first.next == JALALI.date(1405, 1, 1)


def test_weeks_count_seven_days():
    assert periods.start_of(dt.date(2025, 1, 31), WEEKLY, 3, JALALI) == dt.date(
        2025, 2, 21
    )


def test_mrr_of_a_quarter_is_a_third():
    assert amounts.monthly(7_200_000, QUARTERLY) == 2_400_000


@pytest.mark.parametrize(
    ("amount", "rhythm", "mrr"),
    [
        (1_200, MONTHLY, 1_200),
        (1_200, YEARLY, 100),
        (1_200, Rhythm(2, "year"), 50),
        # 700 × 30.4375 ÷ 7
        (700, WEEKLY, 3_044),
        (700, Rhythm(2, "week"), 1_522),
        (-7_200_000, QUARTERLY, -2_400_000),
    ],
)
def test_factors_to_one_month(amount: int, rhythm: Rhythm, mrr: int):
    assert amounts.monthly(amount, rhythm) == mrr


def test_arr_is_twelve_months():
    assert amounts.yearly(2_400_000) == 28_800_000


def test_an_upsell_in_the_middle_of_mehr_costs_half():
    share = periods.remaining(
        JALALI.date(1404, 7, 1), JALALI.date(1404, 8, 1), JALALI.date(1404, 7, 16)
    )
    assert share == Fraction(15, 30)
    assert amounts.part(Decimal(3_100_000), share) == Decimal(1_550_000)


def test_churn_rate_is_what_was_lost_of_the_beginning():
    assert amounts.churn_rate(-300, 1_000) == Decimal("30.00")
    assert amounts.churn_rate(-1, 3) == Decimal("33.33")
    assert amounts.churn_rate(-1, 0) == 0


@patient
@given(days, rhythms, calendars, st.integers(0, 24))
def test_periods_follow_each_other_without_gap(start, rhythm, calendar, number):
    one = periods.covered(start, rhythm, number, calendar)
    following = periods.covered(start, rhythm, number + 1, calendar)
    assert one.first <= one.last
    assert one.next == following.first
    assert 0 < one.share <= 1
    assert number == 0 or one.share == 1


@patient
@given(days, rhythms, calendars, st.integers(0, 6), st.integers(0, 900))
def test_going_on_never_begins_before_the_day(start, rhythm, calendar, number, later):
    day = start + dt.timedelta(days=later)
    found = periods.first_from(start, rhythm, number, day, calendar)
    assert found >= number
    assert periods.start_of(start, rhythm, found, calendar) >= day
    if found > number:
        assert periods.start_of(start, rhythm, found - 1, calendar) < day


@patient
@given(st.integers(0, 10**12), st.integers(1, 12))
def test_parts_of_a_price_make_up_the_price(price: int, parts: int):
    found = amounts.part(Decimal(price), Fraction(1, parts)) * parts
    assert abs(found - price) <= Decimal("0.0001") * parts


@patient
@given(st.integers(-(10**12), 10**12), rhythms)
def test_mrr_keeps_the_sign(amount: int, rhythm: Rhythm):
    assert amounts.monthly(-amount, rhythm) == -amounts.monthly(amount, rhythm)
