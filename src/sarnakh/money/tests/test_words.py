"""Amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.currencies import CURRENCIES
from sarnakh.money.words import amount_in_words, number_in_words


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (0, "IRR", "صفر ریال"),
        (1_308_000, "IRR", "یک میلیون و سیصد و هشت هزار ریال"),
        (1_115, "IRR", "یک هزار و یکصد و پانزده ریال"),
        (4_250_000_000, "IRR", "چهار میلیارد و دویست و پنجاه میلیون ریال"),
        (12_000_000_000_000, "IRR", "دوازده هزار میلیارد ریال"),
        (120_050, "USD", "یک هزار و دویست دلار آمریکا و پنجاه سنت"),
        (50, "USD", "پنجاه سنت"),
        (-21, "IRR", "منفی بیست و یک ریال"),
    ],
)
def test_persian(minor, currency, expected):
    assert amount_in_words(minor, currency, "fa") == expected


def test_persian_in_tomans():
    assert amount_in_words(1_200_000, "IRR", "fa", toman=True) == (
        "یکصد و بیست هزار تومان"
    )
    assert amount_in_words(73_215, "IRR", "fa", toman=True) == (
        "هفتاد و سه هزار و دویست و پانزده ریال"
    )


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (100, "SAR", "ريال سعودي واحد"),
        (200, "SAR", "ريالان سعوديان"),
        (500, "SAR", "خمسة ريالات سعودية"),
        (1_100, "SAR", "أحد عشر ريالًا سعوديًا"),
        (10_000, "SAR", "مئة ريال سعودي"),
        (20_000, "SAR", "مئتا ريال سعودي"),
        (200_000, "SAR", "ألفا ريال سعودي"),
        (125_025, "SAR", "ألف ومئتان وخمسون ريالًا سعوديًا وخمس وعشرون هللة"),
        (300_000_000, "SAR", "ثلاثة ملايين ريال سعودي"),
        (1_500_000, "AED", "خمسة عشر ألف درهم إماراتي"),
        (3, "SAR", "ثلاث هللات"),
        (20_000_000, "SAR", "مئتا ألف ريال سعودي"),
    ],
)
def test_arabic(minor, currency, expected):
    assert amount_in_words(minor, currency, "ar") == expected


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (1_308_000, "IRR", "one million three hundred eight thousand Iranian rials"),
        (100, "USD", "one US dollar"),
        (120_001, "USD", "one thousand two hundred US dollars and one cent"),
        (1_042, "KWD", "one Kuwaiti dinar and forty-two fils"),
        (-200, "EUR", "minus two euros"),
    ],
)
def test_english(minor, currency, expected):
    assert amount_in_words(minor, currency, "en") == expected


def test_too_large_numbers_are_refused():
    with pytest.raises(ValueError, match="too_large"):
        number_in_words(10**21, "fa")


@given(
    st.integers(-(10**18), 10**18),
    st.sampled_from(sorted(CURRENCIES)),
    st.sampled_from(["fa", "ar", "en"]),
)
def test_every_amount_has_words(minor, currency, language):
    text = amount_in_words(minor, currency, language)

    assert text == " ".join(text.split())
    assert "." not in text
