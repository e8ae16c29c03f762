"""Numbers and amounts, in and out."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.money import (
    CURRENCIES,
    decimal_text,
    format_money,
    parse_money,
    read_money,
    to_major,
    to_minor,
)
from sarnakh.lib.numbers import (
    NumberError,
    compact_number,
    format_number,
    format_percent,
    parse_decimal,
    parse_number,
)
from sarnakh.lib.profile import Profile

FA = Profile()
AR = Profile("ar", "hijri", "latin", "Asia/Riyadh", 6)
AR_DIGITS = Profile("ar", "hijri", "ar")
EN = Profile("en", "gregorian", "latin", "UTC", 0)
TOMAN = Profile(toman=True)
profiles = st.sampled_from([FA, AR, AR_DIGITS, EN, Profile(digits="latin")])
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("۱٬۲۳۴٫۵", "1234.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1,234", "1234"),
        ("1.234", "1.234"),
        ("1,234٫5", "1234.5"),
        ("1.234٫5", "1234.5"),
        ("1 200 000", "1200000"),
        ("1\u00a0200\u202f000", "1200000"),
        ("۱،۲۰۰", "1200"),
        ("۱،۲۰۰،۰۰۰", "1200000"),
        ("۷/۲۵", "7.25"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("5-", "-5"),
        ("+5", "5"),
        ("(1,200)", "-1200"),
        ("\u2066-۵\u2069", "-5"),
        ("۲٫۵ میلیون", "2500000"),
        ("۳ هزار", "3000"),
        ("2 هزار میلیارد", "2000000000000"),
        ("2 تریلیون", "2000000000000"),
        ("3 مليار", "3000000000"),
        ("2.5K", "2500"),
        ("3 m", "3000000"),
        ("4B", "4000000000"),
        ("1.5e3", "1500"),
        ("1.2E-05", "0.000012"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("１２", "12"),
        ("0.30000000000000004", "0.30000000000000004"),
    ],
)
def test_numbers_people_write(typed: str, expected: str) -> None:
    found = parse_number(typed)
    assert found == Decimal(expected)
    assert "E" not in str(found)


def test_a_lone_separator_is_decided_by_the_column() -> None:
    assert parse_number("4,2", decimal=",", grouping=".") == Decimal("4.2")
    assert parse_number("4.200", decimal=",", grouping=".") == 4200
    with pytest.raises(NumberError) as refused:
        parse_number("4,2")
    assert refused.value.code == "grouping"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("\u200f ", "empty"),
        ("9" * 101, "too_long"),
        ("9" * 41, "too_long"),
        ("9" * 30, "too_large"),
        ("9 تریلیون میلیارد", "invalid"),
        ("1e31", "exponent"),
        ("1e-31", "exponent"),
        ("1e999999999", "exponent"),
        ("1e30", "too_large"),
        ("1234,567", "grouping"),
        ("1,23,456", "grouping"),
        ("12 34", "grouping"),
        ("10٬00", "grouping"),
        ("1 234,567", "separator"),
        ("1,234.567.8", "separator"),
        ("1.2,345,678.9", "separator"),
        ("1٫2٫3", "invalid"),
        ("7/", "invalid"),
        ("1/2/3", "invalid"),
        ("--5", "sign"),
        ("-5-", "sign"),
        ("(-5)", "sign"),
        ("-", "invalid"),
        (",", "grouping"),
        (".", "invalid"),
        ("5%", "percent"),
        ("²", "invalid"),
        ("۱۲ عدد", "invalid"),
        ("nan", "invalid"),
        ("Infinity", "invalid"),
        ("1_000", "invalid"),
        ("0x10", "invalid"),
        ("१२", "invalid"),
    ],
)
def test_what_is_no_number_is_refused_with_a_code(typed: str, code: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(typed)
    assert refused.value.code == code


def test_percent_signs_belong_to_percent_fields() -> None:
    assert parse_number("12.5%", percent=True) == Decimal("12.5")
    assert parse_number("٪۱۲", percent=True) == 12
    assert parse_number("-5 %", percent=True) == -5
    with pytest.raises(NumberError):
        parse_number("5%%", percent=True)


@given(st.text(max_size=110))
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    with contextlib.suppress(NumberError):
        assert parse_number(typed).is_finite()


decimals = st.decimals(
    min_value=-(10**18),
    max_value=10**18,
    allow_nan=False,
    allow_infinity=False,
    places=4,
)


@given(decimals, profiles)
def test_a_shown_number_can_be_typed(value: Decimal, profile: Profile) -> None:
    assert parse_number(format_number(value, profile)) == value


def test_decimals_of_programming_interfaces_are_strict() -> None:
    assert parse_decimal("-123456789012345678.0123456789") == Decimal(
        "-123456789012345678.0123456789"
    )
    for text in (
        "1e5",
        "1,0",
        "",
        "1.",
        ".5",
        "+1",
        "۱",
        "1" * 19,
        "0." + "1" * 11,
        "NaN",
    ):
        with pytest.raises(NumberError):
            parse_decimal(text)


def test_number_formats() -> None:
    assert format_number(1234567, FA) == "۱٬۲۳۴٬۵۶۷"
    assert format_number(Decimal("1234.50"), FA) == "۱٬۲۳۴٫۵"
    assert format_number(Decimal("1234.5"), AR) == "1,234.5"
    assert format_number(Decimal("1234.5"), AR_DIGITS) == "١٬٢٣٤٫٥"
    assert format_number(Decimal("-1234.5"), EN, 2) == "-1,234.50"
    assert format_number(-5, FA) == "\u2066-۵\u2069"
    assert format_number(Decimal("2.5"), EN, 0) == "3"
    assert format_number(Decimal("-2.5"), EN, 0) == "-3"
    assert format_number(Decimal("-0.2"), EN, 0) == "0"
    assert format_percent(Decimal("12.5"), FA) == "۱۲٫۵٪"
    assert format_percent(12, AR) == "12%"
    assert format_percent(12, AR_DIGITS) == "١٢٪"


@pytest.mark.parametrize(
    ("value", "fa", "en"),
    [
        (4_250_000_000, "۴٫۳ میلیارد", "4.3B"),
        (999, "۹۹۹", "999"),
        (1000, "۱ هزار", "1K"),
        (999_949, "۹۹۹٫۹ هزار", "999.9K"),
        (999_950, "۱ میلیون", "1M"),
        (Decimal("999.95"), "۱ هزار", "1K"),
        (10**12, "۱ هزار میلیارد", "1T"),
        (12 * 10**15, "۱۲٬۰۰۰ هزار میلیارد", "12,000T"),
        (0, "۰", "0"),
        (-1500, "\u2066-۱٫۵\u2069 هزار", "-1.5K"),
    ],
)
def test_compact_numbers(value: Decimal | int, fa: str, en: str) -> None:
    assert compact_number(value, FA) == fa
    assert compact_number(value, EN) == en


def test_arabic_compact_numbers_end_with_milliards() -> None:
    assert compact_number(4_250_000_000, AR) == "4.3 مليار"
    assert compact_number(10**12, AR) == "1,000 مليار"


def test_amounts_in_words_of_each_language() -> None:
    assert format_money(1_200_000, "IRR", FA) == f"۱٬۲۰۰٬۰۰۰{NBSP}ریال"
    assert format_money(1_200_000, "IRR", TOMAN) == f"۱۲۰٬۰۰۰{NBSP}تومان"
    assert format_money(12_345, "IRR", TOMAN) == f"۱٬۲۳۴٫۵{NBSP}تومان"
    assert format_money(120_050, "USD", EN) == "$1,200.50"
    assert format_money(-500, "USD", EN) == "-$5.00"
    assert format_money(-500, "USD", FA) == f"\u2066-۵٫۰۰\u2069{NBSP}دلار"
    assert format_money(1_234_567, "KWD", EN) == f"KWD{NBSP}1,234.567"
    assert format_money(120_050, "USD", FA, symbol=False) == "۱٬۲۰۰٫۵۰"
    assert format_money(42_500_000_000, "IRR", TOMAN, compact=True) == (
        f"۴٫۳ میلیارد{NBSP}تومان"
    )
    # Another currency is never shown in Toman.
    assert format_money(500, "USD", TOMAN) == f"۵٫۰۰{NBSP}دلار"


def test_minor_units_round_half_away_from_zero() -> None:
    assert to_minor(Decimal("1.005"), "USD") == 101
    assert to_minor(Decimal("-1.005"), "USD") == -101
    assert to_minor(Decimal("0.5"), "IRR") == 1
    assert to_minor(Decimal("1.2345"), "KWD") == 1235
    assert to_major(120_050, "USD") == Decimal("1200.50")
    assert decimal_text(120_050, "USD") == "1200.50"
    assert decimal_text(-5, "USD") == "-0.05"
    assert decimal_text(1200, "IRR") == "1200"
    for huge in (Decimal("1e19"), Decimal("1e999999"), Decimal("NaN")):
        with pytest.raises(NumberError):
            to_minor(huge, "USD")


minors = st.integers(-(10**18), 10**18)


@given(minors, st.sampled_from(sorted(CURRENCIES)), profiles, st.booleans())
def test_shown_amounts_can_be_typed(
    minor: int, code: str, profile: Profile, symbol: bool
) -> None:
    assert to_minor(to_major(minor, code), code) == minor
    shown = format_money(minor, code, profile, symbol=symbol)
    assert parse_money(shown, code, profile) == minor


@given(minors)
def test_toman_amounts_can_be_typed(minor: int) -> None:
    assert parse_money(format_money(minor, "IRR", TOMAN), "IRR", TOMAN) == minor
    bare = format_money(minor, "IRR", TOMAN, symbol=False)
    assert parse_money(bare, "IRR", TOMAN) == minor


@pytest.mark.parametrize(
    ("typed", "code", "profile", "minor"),
    [
        ("۱٬۲۰۰ تومان", "IRR", FA, 12_000),
        ("۱٬۲۰۰ تومن", "IRR", FA, 12_000),
        ("۲٫۵ میلیون تومان", "IRR", FA, 25_000_000),
        ("1200", "IRR", TOMAN, 12_000),
        ("1200", "IRR", FA, 1200),
        ("1200 ریال", "IRR", TOMAN, 1200),
        ("۱۲۰۰﷼", "IRR", TOMAN, 1200),
        ("1200 ريال", "IRR", AR, 1200),
        ("1200", "USD", TOMAN, 120_000),
        ("US$ 5", "USD", EN, 500),
        ("5usd", "USD", EN, 500),
        ("5M$", "USD", EN, 500_000_000),
        ("($1,200.50)", "USD", EN, -120_050),
        ("-$5", "USD", EN, -500),
        ("۵ دلار آمریکا", "USD", FA, 500),
        ("5 دينار", "KWD", AR, 5000),
        ("12 د.إ.", "AED", AR, 1200),
        ("€12", "EUR", EN, 1200),
    ],
)
def test_currency_words(typed: str, code: str, profile: Profile, minor: int) -> None:
    assert parse_money(typed, code, profile) == minor


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("$5", "IRR"),
        ("5 تومان", "USD"),
        ("5 £", "USD"),
        ("5 دلار", "EUR"),
        ("5 KWD", "BHD"),
    ],
)
def test_another_currency_is_refused(typed: str, code: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_money(typed, code, FA)
    assert refused.value.code == "other_currency"


def test_rounding_is_reported() -> None:
    assert read_money("1.005", "USD", EN).rounded
    assert not read_money("1.50", "USD", EN).rounded
    assert read_money("1,005", "USD", EN, decimal=",", grouping=".").minor == 101
