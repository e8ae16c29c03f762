"""Exports of other programs: imported without edits, or refused with a reason."""

from __future__ import annotations

import pytest

from sarnakh.accounts.actor import Actor
from sarnakh.crm.models import Lead
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import column_from
from sarnakh.exchange.tests.intake import decide, run, texts, uploaded
from sarnakh.exchange.tests.samples import samples

State = ImportBatch.State

NAMES = (
    "csv/duplicate-mixed-columns.csv",
    "csv/european-semicolon.csv",
    "csv/excel-messy-export.csv",
    "csv/fa-products-bom-quoted-comma.csv",
    "csv/fa-products-persian-digits.csv",
    "csv/facebook-leads-realistic.csv",
    "csv/google-contacts-header-generated-rows.csv",
    "csv/hubspot-contacts-faker.csv",
    "csv/hubspot-export.csv",
    "csv/rtl-arabic-headers.csv",
    "csv/salesforce-leads.csv",
    "csv/suitecrm-leads-export.csv",
    "csv/thunderbird-addressbook.csv",
    "xlsx/x_education_data_dictionary.xlsx",
)
# Tables of goods and of columns say nothing about any customer.
WITHOUT_PEOPLE = {
    "csv/fa-products-bom-quoted-comma.csv",
    "csv/fa-products-persian-digits.csv",
    "xlsx/x_education_data_dictionary.xlsx",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("type_name", ["leads", "contacts"])
def test_a_real_export_comes_in_or_says_why_not(
    boss: Actor, name: str, type_name: str
) -> None:
    path = samples("messy_import") / name
    batch = uploaded(type_name, path.read_bytes(), boss, path.name)
    generous = {
        one["header"]: {"missing": _policy(column_from(one).fields)}
        for one in batch.mapping
    }
    batch = run(decide(batch, generous, mode="skip"), boss)
    assert batch.state == State.DONE, batch.messages
    done = batch.created + batch.updated + batch.unchanged
    assert done + batch.failed + batch.skipped == batch.total
    assert bool(batch.failed) == bool(batch.faults_file)
    told = sum(one["count"] for one in batch.messages if one["level"] == "error")
    assert told >= batch.failed
    if name == "csv/european-semicolon.csv" and type_name == "contacts":
        # French headers are nobody's words here: the name must be chosen by hand.
        assert "Name: This field is required." in texts(batch)
    elif name not in WITHOUT_PEOPLE:
        assert done >= batch.total / 2, batch.messages


def _policy(fields: tuple[str, ...]) -> str:
    """Tags are made, unknown people and words are left out."""
    return "create" if "tags" in fields else "empty"


def test_arabic_headers_fill_the_right_fields(boss: Actor) -> None:
    path = samples("messy_import") / "csv" / "rtl-arabic-headers.csv"
    batch = uploaded("leads", path.read_bytes(), boss, path.name)
    run(decide(batch, mode="skip"), boss)
    lead = Lead.objects.order_by("pk").first()
    assert lead is not None
    assert lead.contact_name
    assert "@" in lead.email
