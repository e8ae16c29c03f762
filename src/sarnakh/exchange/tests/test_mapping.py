"""The guess which column goes where."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from sarnakh.exchange.columns import fitting_kinds
from sarnakh.exchange.mapping import FieldInfo, column_kind, guess
from sarnakh.lib.calendars import JALALI
from sarnakh.records.kinds import Kind

_COUNTRY = FieldInfo("country", Kind.LINK, ("کشور", "Country"))
FIELDS = (
    FieldInfo("name", Kind.TEXT, ("فرصت", "Opportunity")),
    FieldInfo("contact_name", Kind.TEXT, ("نام مخاطب", "Contact name")),
    FieldInfo("company_name", Kind.TEXT, ("نام شرکت", "Company name")),
    FieldInfo("company", Kind.LINK, ("شرکت", "Company")),
    FieldInfo("contact", Kind.LINK, ("مشتری", "Customer"), (_COUNTRY,)),
    FieldInfo("email", Kind.TEXT, ("ایمیل", "Email")),
    FieldInfo("phone", Kind.TEXT, ("تلفن", "Phone")),
    FieldInfo("mobile", Kind.TEXT, ("موبایل", "Mobile")),
    FieldInfo("state", Kind.LINK, ("استان", "State/Province")),
    FieldInfo("active", Kind.BOOLEAN, ("فعال", "Active")),
    FieldInfo("probability", Kind.DECIMAL, ("احتمال", "Probability")),
    FieldInfo("expected_revenue", Kind.MONEY, ("درآمد پیش‌بینی شده",)),
    FieldInfo("expected_closing", Kind.DATE, ("پیش‌بینی تاریخ قرارداد",)),
    _COUNTRY,
)
CONTACT_FIELDS = (
    FieldInfo("name", Kind.TEXT, ("نام", "Name")),
    FieldInfo("parent", Kind.LINK, ("شرکت", "Company")),
)


def _guess(
    *headers: str,
    samples: Sequence[Sequence[str]] | None = None,
    fields: Sequence[FieldInfo] = FIELDS,
    remembered: dict[str, str] | None = None,
) -> list[str | None]:
    cells = samples or [[] for _ in headers]
    return guess(headers, cells, fields, remembered or {})


def test_technical_names_and_labels_match_however_they_are_typed() -> None:
    assert _guess("EMAIL", " expected_revenue ", "نام شركت", "اﻳﻤﻴﻞ") == [
        *("email", "expected_revenue", "company_name", None),
    ]
    assert _guess("تلفن", "Mobile", "درآمد پیش بینی شده") == [
        *("phone", "mobile", "expected_revenue"),
    ]


def test_a_remembered_header_wins_in_any_case() -> None:
    remembered = {"Client  Mail": "email", "phone": "mobile", "Fax": "", "Old": "gone"}
    assert _guess("client mail", "PHONE", "Fax", "old", remembered=remembered) == [
        *("email", "mobile", None, None),
    ]


def test_a_forgotten_header_is_guessed_as_if_new() -> None:
    assert _guess("Email", remembered={"email": "no_such_field"}) == ["email"]


def test_a_column_may_be_remembered_as_left_out() -> None:
    assert _guess("Email", remembered={"email": ""}) == [None]


def test_identifiers_and_steps_are_understood() -> None:
    assert _guess("id", ".id", "contact/id", "contact/.id", "Customer/Country") == [
        *("id", ".id", "contact/id", "contact/.id", "contact/country"),
    ]
    assert _guess("مشتری/کشور/id") == ["contact/country/id"]
    assert _guess("email/id", "contact/unknown", "///", "/") == [None] * 4


def test_a_label_may_contain_a_slash() -> None:
    assert _guess("State/Province") == ["state"]


def test_of_two_claims_the_closer_one_is_kept() -> None:
    assert _guess("Phones", "Phone") == [None, "phone"]
    assert _guess("name", "Name", "NAME") == ["name", None, None]
    assert _guess("Work Email", "Primary Email") == [None, "email"]


def test_an_empty_column_gives_way_to_a_filled_one() -> None:
    cells = [[], ["a@b.c"]]
    assert _guess("Primary Email", "Work Email", samples=cells) == [None, "email"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Probabilty", "probability"),
        ("Contat name", "contact_name"),
        ("نام شرکتها", "company_name"),
        ("Prob", None),
        ("Weather", None),
    ],
)
def test_a_similar_label_is_near_enough_below_a_fifth(
    header: str, field: str | None
) -> None:
    assert _guess(header) == [field]


def test_similar_labels_count_only_for_a_fitting_kind() -> None:
    assert _guess("Probabilty", samples=[["maybe"]]) == [None]
    assert _guess("Probabilty", samples=[["12", "۵۰"]]) == ["probability"]
    assert _guess("Close Date", samples=[["soon"]]) == [None]
    assert _guess("Close Date", samples=[["2024-05-06"]]) == ["expected_closing"]


def test_first_and_last_names_are_joined() -> None:
    assert _guess("First Name", "Email", "Last Name") == [
        *("contact_name", "email", "contact_name"),
    ]
    assert _guess("نام", "نام خانوادگی", fields=CONTACT_FIELDS) == ["name", "name"]


def test_a_whole_name_is_better_than_its_parts() -> None:
    assert _guess("First Name", "Last Name", "Full Name") == [
        *(None, None, "contact_name"),
    ]


def test_nobody_is_called_by_a_phone_number() -> None:
    assert _guess("Contact Person", samples=[["0912 345 6789"]]) == [None]
    assert _guess("Contact Person", samples=[["a@b.c"]]) == [None]
    assert _guess("Contact Person", samples=[["Ali"]]) == ["contact_name"]


def test_company_means_the_company_of_the_customer() -> None:
    assert _guess("Company") == ["company_name"]
    assert _guess("company/id") == ["company/id"]
    assert _guess("Company", fields=CONTACT_FIELDS) == ["parent"]


def test_thousands_of_strange_headers_are_quick() -> None:
    headers = [f"{'/' * 300}column {number} of the report" for number in range(1000)]
    fields = [
        FieldInfo(f"field_{number}", Kind.TEXT, (f"Label number {number}",))
        for number in range(100)
    ]
    start = time.process_time()
    guess(headers, [["x"]] * 1000, fields, {})
    assert time.process_time() - start < 10


# --- column kinds ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "kind"),
    [
        ([], "empty"),
        (["", "  "], "empty"),
        (["12", "۱۳"], "digits"),
        (["0", "1"], "digits"),
        (["بله", "خیر"], "boolean"),
        (["true", "no"], "boolean"),
        (["1,200", "3.5"], "number"),
        (["1.200,5"], "number"),
        (["۲٫۵ میلیون", "12%"], "number"),
        (["1,200 تومان", "$5"], "number"),
        (["1404/04/12", "1404/5/1"], "date"),
        (["2024-01-15 10:00:00"], "date"),
        (["12 تیر 1404"], "date"),
        (["Room 12", "13"], "text"),
        (["0912-345-6789"], "text"),
    ],
)
def test_the_kind_of_a_column_is_seen_in_its_samples(
    samples: list[str], kind: str
) -> None:
    assert column_kind(samples, JALALI) == kind


def test_numbers_may_be_amounts_flags_codes_or_serial_days() -> None:
    assert Kind.BOOLEAN in fitting_kinds(["0", "1"])
    assert Kind.BOOLEAN not in fitting_kinds(["0", "2"])
    assert Kind.DATE in fitting_kinds(["45000", "45001.5"])
    assert Kind.DATE not in fitting_kinds(["9", "10"])
    assert {Kind.TEXT, Kind.LINK, Kind.CHOICE} <= fitting_kinds(["9", "10"])
    assert Kind.MONEY not in fitting_kinds(["بله"])
