"""Rows become records: values, links, identity, modes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tests.factories import make_contact
from sarnakh.exchange import actions, storage
from sarnakh.exchange.models import ImportBatch, ImportedRow, RememberedMapping
from sarnakh.exchange.tests.intake import (
    after_test,
    decide,
    imported,
    run,
    texts,
    uploaded,
)
from sarnakh.records.models import Change, ExternalId
from sarnakh.sources.models import Tag
from sarnakh.teams.models import Team

State = ImportBatch.State


@pytest.fixture
def persian(company: Company) -> Actor:
    """A sales administrator of a rial company with Persian habits."""
    company.currency = "IRR"
    company.save()
    user = make_user(
        Role.SALES_MANAGER, company=company, calendar="jalali", digits="fa",
        timezone="Asia/Tehran",
    )  # fmt: skip
    return actor_for(user)


# --- values --------------------------------------------------------------------------


def test_persian_digits_jalali_dates_and_toman_come_in(persian: Actor) -> None:
    batch = imported(
        "leads",
        [
            ["نام فرصت", "درآمد مورد انتظار (تومان)", "expected_closing"],
            ["فرش تبریز", "۲٫۵ میلیون", "۱۴۰۴/۰۴/۱۲"],
        ],
        persian,
        {"درآمد مورد انتظار (تومان)": {"fields": ("expected_revenue",)}},
    )
    assert batch.state == State.DONE, texts(batch)
    lead = Lead.objects.get()
    assert lead.name == "فرش تبریز"
    assert lead.expected_revenue == 25_000_000
    assert lead.expected_closing == dt.date(2025, 7, 3)


def test_a_windows_1256_file_is_read(persian: Actor) -> None:
    content = "name,city\nشركة النور,القاهرة\n".encode("cp1256")
    batch = imported("contacts", content, persian)
    assert batch.state == State.DONE
    assert Contact.objects.get().name == "شركة النور"


def test_an_impossible_day_names_row_and_value(persian: Actor) -> None:
    batch = imported(
        "leads", [["name", "expected_closing"], ["A", "1403/07/31"]], persian
    )
    assert batch.state == State.FAILED
    assert texts(batch) == ["expected_closing: There is no such day: “1403/07/31”."]
    assert batch.messages[0]["rows"] == [[2, 2]]
    assert not Lead.objects.exists()


def test_several_columns_of_one_text_field_are_joined(boss: Actor) -> None:
    imported(
        "contacts",
        [["a", "b"], ["Sara", "Karimi"]],
        boss,
        {"a": {"fields": ("name",)}, "b": {"fields": ("name",)}},
    )
    assert Contact.objects.get().name == "Sara Karimi"


def test_a_column_may_feed_two_fields(boss: Actor) -> None:
    imported(
        "leads",
        [["thing"], ["Chairs"]],
        boss,
        {"thing": {"fields": ("name", "tags"), "missing": "create"}},
    )
    lead = Lead.objects.get()
    assert (lead.name, [tag.name for tag in lead.tags.all()]) == ("Chairs", ["Chairs"])


def test_text_longer_than_its_column_is_an_error(boss: Actor) -> None:
    batch = imported("contacts", [["name", "zip"], ["A", "1" * 21]], boss)
    assert "longer than 20" in texts(batch)[0]


def test_a_formula_cell_of_a_csv_is_plain_text(boss: Actor) -> None:
    imported("contacts", [["name"], ["'=1+1"], ["=cmd|' /C calc'!A0"]], boss)
    assert sorted(Contact.objects.values_list("name", flat=True)) == [
        "=1+1",
        "=cmd|' /C calc'!A0",
    ]


def test_markup_in_notes_is_cleaned(boss: Actor) -> None:
    imported(
        "contacts",
        [["name", "notes"], ["A", "<script>alert(1)</script><b>x</b>"], ["B", "1 < 2"]],
        boss,
    )
    notes = dict(Contact.objects.values_list("name", "notes"))
    assert notes["A"] == "<b>x</b>"
    assert notes["B"] == "<p>1 &lt; 2</p>"


# --- links ---------------------------------------------------------------------------


def test_links_are_found_by_name_over_letters_and_case(boss: Actor) -> None:
    customer = make_contact(boss, name="شرکت کاوه")
    imported(
        "leads",
        [["name", "customer", "stage"], ["A", "شركت كاوه", "qualified"]],
        boss,
    )
    lead = Lead.objects.get()
    assert lead.customer == customer
    assert lead.stage is not None
    assert lead.stage.name == "Qualified"


def test_two_records_of_one_name_warn_and_the_first_is_taken(boss: Actor) -> None:
    first = make_contact(boss, name="Aria")
    make_contact(boss, name="Aria")
    batch = imported("leads", [["name", "customer"], ["A", "Aria"]], boss)
    assert Lead.objects.get().customer == first
    assert "2 records are called “Aria”" in texts(batch, "warning")[0]


@pytest.mark.parametrize(
    ("policy", "leads", "state"),
    [("error", 0, State.FAILED), ("empty", 2, State.DONE), ("skip", 1, State.DONE)],
)
def test_a_missing_link_follows_the_policy_of_its_column(
    boss: Actor, policy: str, leads: int, state: str
) -> None:
    make_contact(boss, name="Known")
    batch = imported(
        "leads",
        [["name", "customer"], ["A", "Unknown"], ["B", "Known"]],
        boss,
        {"customer": {"missing": policy}},
    )
    assert (batch.state, Lead.objects.count()) == (state, leads)


def test_missing_links_are_made_once_per_name(boss: Actor) -> None:
    batch = imported(
        "leads",
        [
            ["name", "customer", "tags"],
            ["A", "New firm", "GTX Pro"],
            ["B", "new  FIRM", "GTXPro, hot"],
        ],
        boss,
        {"customer": {"missing": "create"}, "tags": {"missing": "create"}},
    )
    assert batch.state == State.DONE
    assert Contact.objects.count() == 1
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["GTX Pro", "hot"]
    assert batch.linked == 3
    assert Lead.objects.filter(tags__name="GTX Pro").count() == 2


def test_a_customer_made_on_the_way_has_the_mail_of_its_lead(boss: Actor) -> None:
    imported(
        "leads",
        [["name", "customer", "email"], ["A", "New firm", "sara@example.ir"]],
        boss,
        {"customer": {"missing": "create"}},
    )
    customer = Contact.objects.get()
    assert (customer.email, customer.version) == ("sara@example.ir", 1)


def test_what_one_may_not_make_is_an_error(company: Company) -> None:
    seller = actor_for(make_user(Role.SALES_OWN, Role.IMPORT, company=company))
    batch = imported(
        "leads",
        [["name", "stage"], ["A", "Fresh stage"]],
        seller,
        {"stage": {"missing": "create"}},
    )
    assert texts(batch) == [
        "stage: “Fresh stage” is not there, and you may not make it."
    ]
    assert not Stage.objects.filter(name="Fresh stage").exists()


def test_an_import_never_makes_users(boss: Actor) -> None:
    before = User.objects.count()
    batch = imported(
        "leads",
        [["name", "salesperson"], ["A", "Nobody Known"]],
        boss,
        {"salesperson": {"missing": "create"}},
    )
    assert batch.state == State.FAILED
    assert User.objects.count() == before


def test_parents_are_found_whatever_the_order_of_rows(boss: Actor) -> None:
    batch = imported(
        "contacts",
        [
            ["name", "parent"],
            ["Child", "Mother"],
            ["Grandchild", "Child"],
            ["Mother", ""],
        ],
        boss,
    )
    assert batch.state == State.DONE, texts(batch)
    parents = dict(Contact.objects.values_list("name", "parent__name"))
    assert parents == {"Mother": None, "Child": "Mother", "Grandchild": "Child"}


def test_a_circle_of_parents_ends_in_errors(boss: Actor) -> None:
    batch = imported("contacts", [["name", "parent"], ["A", "B"], ["B", "A"]], boss)
    assert batch.state == State.FAILED
    assert len(texts(batch)) == 2


def test_links_by_external_id(boss: Actor) -> None:
    customer = make_contact(boss, name="Aria")
    ExternalId.objects.create(
        key="crm.7", record_type="contacts", record_id=customer.pk
    )
    batch = imported(
        "leads",
        [["name", "customer/id"], ["A", "crm.7"], ["B", "crm.8"]],
        boss,
        mode="skip",
    )
    assert Lead.objects.get().customer == customer
    assert texts(batch) == ["customer/id: There is no “crm.8”."]


# --- stages that are none ------------------------------------------------------------


@pytest.mark.parametrize("word", ["Lost", "closed lost", "باخته"])
def test_a_stage_called_lost_closes_the_record(boss: Actor, word: str) -> None:
    imported(
        "leads",
        [["name", "stage", "date_closed"], ["A", word, "2017-03-01"]],
        boss,
    )
    lead = Lead.objects.get()
    assert lead.is_lost
    assert lead.date_closed is not None
    assert lead.date_closed.date() == dt.date(2017, 3, 1)


def test_a_stage_that_is_really_called_so_wins_over_the_word(boss: Actor) -> None:
    stage = Stage.objects.create(name="Lost", sequence=9)
    imported("leads", [["name", "stage"], ["A", "Lost"]], boss)
    lead = Lead.objects.get()
    assert lead.active
    assert lead.stage == stage


def test_values_can_be_translated(boss: Actor) -> None:
    imported(
        "leads",
        [["name", "state of play"], ["A", "X1"], ["B", "x2"], ["C", "x3"]],
        boss,
        {
            "state of play": {
                "fields": ("stage",),
                "values": {"x1": "lost", "x2": "Proposition", "x3": "won"},
            }
        },
    )
    found = {lead.name: lead for lead in Lead.objects.select_related("stage")}
    assert found["A"].is_lost
    assert str(found["B"].stage) == "Proposition"
    assert found["C"].is_won


# --- test and modes ------------------------------------------------------------------


def test_a_test_leaves_nothing_behind(boss: Actor) -> None:
    batch = decide(
        uploaded("leads", [["id", "name", "tags"], ["1", "A", "new tag"]], boss),
        {"tags": {"missing": "create"}},
    )
    before = Change.objects.count()
    batch = after_test(batch, boss)
    assert (batch.state, batch.created, batch.linked) == (State.TESTED, 1, 1)
    for model in (Lead, Tag, ExternalId, ImportedRow, RememberedMapping):
        assert not model._default_manager.exists(), model
    assert Change.objects.count() == before


def test_all_or_nothing_takes_nothing_when_one_row_is_wrong(boss: Actor) -> None:
    batch = imported(
        "leads", [["name", "probability"], ["A", "10"], ["B", "1000"]], boss
    )
    assert batch.state == State.FAILED
    assert (batch.failed, Lead.objects.count()) == (1, 0)


def test_skipping_gives_the_wrong_rows_back_as_a_file(boss: Actor) -> None:
    batch = imported(
        "leads",
        [["name", "probability"], ["A", "10"], ["B", "1000"], ["", "5"]],
        boss,
        mode="skip",
    )
    assert (batch.state, batch.created, batch.failed) == (State.DONE, 1, 2)
    path = storage.folder(batch.folder) / batch.faults_file
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == '"name","probability","Error"'
    assert lines[1].startswith('"B","1000","')
    assert len(lines) == 3
    again = uploaded("leads", path.read_bytes(), boss)
    assert [one["fields"] for one in again.mapping] == [["name"], ["probability"], []]


def test_ten_errors_tell_enough_when_most_rows_are_wrong(boss: Actor) -> None:
    rows = [["name", "probability"], *([f"x{n}", "no"] for n in range(5000))]
    batch = after_test(uploaded("leads", rows, boss), boss)
    assert batch.failed == 2000


def test_a_mapping_that_worked_is_proposed_again(boss: Actor) -> None:
    imported(
        "contacts", [["Wunderlich"], ["A"]], boss, {"Wunderlich": {"fields": ("name",)}}
    )
    batch = uploaded("contacts", [["WUNDERLICH", "other"], ["B", "x"]], boss)
    assert batch.mapping[0]["fields"] == ["name"]


def test_a_fixed_value_goes_to_all_new_records(boss: Actor) -> None:
    team = Team.objects.create(name="East")
    imported("leads", [["name"], ["A"]], boss, fixed={"team": "East", "kind": "lead"})
    lead = Lead.objects.get()
    assert (lead.team, lead.kind) == (team, "lead")


def test_a_fixed_value_that_does_not_fit_stops_everything(boss: Actor) -> None:
    batch = imported(
        "leads", [["name"], ["A"]], boss, fixed={"team": "Nowhere"}, mode="skip"
    )
    assert batch.state == State.FAILED
    assert not Lead.objects.exists()


def test_a_run_starts_only_once(boss: Actor) -> None:
    batch = uploaded("leads", [["name"], ["A"]], boss)
    other = ImportBatch.objects.get(pk=batch.pk)
    actions.start_run(batch, by=boss)
    with pytest.raises(actions.Busy):
        actions.start_run(other, by=boss)


def test_a_stopped_run_goes_on_behind_the_last_batch(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sarnakh.exchange.importing import running

    monkeypatch.setattr(running, "BATCH", 2)
    rows = [["name"], *([f"x{n}"] for n in range(7))]
    batch = actions.start_run(
        decide(uploaded("leads", rows, boss), mode="skip"), by=boss
    )
    actions.stop(batch)
    running.run(batch, by=boss)
    assert (batch.state, batch.position, Lead.objects.count()) == (State.STOPPED, 2, 2)
    batch = run(batch, boss)
    assert (batch.state, batch.created, Lead.objects.count()) == (State.DONE, 7, 7)
    assert ImportedRow.objects.values("row").distinct().count() == 7


def test_a_second_worker_does_not_take_the_same_rows(
    boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sarnakh.exchange.importing import running

    monkeypatch.setattr(running, "BATCH", 2)
    rows = [["name"], *([f"x{n}"] for n in range(4))]
    batch = actions.start_run(
        decide(uploaded("leads", rows, boss), mode="skip"), by=boss
    )
    ImportBatch.objects.filter(pk=batch.pk).update(position=2)
    with pytest.raises(running.TakenOver):
        running.run(batch, by=boss)
    assert not Lead.objects.exists()


def test_uploads_are_readable_by_the_server_alone(boss: Actor, tmp_path: Path) -> None:
    batch = uploaded("leads", [["name"], ["A"]], boss)
    folder = storage.folder(batch.folder)
    assert folder.is_relative_to(tmp_path)
    assert (folder / storage.SOURCE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_import_needs_its_role(company: Company) -> None:
    from django.core.exceptions import PermissionDenied

    seller = actor_for(make_user(Role.SALES_OWN, company=company))
    with pytest.raises(PermissionDenied):
        uploaded("leads", [["name"], ["A"]], seller)


def test_toman_of_the_profile_does_not_change_our_own_exports(persian: Actor) -> None:
    company = persian.company
    company.shows_toman = True
    company.save()
    assert persian.user is not None
    actor = actor_for(User.objects.get(pk=persian.user.pk))
    assert actor.profile.toman
    rows = [["name", "expected_revenue"], ["A", "1000"]]
    imported("leads", rows, actor)
    assert Lead.objects.get().expected_revenue == 1000
    Lead.objects.all().delete()
    rows = [["name", "Expected revenue"], ["A", "1000"]]
    imported("leads", rows, actor)
    assert Lead.objects.get().expected_revenue == 10_000
