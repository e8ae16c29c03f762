"""When parts of an invoice are due, and cash rounding."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.calendars import GREGORIAN, JALALI
from sarnakh.money.conversion import converted
from sarnakh.money.rounding import difference, rounded_to
from sarnakh.money.shares import split
from sarnakh.money.terms.plan import (
    Early,
    TermLineRule,
    TermRule,
    due_date,
    early,
    merged,
    parts,
)

DAY = dt.date(2026, 9, 11)  # 1405/06/20


def terms(*lines, **more):
    return TermRule(lines=lines, **more)


def test_thirty_percent_now_and_the_balance_in_sixty_days():
    term = terms(
        TermLineRule(percent=Decimal(30)), TermLineRule(percent=Decimal(70), days=60)
    )

    assert parts(7_654_321, term, DAY, JALALI) == [
        (DAY, 2_296_296),
        (DAY + dt.timedelta(60), 5_358_025),
    ]


@pytest.mark.parametrize(
    ("calendar", "delay", "expected"),
    [
        (JALALI, "month-end", JALALI.date(1405, 7, 10)),
        (GREGORIAN, "month-end", dt.date(2026, 10, 10)),
        (JALALI, "next-month-end", JALALI.date(1405, 8, 10)),
        (GREGORIAN, "next-month-end", dt.date(2026, 11, 10)),
        (JALALI, "days", DAY + dt.timedelta(10)),
    ],
)
def test_months_end_by_the_companys_calendar(calendar, delay, expected):
    term = terms(TermLineRule(delay=delay, days=10))

    assert due_date(term, DAY, calendar) == expected


def test_the_end_of_month_in_jalali_is_the_second_of_october():
    term = terms(TermLineRule(delay="month-end", days=10))

    assert due_date(term, DAY, JALALI) == dt.date(2026, 10, 2)


def test_the_last_part_takes_the_balance_even_below_zero():
    term = terms(TermLineRule(kind="fixed", amount=1_000), TermLineRule(days=5))

    assert parts(700, term, DAY, JALALI)[-1] == (DAY + dt.timedelta(5), -300)
    assert parts(-5_000, term, DAY, JALALI)[0] == (DAY, -1_000)


def test_without_terms_everything_is_due_at_once():
    assert parts(500, None, DAY, JALALI) == [(DAY, 500)]
    assert due_date(None, DAY, JALALI) == DAY


def test_parts_of_one_day_are_merged():
    found = [(DAY, 1), (DAY + dt.timedelta(3), 5), (DAY, 2)]

    assert merged(found) == [(DAY, 3), (DAY + dt.timedelta(3), 5)]


def test_parts_are_rounded_to_the_step_of_cash():
    term = terms(
        TermLineRule(percent=Decimal(30)), TermLineRule(percent=Decimal(70), days=60)
    )

    found = parts(7_654_000, term, DAY, JALALI, step=1_000)

    assert [amount for _, amount in found] == [2_296_000, 5_358_000]


@pytest.mark.parametrize(
    ("early_tax", "amount"),
    [("reduced", 1_078_000), ("never", 1_080_000), ("always", 1_080_000)],
)
def test_early_payment_saves_two_percent(early_tax, amount):
    term = terms(
        TermLineRule(days=30),
        early_percent=Decimal(2),
        early_days=7,
        early_tax=early_tax,
    )

    assert early(1_100_000, 1_000_000, term, DAY) == Early(
        amount, DAY + dt.timedelta(7)
    )


def test_terms_of_several_parts_have_no_early_discount():
    term = terms(
        TermLineRule(percent=Decimal(50)),
        TermLineRule(percent=Decimal(50), days=9),
        early_percent=Decimal(2),
        early_days=7,
    )

    assert early(100, 100, term, DAY) is None
    assert term.tax_reduction == 0


@pytest.mark.parametrize(
    ("total", "method", "expected"),
    [
        (1_234_499, "half-up", 1_234_000),
        (1_234_500, "half-up", 1_235_000),
        (-1_234_500, "half-up", -1_235_000),
        (1_234_001, "up", 1_235_000),
        (1_234_999, "down", 1_234_000),
        (-1_234_001, "up", -1_235_000),
        (1_234_000, "up", 1_234_000),
    ],
)
def test_cash_rounding(total, method, expected):
    assert rounded_to(total, 1_000, method) == expected
    assert difference(total, 1_000, method) == expected - total


def test_a_step_of_nothing_changes_nothing():
    assert rounded_to(1_234, 0) == 1_234


def test_amounts_are_converted_between_decimals():
    assert converted(1_050, Decimal(600000), "USD", "IRR") == 6_300_000
    assert converted(6_300_000, Decimal(1) / Decimal(600000), "IRR", "USD") == 1_050
    assert converted(1_000, Decimal("0.376"), "USD", "OMR") == 3_760
    assert converted(7, Decimal(3), "IRR", "IRR") == 7


lines = st.builds(
    TermLineRule,
    kind=st.sampled_from(["percent", "fixed"]),
    percent=st.decimals(Decimal(0), Decimal(100), places=6),
    amount=st.integers(0, 10**9),
    delay=st.sampled_from(["days", "month-end", "next-month-end"]),
    days=st.integers(0, 400),
)
totals = st.integers(-(10**15), 10**15)


@given(
    totals,
    st.lists(lines, min_size=1, max_size=5),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    st.sampled_from([JALALI, GREGORIAN]),
    st.sampled_from([1, 1_000]),
)
def test_the_parts_make_up_the_total(total, of, on, calendar, step):
    term = TermRule(lines=tuple(of))
    found = parts(total, term, on, calendar, step=step)

    assert sum(amount for _, amount in found) == total
    assert sum(amount for _, amount in merged(found)) == total
    assert all(day >= on for day, _ in found)
    assert max(day for day, _ in found) == due_date(term, on, calendar)


@given(totals, st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_shares_make_up_the_amount(amount, weights):
    assert sum(split(amount, weights)) == amount


def test_shares_follow_their_weights():
    assert split(100, [1, 1, 1]) == [33, 33, 34]
    assert split(333_333, [4_400_000, 1_000_000]) == [271_605, 61_728]
    assert split(100, [0, 0]) == [100, 0]
    assert split(100, [1, 0]) == [100, 0]
    assert split(100, []) == []


@given(totals, st.integers(1, 10**6), st.sampled_from(["half-up", "up", "down"]))
def test_rounded_totals_are_multiples_close_by(total, step, method):
    found = rounded_to(total, step, method)

    assert found % step == 0
    assert abs(found - total) < step or found == total
    assert rounded_to(-total, step, method) == -found
