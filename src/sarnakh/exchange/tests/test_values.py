"""Cells read as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from sarnakh.exchange import values
from sarnakh.exchange.errors import CELL_ERRORS, CellError
from sarnakh.lib.calendars import JALALI
from sarnakh.lib.calendars.parsing import Pattern
from sarnakh.lib.profile import Profile

_JALALI = Pattern(JALALI)
_OPTIONS = {"0": ["کم", "Low"], "1": ["متوسط", "Medium"], "won": ["برده", "Won"]}


def _code(read: Callable[[], object]) -> str:
    with pytest.raises(CellError) as caught:
        read()
    assert caught.value.code in CELL_ERRORS
    assert "%(" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    "cell", [True, 1, "1", "۱", "true", "YES", "t", "بله", "بلي", "آری", "درست", "نعم"]
)
def test_yes_in_every_form(cell: str | int) -> None:
    assert values.yes_no(cell) is True


@pytest.mark.parametrize(
    "cell", [False, 0, "0", "٠", "False", "no", "F", "خیر", "نادرست", "لا"]
)
def test_no_in_every_form(cell: str | int) -> None:
    assert values.yes_no(cell) is False


def test_neither_yes_nor_no_is_an_error() -> None:
    assert _code(lambda: values.yes_no("maybe")) == "not_yes_no"
    assert _code(lambda: values.yes_no(2)) == "not_yes_no"


@pytest.mark.parametrize(
    ("cell", "option"),
    [
        ("won", "won"),
        ("WON", "won"),
        ("متوسّط", "1"),
        (0, "0"),
        ("low", "0"),
        ("۱", "1"),
    ],
)
def test_a_choice_by_value_or_any_label(cell: str | int, option: str) -> None:
    assert values.choice(cell, _OPTIONS) == option


def test_equal_letters_beat_a_loose_match() -> None:
    assert values.choice("Us", {"a": ["US"], "b": ["Us"]}) == "b"


def test_an_unknown_choice_is_an_error() -> None:
    assert _code(lambda: values.choice("lost", _OPTIONS)) == "not_a_choice"


def test_names_are_split_and_counted_once() -> None:
    assert values.names(" VIP, تهران،تهران ; vip;;نماینده  فروش ") == [
        *("VIP", "تهران", "نماینده فروش"),
    ]
    assert values.names("") == []
    assert values.names(1404) == ["1404"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("۱٬۲۳۴٫۵", "1234.5"),
        ("(1,200)", "-1200"),
        ("۷/۲۵", "7.25"),
        ("۲٫۵ میلیون", "2500000"),
        (3, "3"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
    ],
)
def test_numbers(cell: str | float, expected: str) -> None:
    assert values.number(cell) == Decimal(expected)


def test_the_options_of_the_column_do_not_touch_typed_numbers() -> None:
    assert values.number("1.234,5", decimal=",", grouping=".") == Decimal("1234.5")
    assert values.number(1234.5, decimal=",", grouping=".") == Decimal("1234.5")


def test_numbers_that_are_none() -> None:
    assert _code(lambda: values.number("abc")) == "not_a_number"
    assert _code(lambda: values.number("4,2")) == "bad_grouping"
    assert _code(lambda: values.number(True)) == "not_a_number"
    assert _code(lambda: values.number(1e300)) == "number_too_large"
    assert _code(lambda: values.number(float("nan"))) == "number_too_large"
    assert _code(lambda: values.whole_number("2.5")) == "not_a_whole_number"
    assert values.whole_number("2.0") == 2


def test_money_in_toman_becomes_rial() -> None:
    profile = Profile()
    assert values.money("۱٬۲۰۰ تومان", "IRR", profile).minor == 12_000
    assert values.money("1200", "IRR", profile).minor == 1_200
    assert values.money(1200, "IRR", Profile(toman=True)).minor == 12_000
    assert values.money("12.345 USD", "USD", profile).rounded is True
    assert _code(lambda: values.money("5 USD", "IRR", profile)) == "other_currency"
    assert _code(lambda: values.money("many", "IRR", profile)) == "not_a_number"


def test_dates_typed_and_written() -> None:
    tir = dt.date(2025, 7, 3)
    assert values.day("۱۴۰۴/۰۴/۱۲", _JALALI) == tir
    assert values.day(tir, _JALALI) == tir
    assert values.day("45841", _JALALI) == tir
    assert values.day(45841, _JALALI) == tir
    assert values.day(dt.datetime.fromisoformat("2025-07-03 10:00"), _JALALI) == tir


def test_a_date_alone_is_its_midnight() -> None:
    midnight = dt.datetime.fromisoformat("2025-07-03 00:00")
    assert values.moment(dt.date(2025, 7, 3), _JALALI) == midnight
    assert values.moment("1404/4/12", _JALALI) == midnight
    ten = midnight.replace(hour=10, minute=30)
    assert values.moment("1404/4/12 10:30", _JALALI) == ten
    assert values.moment(ten, _JALALI) == ten


def test_impossible_dates_are_not_bent() -> None:
    assert _code(lambda: values.day("1404/07/31", _JALALI)) == "impossible_date"
    assert _code(lambda: values.day("soon", _JALALI)) == "not_a_date"
    assert _code(lambda: values.day("12/04/1404", _JALALI)) == "not_a_date"


def test_an_error_shows_a_short_piece_of_the_cell() -> None:
    with pytest.raises(CellError) as caught:
        values.number("x" * 5000)
    assert len(str(caught.value.params["value"])) == 100
