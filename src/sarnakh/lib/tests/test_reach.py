"""Phones, e-mail addresses, relative times, profiles, refusals."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib import email, phone
from sarnakh.lib.errors import Refused
from sarnakh.lib.free_mail import FREE_MAIL_DOMAINS
from sarnakh.lib.profile import Profile
from sarnakh.lib.relative import due_text, moment_text, plural_form, relative_time

FA = Profile()
AR = Profile("ar", "hijri", "latin")
EN = Profile("en", "gregorian", "latin")
NOW = dt.datetime(2025, 7, 3, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "۰۹۱۲ ۳۴۵ ۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "(0912) 345-6789",
        "+98 912 345 6789",
        "00989123456789",
        "989123456789",
        "9123456789",
        "\u202a+98 912 345 6789\u202c",
    ],
)
def test_one_iranian_mobile_in_many_forms(typed: str) -> None:
    assert phone.normalize(typed, "IR") == "+989123456789"
    assert phone.normalize(typed, "ir") == "+989123456789"
    assert phone.quality(typed, "IR") == "correct"
    assert phone.international(typed, "IR") == "+98 912 345 6789"


def test_an_international_number_needs_no_country() -> None:
    assert phone.normalize("00989123456789", None) == "+989123456789"
    assert phone.normalize("00 98 912 345 6789", "US") == "+989123456789"
    assert phone.normalize("989123456789", None) == "+989123456789"
    assert phone.normalize("09123456789", None) == ""


@pytest.mark.parametrize(
    "typed", ["12345", "call me", "+98", "0" * 80, "+999123456789"]
)
def test_invalid_numbers_are_kept_as_typed(typed: str) -> None:
    assert phone.normalize(typed, "IR") == ""
    assert phone.quality(typed, "IR") == "incorrect"
    assert phone.international(typed, "IR") == typed


def test_no_phone_has_no_quality() -> None:
    assert phone.quality("  ", "IR") == ""
    assert phone.normalize("", None) == ""


@pytest.mark.parametrize(
    "fragment", ["0912", "۹۱۲۳", "+98 912", "0098912", "98912", "345-67", "6789"]
)
@pytest.mark.parametrize("typed", ["0912 345 6789", "+989123456789", "00989123456789"])
def test_any_fragment_finds_any_form(fragment: str, typed: str) -> None:
    assert phone.is_fragment(fragment)
    assert phone.digits_key(fragment) in phone.search_digits(typed, "IR")


def test_short_or_worded_texts_are_no_phone_fragments() -> None:
    assert not phone.is_fragment("12")
    assert not phone.is_fragment("a123")


def test_addresses_are_pulled_from_text() -> None:
    assert email.split('"Name" <a@b.c>, d@e.f') == ["a@b.c", "d@e.f"]
    assert email.split("Name a@b.c") == ["a@b.c"]
    assert email.split("mailto:a@b.c؛ علی <x@y.ir>،") == ["a@b.c", "x@y.ir"]
    assert email.split('"x@y.z" <real@foo.com>') == ["real@foo.com"]
    assert email.split("@ foo@ @bar a@b@c") == []


def test_normalised_addresses() -> None:
    assert email.normalize("Ali <Ali.R@Example.COM>") == "ali.r@example.com"
    assert email.normalize("Élan@Foo.COM") == "Élan@foo.com"
    assert email.normalize("none") == ""
    assert email.normalize_all("A@b.c, a@B.c d@e.f") == ["a@b.c", "d@e.f"]


def test_address_quality() -> None:
    assert email.quality("") == ""
    assert email.quality("ali@example.com") == "correct"
    assert email.quality("bad@@x, ali@example.com") == "correct"
    assert email.quality("علی@مثال.ایران") == "correct"
    assert email.quality("ali@localhost") == "incorrect"
    assert email.quality("no address") == "incorrect"


@pytest.mark.parametrize(
    ("typed", "criterion"),
    [
        ("Ali <ali@Acme.IR>", "@acme.ir"),
        ("ali@gmail.com", "ali@gmail.com"),
        ("ali@example.com", "ali@example.com"),
        ("ali@mail.acme.ir", "@mail.acme.ir"),
        ("No Address", "no address"),
        ("", ""),
    ],
)
def test_what_two_records_of_one_organisation_share(typed: str, criterion: str) -> None:
    assert email.domain_criterion(typed, FREE_MAIL_DOMAINS) == criterion


def test_the_name_beside_an_address() -> None:
    assert email.display_name('"Dr. \\"A\\" B" <a@b.c>') == 'Dr. "A" B'
    assert email.display_name("علی رضایی <a@b.c>") == "علی رضایی"
    assert email.display_name("<a@b.c>") == "a@b.c"


@given(st.text(max_size=60))
def test_mail_functions_accept_any_text(text: str) -> None:
    assert email.quality(text) in ("", "correct", "incorrect")
    email.display_name(text)
    assert isinstance(email.domain_criterion(text, FREE_MAIL_DOMAINS), str)
    assert phone.quality(text, "IR") in ("", "correct", "incorrect")


def test_free_mail_domains_are_many_and_clean() -> None:
    assert len(FREE_MAIL_DOMAINS) >= 200
    assert {"gmail.com", "chmail.ir", "maktoob.com", "example.com"} <= FREE_MAIL_DOMAINS
    assert all(name == name.lower() and "." in name for name in FREE_MAIL_DOMAINS)


@pytest.mark.parametrize(
    ("seconds", "fa", "ar", "en"),
    [
        (59, "همین حالا", "الآن", "just now"),
        (-59, "همین حالا", "الآن", "just now"),
        (60, "۱ دقیقه پیش", "قبل دقيقة", "1 minute ago"),
        (120, "۲ دقیقه پیش", "قبل دقيقتين", "2 minutes ago"),
        (300, "۵ دقیقه پیش", "قبل 5 دقائق", "5 minutes ago"),
        (660, "۱۱ دقیقه پیش", "قبل 11 دقيقة", "11 minutes ago"),
        (7200, "۲ ساعت پیش", "قبل ساعتين", "2 hours ago"),
        (86_400, "دیروز ۱۳:۳۰", "أمس 13:30", "yesterday 13:30"),
        (86_400 * 3, "۱۴۰۴/۰۴/۰۹", "1447/01/05", "2025/06/30"),
        (-3600, "امروز ۱۴:۳۰", "اليوم 14:30", "today 14:30"),
        (-86_400, "فردا ۱۳:۳۰", "غدًا 13:30", "tomorrow 13:30"),
    ],
)
def test_relative_times(seconds: int, fa: str, ar: str, en: str) -> None:
    moment = NOW - dt.timedelta(seconds=seconds)
    assert relative_time(moment, NOW, FA) == fa
    assert relative_time(moment, NOW, AR) == ar
    assert relative_time(moment, NOW, EN) == en


@pytest.mark.parametrize(
    ("days", "fa", "ar", "en"),
    [
        (-3, "۳ روز گذشته", "متأخر 3 أيام", "overdue by 3 days"),
        (-11, "۱۱ روز گذشته", "متأخر 11 يومًا", "overdue by 11 days"),
        (-1, "۱ روز گذشته", "متأخر يومًا واحدًا", "overdue by 1 day"),
        (0, "امروز", "اليوم", "today"),
        (1, "فردا", "غدًا", "tomorrow"),
        (2, "در ۲ روز", "خلال يومين", "due in 2 days"),
        (5, "در ۵ روز", "خلال 5 أيام", "due in 5 days"),
        (100, "در ۱۰۰ روز", "خلال 100 يوم", "due in 100 days"),
    ],
)
def test_deadlines(days: int, fa: str, ar: str, en: str) -> None:
    today = dt.date(2025, 7, 3)
    day = today + dt.timedelta(days=days)
    assert due_text(day, today, FA) == fa
    assert due_text(day, today, AR) == ar
    assert due_text(day, today, EN) == en


def test_arabic_plural_forms() -> None:
    forms = {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many"}
    forms |= {100: "other", 101: "other", 102: "other", 103: "few", 111: "many"}
    assert {n: plural_form(n, "ar") for n in forms} == forms


def test_a_profile_knows_its_day() -> None:
    late = dt.datetime(2025, 7, 3, 21, 0, tzinfo=dt.UTC)
    assert FA.today(late) == dt.date(2025, 7, 4)
    assert EN.today(late) == dt.date(2025, 7, 4)
    assert Profile(timezone="").today(late) == dt.date(2025, 7, 3)
    assert Profile(timezone="Nowhere/City").tz.key == "UTC"
    assert FA.cal.code == "jalali"
    assert FA.date_text(dt.date(2025, 7, 3)) == "۱۴۰۴/۰۴/۱۲"
    assert moment_text(NOW, FA) == "۱۴۰۴/۰۴/۱۲ ۱۳:۳۰"


def test_a_refusal_reads_as_its_message() -> None:
    refused = Refused("Not allowed", "locked")
    assert str(refused) == refused.message == "Not allowed"
    assert refused.code == "locked"
    assert Refused("No").code == "refused"
