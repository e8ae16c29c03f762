"""Check digits of national codes, legal ids, accounts and the like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import identifiers as ids


@pytest.mark.parametrize(
    "code", ["0499370899", "0790419904", "۰۰۸۴۵۷۵۹۴۸", "008-457594-8", "3240175800"]
)
def test_national_codes(code):
    assert ids.is_national_code(code)


@pytest.mark.parametrize(
    "code", ["0499370898", "1111111111", "049937089", "04993708999", "", "049937089x"]
)
def test_what_is_no_national_code(code):
    assert not ids.is_national_code(code)


@pytest.mark.parametrize("code", ["14007650912", "10100302746", "۱۰۳۸۰۲۸۴۷۹۰"])
def test_legal_ids(code):
    assert ids.is_legal_id(code)


@pytest.mark.parametrize("code", ["14007650911", "1400765091", "11111111111", ""])
def test_what_is_no_legal_id(code):
    assert not ids.is_legal_id(code)


def test_economic_numbers():
    assert ids.is_economic_number("411111111111")
    assert ids.is_economic_number("۱۴۰۰۷۶۵۰۹۱۲")
    assert ids.is_economic_number("04993708990001")
    assert not ids.is_economic_number("14007650911")
    assert not ids.is_economic_number("123")


def test_postal_codes():
    assert ids.is_postal_code("۱۹۳۹۵-۳۱۱۳۶")
    assert not ids.is_postal_code("0939531136")
    assert not ids.is_postal_code("193953113")
    assert not ids.is_postal_code("1111111111")


def test_account_numbers():
    assert ids.is_iban("GB82 WEST 1234 5698 7654 32")
    assert ids.is_iban("SA03 8000 0000 6080 1016 7519")
    assert not ids.is_iban("GB82 WEST 1234 5698 7654 33")
    assert ids.is_iranian_iban("IR۰۶ ۲۹۶۰ ۰۰۰۰ ۰۰۱۰ ۰۳۲۴ ۲۰۰۰ ۰۱")
    assert ids.is_iranian_iban("062960000000100324200001")
    assert not ids.is_iranian_iban("IR062960000000100324200002")
    assert not ids.is_iranian_iban("GB82WEST12345698765432")


def test_sayad_ids():
    assert ids.is_sayad_id("۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۶")
    assert not ids.is_sayad_id("123456789012345")


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_one_check_digit_fits_each_national_code(start):
    fitting = [n for n in range(10) if ids.is_national_code(f"{start}{n}")]

    assert len(fitting) <= 1
    if len(set(start)) > 1:
        assert len(fitting) == 1


@given(st.text(max_size=40))
def test_nothing_typed_breaks_a_check(typed):
    for name in ids.__all__:
        if name != "bare":
            assert getattr(ids, name)(typed) in (True, False)
