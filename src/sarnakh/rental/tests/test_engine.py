"""What renting costs: the worked numbers of the specification."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import calendars
from sarnakh.rental.pricing.engine import (
    Clock,
    PriceLine,
    cheapest,
    late_fee,
    months,
    round_up_to_hour,
)

START = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
JALALI = Clock(calendars.get("jalali"), dt.UTC)
GREGORIAN = Clock(calendars.get("gregorian"), dt.UTC)
LINES = (
    PriceLine(1, "hour", Decimal(90_000)),
    PriceLine(1, "day", Decimal(520_000)),
    PriceLine(1, "week", Decimal(2_900_000)),
)


def cost(hours: float, lines=LINES, **values) -> Decimal:
    found = cheapest(
        lines, START, START + dt.timedelta(hours=hours), clock=JALALI, **values
    )
    return found.price


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(30, 1_040_000), (6 * 24, 2_900_000), (1, 90_000), (0.2, 90_000), (5, 450_000)],
)
def test_the_cheapest_line_makes_the_price(hours, expected):
    assert cost(hours) == expected


def test_lines_are_never_mixed():
    # One week and one day would be 3,420,000.
    assert cost(8 * 24) == 8 * 520_000


def test_lines_of_the_price_list_go_before_those_for_all():
    own = PriceLine(1, "day", Decimal(600_000), pricelist_id=7)

    assert cost(24, (*LINES, own), pricelist_id=7) == 600_000
    assert cost(24, (*LINES, own), pricelist_id=8) == 520_000
    assert cheapest((), START, START, clock=JALALI) is None


def moment(calendar: str, *parts: int) -> dt.datetime:
    day = calendars.get(calendar).date(*parts)
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def test_months_are_those_of_the_companys_calendar():
    start, end = moment("jalali", 1405, 1, 15), moment("jalali", 1405, 2, 15)

    # Farvardin has 31 days; in April that is a day more than a month.
    assert months(start, end, JALALI) == 1
    assert months(start, end + dt.timedelta(hours=1), JALALI) == 2
    assert months(start, end, GREGORIAN) == 2
    assert months(moment("gregorian", 2026, 2, 10), moment("gregorian", 2026, 3, 11),
                  GREGORIAN) == 2  # fmt: skip
    assert months(moment("jalali", 1405, 6, 31), moment("jalali", 1405, 7, 30),
                  JALALI) == 1  # fmt: skip


def test_a_year_is_twelve_months():
    start = moment("jalali", 1405, 1, 1)
    line = (PriceLine(1, "year", Decimal(100)),)

    whole = cheapest(line, start, moment("jalali", 1406, 1, 1), clock=JALALI)
    more = cheapest(line, start, moment("jalali", 1406, 1, 2), clock=JALALI)

    assert (whole.price, more.price) == (100, 200)


@pytest.mark.parametrize(
    ("delay", "expected"),
    [
        (dt.timedelta(days=1, hours=5, minutes=40), 350_000),
        (dt.timedelta(hours=2), 0),
        (dt.timedelta(hours=2, minutes=1), 60_000),
        (dt.timedelta(hours=-3), 0),
    ],
)
def test_late_fees_of_one_unit(delay, expected):
    fee = late_fee(
        delay,
        per_day=Decimal(200_000),
        per_hour=Decimal(30_000),
        tolerance_hours=Decimal(2),
    )
    assert fee == expected


def test_two_units_a_day_and_five_hours_late():
    fee = late_fee(
        dt.timedelta(days=1, hours=5, minutes=40),
        per_day=Decimal(200_000),
        per_hour=Decimal(30_000),
        tolerance_hours=Decimal(2),
    )
    assert fee * 2 == 700_000


def test_the_next_full_hour():
    assert round_up_to_hour(START) == START
    assert round_up_to_hour(START + dt.timedelta(minutes=1)).hour == 10


@given(
    st.integers(1, 24 * 400),
    st.lists(
        st.builds(
            PriceLine,
            st.integers(1, 40),
            st.sampled_from(["hour", "day", "week", "month", "year"]),
            st.integers(0, 10**9).map(Decimal),
        ),
        min_size=1,
    ),
)
def test_no_line_alone_would_have_been_cheaper(hours, lines):
    chosen = cost(hours, lines)
    assert all(chosen <= cost(hours, [line]) for line in lines)


@given(st.integers(0, 24 * 900), st.integers(0, 24 * 30))
def test_longer_is_never_fewer_months(hours, more):
    end = START + dt.timedelta(hours=hours)
    assert months(START, end, JALALI) <= months(
        START, end + dt.timedelta(hours=more), JALALI
    )
