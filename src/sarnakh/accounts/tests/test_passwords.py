"""Which passwords are refused, and how they are compared."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.accounts.passwords import LONGEST_TYPED, is_easy, prepared
from sarnakh.accounts.tests.factories import make_company, make_user


@pytest.mark.parametrize(
    "password",
    [
        "سلام سلام سلام",
        "salam1234567890",
        "sghlsghlsghl",
        "علیرضا۱۳۷۵۱۳۷۵",
        "doosetdaram1400",
        "كلمة المرور 123",
        "P@ssw0rd123456",
        "aaaaaaaaaaaaaaaa",
        "1q2w3e4r5t6y7u",
        "qwertyuiop1403",
        "Sarnakh-2026-2026",
        "سرنخ سرنخ ۱۴۰۴",
        "!@#$%^&*()_+!!",
        "habibi7abibi1990",
    ],
)
def test_passwords_of_common_words_years_and_keys_are_easy(password: str) -> None:
    assert is_easy(password)


@pytest.mark.parametrize(
    "password",
    [
        "Rainy quill 47 tram",
        "کبوتر چتر فانوس هویج",
        "k7#Vqz!t9Lm2",
        "نیم‌شب سه قطار آبی",
        "salam زرافه کوکب تشتک",
    ],
)
def test_unrelated_words_are_not_easy(password: str) -> None:
    assert not is_easy(password)


def test_a_password_of_name_and_company_is_easy() -> None:
    personal = ["Omid Ghaffari", "omid.ghaffari example.ir", "Arvand Trading"]
    assert is_easy("omid-ghaffari-1403", personal)
    assert is_easy("ArvandTrading!99", personal)
    assert not is_easy("ArvandTrading!99")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Kq7!vz#Tm2p", "password_too_short"),
        ("Kq7!vz#Tm2pX " * 20, "password_too_long"),
        ("Behrouz Jamali", "password_too_common"),
    ],
)
def test_too_short_too_long_and_named_after_oneself_are_refused(
    password: str, code: str
) -> None:
    user = make_user(company=make_company(), name="Behrouz Jamali")
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)  # type: ignore[arg-type]
    assert code in [error.code for error in refused.value.error_list]


@pytest.mark.django_db
def test_a_password_counts_however_its_letters_were_composed() -> None:
    user = make_user(password="café ﷺ tram 47 quill")
    assert user.check_password("cafe\u0301 ﷺ tram 47 quill")
    assert user.check_password("  café ﷺ tram 47 quill ")
    assert not user.check_password("cafe ﷺ tram 47 quill")


@given(st.text(min_size=LONGEST_TYPED + 1, max_size=LONGEST_TYPED + 50))
def test_a_huge_password_has_a_short_form_that_stays(typed: str) -> None:
    assert prepared(prepared(typed)) == prepared(typed)
    assert len(prepared(typed)) == 64
