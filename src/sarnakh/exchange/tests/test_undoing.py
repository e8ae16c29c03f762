"""Taking an import back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.contacts.models import Contact
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import make_contact
from sarnakh.discussion.models import Message
from sarnakh.exchange import actions
from sarnakh.exchange.importing import running
from sarnakh.exchange.importing.undo import CannotUndo
from sarnakh.exchange.models import ImportBatch, ImportedRow
from sarnakh.exchange.tests.intake import imported, texts, undone
from sarnakh.records.models import Change, ExternalId
from sarnakh.sources.models import Tag

State = ImportBatch.State
MAKE = {"customer": {"missing": "create"}, "tags": {"missing": "create"}}
ROWS = [
    ["id", "name", "customer", "email", "tags"],
    ["1", "A", "New firm", "sara@example.ir", "hot"],
    ["2", "B", "New firm", "", "hot, cold"],
]


def test_undoing_deletes_everything_that_was_made(boss: Actor) -> None:
    batch = undone(imported("leads", ROWS, boss, MAKE), boss)
    assert batch.state == State.UNDONE
    for model in (Lead, Contact, Tag, ExternalId, ImportedRow):
        assert not model._default_manager.exists(), model
    assert Change.objects.filter(event="deleted", record_type="leads").count() == 2


def test_what_was_changed_stays_changed(boss: Actor) -> None:
    old = make_contact(boss, name="Old", email="a@example.ir")
    batch = imported(
        "contacts",
        [["name", "email"], ["Renamed", "a@example.ir"], ["New", "b@example.ir"]],
        boss,
        match="email",
    )
    undone(batch, boss)
    assert Contact.objects.get().pk == old.pk
    assert Contact.objects.get().name == "Renamed"


def test_a_touched_record_forbids_it(boss: Actor) -> None:
    batch = imported("leads", ROWS, boss, MAKE)
    leads.change(Lead.objects.get(name="A"), {"city": "Tehran"}, by=boss)
    with pytest.raises(CannotUndo):
        actions.start_undo(batch, by=boss)
    assert Lead.objects.count() == 2


def test_a_conversation_forbids_it(boss: Actor) -> None:
    batch = imported("leads", ROWS, boss, MAKE)
    lead = Lead.objects.get(name="A")
    Message.objects.create(
        record_type="leads", record_id=lead.pk, kind="note", body="x", author=boss.user
    )
    with pytest.raises(CannotUndo):
        actions.start_undo(batch, by=boss)


def test_a_link_in_use_stays(boss: Actor) -> None:
    batch = imported("leads", ROWS, boss, MAKE)
    leads.create([{"name": "Mine", "customer": Contact.objects.get().pk}], by=boss)
    batch = undone(batch, boss)
    assert batch.state == State.UNDONE
    assert Lead.objects.get().name == "Mine"
    assert Contact.objects.count() == 1
    assert "1 records are in use and stay." in texts(batch, "warning")


def test_after_a_day_it_is_too_late(boss: Actor) -> None:
    batch = imported("leads", ROWS, boss, MAKE)
    batch.finished_at = timezone.now() - dt.timedelta(hours=25)
    batch.save()
    with pytest.raises(CannotUndo):
        actions.start_undo(batch, by=boss)


def test_who_may_not_delete_may_take_back_the_own_import(company: Company) -> None:
    seller = actor_for(make_user(Role.SALES_OWN, Role.IMPORT, company=company))
    undone(imported("leads", [["name"], ["A"]], seller), seller)
    assert not Lead.objects.exists()


def test_families_are_taken_back_children_first(boss: Actor) -> None:
    batch = imported(
        "contacts", [["name", "parent"], ["Child", "Mother"], ["Mother", ""]], boss
    )
    undone(batch, boss)
    assert not Contact.objects.exists()


def test_a_record_that_somebody_deleted_is_no_obstacle(boss: Actor) -> None:
    batch = imported("leads", ROWS, boss, MAKE)
    leads_type_delete(Lead.objects.get(name="B"), boss)
    undone(batch, boss)
    assert not Lead.objects.exists()


def leads_type_delete(lead: Lead, by: Actor) -> None:
    """Through the door."""
    from sarnakh.records.actions import delete

    delete([lead], by=by)


def test_a_stopped_import_can_be_taken_back(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    from sarnakh.exchange.tests.intake import decide, uploaded

    batch = decide(uploaded("leads", [["name"], ["A"], ["B"]], boss), mode="skip")
    batch = actions.start_run(batch, by=boss)
    actions.stop(batch)
    running.run(batch, by=boss)
    assert Lead.objects.count() == 1
    undone(batch, boss)
    assert not Lead.objects.exists()


def test_an_import_that_made_nothing_has_nothing_to_take_back(boss: Actor) -> None:
    batch = imported("leads", [["name", "probability"], ["A", "1000"]], boss)
    assert batch.state == State.FAILED
    with pytest.raises(CannotUndo):
        actions.start_undo(batch, by=boss)
