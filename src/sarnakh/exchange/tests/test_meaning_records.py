"""Which record a row means, and who may change it."""

from __future__ import annotations

import datetime as dt

import pytest

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.contacts.models import Contact, ContactTag
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import make_contact, make_lead
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.tests.intake import imported, run, texts, uploaded
from sarnakh.records.models import ExternalId

State = ImportBatch.State


def test_a_second_import_with_the_same_ids_updates(boss: Actor) -> None:
    imported("leads", [["id", "name"], ["1", "A"], ["2", "B"]], boss)
    batch = imported("leads", [["id", "name"], ["1", "A2"], ["2", "B"]], boss)
    assert (batch.created, batch.updated, batch.unchanged) == (0, 1, 1)
    assert sorted(Lead.objects.values_list("name", flat=True)) == ["A2", "B"]
    assert ExternalId.objects.filter(key="import.1").exists()


def test_the_same_id_twice_changes_the_first_record(boss: Actor) -> None:
    batch = imported("leads", [["id", "name"], ["1", "A"], ["1", "B"]], boss)
    assert Lead.objects.get().name == "B"
    assert "occurs again" in texts(batch, "warning")[0]


def test_an_id_of_another_type_is_an_error(boss: Actor) -> None:
    imported("contacts", [["id", "name"], ["1", "A"]], boss)
    batch = imported("leads", [["id", "name"], ["1", "A"]], boss)
    assert "another kind" in texts(batch)[0]


def test_an_unknown_number_is_an_error(boss: Actor) -> None:
    batch = imported("leads", [[".id", "name"], ["999", "A"]], boss)
    assert texts(batch) == [".id: There is no record with number 999."]


def test_rows_can_find_contacts_by_their_mail(boss: Actor) -> None:
    make_contact(boss, name="Old", email="Sara@Example.IR")
    batch = imported(
        "contacts",
        [["name", "email"], ["New", "sara@example.ir"], ["Other", "x@example.ir"],
         ["Other again", "x@example.ir"]],
        boss,
        match="email",
    )  # fmt: skip
    assert (batch.created, batch.updated) == (1, 2)
    assert sorted(Contact.objects.values_list("name", flat=True)) == [
        "New",
        "Other again",
    ]


def test_several_fitting_records_are_an_error(boss: Actor) -> None:
    for name in ("A", "B"):
        make_contact(boss, name=name, email="same@example.ir")
    batch = imported(
        "contacts", [["name", "email"], ["C", "same@example.ir"]], boss, match="email"
    )
    assert "2 records fit" in texts(batch)[0]


@pytest.mark.parametrize(("clears", "city"), [(False, "Tehran"), (True, "")])
def test_an_empty_cell_leaves_a_field_unless_told_otherwise(
    boss: Actor, clears: bool, city: str
) -> None:
    imported("contacts", [["id", "name", "city"], ["1", "A", "Tehran"]], boss)
    imported(
        "contacts",
        [["id", "name", "city"], ["1", "A2", ""]],
        boss,
        {"city": {"clears": clears}},
    )
    assert Contact.objects.get().city == city


@pytest.mark.parametrize(("adds", "tags"), [(False, ["b"]), (True, ["a", "b"])])
def test_tags_are_replaced_or_added(boss: Actor, adds: bool, tags: list[str]) -> None:
    make = {"tags": {"missing": "create", "adds": adds}}
    imported("contacts", [["id", "name", "tags"], ["1", "A", "a"]], boss, make)
    imported("contacts", [["id", "name", "tags"], ["1", "A", "b"]], boss, make)
    found = ContactTag.objects.filter(contacts=Contact.objects.get())
    assert sorted(found.values_list("name", flat=True)) == tags


def test_closing_by_a_second_import_keeps_the_dates_of_the_file(boss: Actor) -> None:
    imported("leads", [["id", "name", "stage"], ["1", "A", "New"]], boss)
    imported(
        "leads",
        [["id", "stage", "date_closed"], ["1", "Won", "2020-05-06"]],
        boss,
    )
    lead = Lead.objects.get()
    assert lead.is_won
    assert lead.date_closed is not None
    assert lead.date_closed.date() == dt.date(2020, 5, 6)


# --- rights --------------------------------------------------------------------------


def test_a_record_of_somebody_else_cannot_be_changed(
    boss: Actor, company: Company
) -> None:
    lead = make_lead(boss, name="Secret")
    seller = actor_for(make_user(Role.SALES_OWN, Role.IMPORT, company=company))
    batch = imported("leads", [[".id", "name"], [str(lead.pk), "Mine"]], seller)
    assert batch.state == State.FAILED
    lead.refresh_from_db()
    assert lead.name == "Secret"


def test_who_lost_the_right_meanwhile_imports_nothing(
    boss: Actor, company: Company
) -> None:
    batch = uploaded("leads", [["name"], ["A"]], boss)
    assert boss.user is not None
    User.objects.filter(pk=boss.user.pk).update(roles=["internal"])
    batch = run(batch, boss)
    assert batch.state == State.FAILED
    assert texts(batch) == ["You are not allowed to import these records."]
    assert not Lead.objects.exists()
