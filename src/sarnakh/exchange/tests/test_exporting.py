"""Lists as files: columns, groups, coming back, and who may have them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import AuditEntry, Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.contacts.people import actions as people
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tests.factories import make_contact, make_lead
from sarnakh.crm.types import LEADS
from sarnakh.exchange import storage
from sarnakh.exchange.exporting import actions
from sarnakh.exchange.exporting.columns import offers
from sarnakh.exchange.jobs import tidy
from sarnakh.exchange.models import ExportFile, ExportList
from sarnakh.exchange.tests.intake import run, uploaded
from sarnakh.jobs.actions import run_due
from sarnakh.sources.models import Tag

State = ExportFile.State


def exported(
    by: Actor, fields: list[str], *, query: str = "view=list", **options: object
) -> ExportFile:
    """Everything of the pipeline as a file."""
    file = actions.ask(LEADS, screen="pipeline", query=query, by=by)
    chosen = {"fields": fields, "format": "csv", "compatible": False, **options}
    return actions.start(file, chosen, by=by)


def cells(file: ExportFile) -> list[list[str]]:
    """The rows of a CSV."""
    text = actions.path_of(file).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def sheet(file: ExportFile) -> list[list[object]]:
    """The rows of an XLSX."""
    book = CalamineWorkbook.from_path(str(actions.path_of(file)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def tag(name: str) -> int:
    return Tag.objects.create(name=name, name_key=name).pk


@pytest.fixture
def deal(boss: Actor) -> Lead:
    customer = make_contact(boss, name="Aria", city="Shiraz", country="IR")
    return make_lead(
        boss,
        name="=Chairs",
        customer=customer.pk,
        expected_revenue=123_450,
        tags=[tag("hot"), tag("new")],
        description="<p>One</p><p>Two</p>",
        stage=Stage.objects.get(name="Qualified").pk,
        priority=2,
        created_at=dt.datetime(2025, 3, 4, 22, 30, tzinfo=dt.UTC),
    )


# --- values --------------------------------------------------------------------------


def test_a_file_for_people_holds_labels_names_and_numbers(
    boss: Actor, deal: Lead
) -> None:
    file = exported(
        boss,
        ["name", "expected_revenue", "stage", "priority", "customer/country",
         "description", "created_at", "active"],
    )  # fmt: skip
    assert cells(file) == [
        ["Opportunity", "Expected revenue", "Stage", "Priority", "Customer/Country",
         "Notes", "Created on", "Active"],
        ["'=Chairs", "1234.50", "Qualified", "High", "Iran", "One\nTwo",
         "2025-03-04 22:30:00", "true"],
    ]  # fmt: skip


def test_several_links_take_extra_rows(boss: Actor, deal: Lead) -> None:
    file = exported(boss, ["name", "tags", "tags/tone"])
    assert cells(file)[1:] == [["'=Chairs", "hot", "1"], ["", "new", "1"]]


def test_instants_are_in_the_zone_of_the_person(boss: Actor, deal: Lead) -> None:
    assert boss.user is not None
    boss.user.timezone = "Asia/Tehran"
    boss.user.save()
    assert cells(exported(boss, ["created_at"]))[1] == ["2025-03-05 02:00:00"]


def test_dates_as_displayed_follow_the_calendar(boss: Actor, deal: Lead) -> None:
    assert boss.user is not None
    boss.user.calendar, boss.user.digits = "jalali", "fa"
    boss.user.save()
    file = exported(boss, ["created_at"], displayed=True)
    assert cells(file)[1] == ["۱۴۰۳/۱۲/۱۴ ۲۲:۳۰"]


def test_toman_is_named_in_the_header(
    boss: Actor, company: Company, deal: Lead
) -> None:
    company.currency, company.shows_toman = "IRR", True
    company.save()
    file = exported(boss, ["expected_revenue"])
    assert cells(file) == [["Expected revenue (Toman)"], ["12345"]]


def test_a_spreadsheet_has_real_dates_and_numbers(boss: Actor, deal: Lead) -> None:
    rows = sheet(
        exported(boss, ["name", "expected_revenue", "created_at"], format="xlsx")
    )
    assert rows[1] == ["=Chairs", 1234.5, dt.datetime(2025, 3, 4, 22, 30)]  # noqa: DTZ001


def test_the_order_of_the_list_is_kept(boss: Actor) -> None:
    for name in ("B", "C", "A"):
        make_lead(boss, name=name)
    file = exported(boss, ["name"], query="view=list&o=-name")
    assert cells(file)[1:] == [["C"], ["B"], ["A"]]


def test_a_selection_may_be_as_large_as_bulk_actions_allow(
    boss: Actor, deal: Lead
) -> None:
    ids = [deal.pk, *range(1_000_000, 1_019_999)]
    file = actions.ask(LEADS, ids=ids, query="view=list&g=stage", by=boss)
    options = {"fields": ["name"], "format": "xlsx", "compatible": False}
    assert sheet(actions.start(file, options, by=boss))[1:] == [
        ["Qualified (1)"],
        ["=Chairs"],
    ]


def test_filters_of_the_list_count(boss: Actor) -> None:
    make_lead(boss, name="Mine")
    make_lead(boss, name="Free", salesperson=None)
    file = exported(boss, ["name"], query="view=list&f=unassigned")
    assert cells(file)[1:] == [["Free"]]


def test_groups_become_headings_with_totals(boss: Actor) -> None:
    new, won = Stage.objects.get(name="New"), Stage.objects.get(name="Won")
    for name, stage, amount in (("A", new, 100), ("B", new, 200), ("C", won, 400)):
        make_lead(boss, name=name, stage=stage.pk, expected_revenue=amount)
    query = "view=list&g=stage&g=salesperson&o=name"
    rows = sheet(
        exported(boss, ["name", "expected_revenue"], query=query, format="xlsx")
    )
    who = boss.user.name if boss.user else ""
    assert rows == [
        ["Opportunity", "Expected revenue"],
        ["New (2)", 3.0],
        [f"    {who} (2)", 3.0],
        ["A", 1.0],
        ["B", 2.0],
        ["Won (1)", 4.0],
        [f"    {who} (1)", 4.0],
        ["C", 4.0],
    ]
    flat = exported(boss, ["name"], query=query)
    assert len(cells(flat)) == 4


# --- coming back ---------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_compatible_file_changes_nothing_when_it_comes_back(
    boss: Actor, deal: Lead, format_: str
) -> None:
    other = make_lead(boss, name="'=quoted", salesperson=None)
    fields = list(LEADS.fields)
    file = exported(boss, fields, compatible=True, format=format_)
    path = actions.path_of(file)
    batch = uploaded("leads", path.read_bytes(), boss, path.name)
    headers = [one["header"] for one in batch.mapping]
    assert headers[0] == "id"
    assert {"customer/id", "tags/id", "expected_revenue"} <= set(headers)
    assert all(one["fields"] == [one["header"]] for one in batch.mapping), batch.mapping
    before = [(one.pk, one.version) for one in (deal, other)]
    batch = run(batch, boss)
    assert batch.messages == []
    assert (batch.created, batch.updated, batch.unchanged) == (0, 0, 2)
    assert list(Lead.objects.order_by("pk").values_list("pk", "version")) == before
    row = cells(file)[1:] if format_ == "csv" else sheet(file)[1:]
    assert f"export.leads_{deal.pk}" in [line[0] for line in row]


# --- rights --------------------------------------------------------------------------


def test_only_visible_rows_and_links_go_out(boss: Actor, company: Company) -> None:
    other = Company.objects.create(name="Elsewhere", currency="USD")
    hidden = people.create(
        [{"name": "Hidden", "city": "Nowhere", "company": other.pk}], by=boss
    )[0]
    lead = make_lead(boss, name="A")
    Lead.objects.filter(pk=lead.pk).update(customer=hidden)
    make_lead(boss, name="B", salesperson=None)
    Lead.objects.filter(name="B").update(company=other)
    file = exported(boss, ["name", "customer/city"])
    assert cells(file)[1:] == [["A", ""]]


def test_every_export_is_audited(boss: Actor, deal: Lead) -> None:
    exported(boss, ["name", "customer/city"])
    entry = AuditEntry.objects.get(event="export")
    assert '"rows": 1' in entry.body
    assert "customer/city" in entry.body
    assert entry.user == boss.user


def test_what_one_may_not_read_is_not_offered(company: Company) -> None:
    from sarnakh.accounts.actor import actor_for
    from sarnakh.contacts.types import CONTACTS

    clerk = actor_for(make_user(Role.EXPORT, company=company))
    paths = {one.path for one in offers(CONTACTS, clerk)}
    assert "name" in paths
    assert not any("properties" in path for path in paths)
    assert offers(LEADS, clerk, "customer/nothing") == []


@pytest.fixture
def browser(boss: Actor, client: Client) -> Client:
    assert boss.user is not None
    client.force_login(boss.user)
    return client


def test_ticked_rows_go_through_the_dialog(
    browser: Client, deal: Lead, boss: Actor
) -> None:
    make_lead(boss, name="Not ticked")
    sent = browser.post(
        "/pipeline/bulk/export", {"pk": [deal.pk], "state": "view=list"}
    )
    address = sent["Location"]
    text = browser.get(address).content.decode()
    assert "1 record" in text
    assert 'name="field" value="name"' in text
    part = browser.post(f"{address}chosen", {"field": ["name", "email"], "up": "email"})
    assert part.content.decode().index("email") < part.content.decode().index('"name"')
    opened = browser.get(f"{address}fields?under=customer").content.decode()
    assert "Customer/Country" in opened
    found = browser.get(f"{address}fields?text=country").content.decode()
    assert "Customer/Country" in found
    sent = browser.post(address, {"field": ["name"], "format": "csv", "do": "export"})
    file = browser.get(sent["Location"])
    content = b"".join(file.streaming_content).decode("utf-8-sig")
    assert content == '"Opportunity"\r\n"\'=Chairs"\r\n'
    assert "attachment" in file["Content-Disposition"]


def test_lists_of_fields_are_kept(browser: Client, deal: Lead) -> None:
    address = browser.get("/exchange/export/all/pipeline?view=list")["Location"]
    form = {"field": ["email", "name"], "name": "Mail", "do": "save"}
    browser.post(address, form)
    saved = ExportList.objects.get()
    assert saved.fields == ["email", "name"]
    text = browser.post(address, {"do": "list", "list": saved.pk}).content.decode()
    assert text.index('value="email"') < text.index('value="name"')


def test_large_exports_are_written_in_the_background(
    browser: Client, deal: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "IN_BACKGROUND", 0)
    address = browser.get("/exchange/export/all/pipeline?view=list")["Location"]
    sent = browser.post(address, {"field": ["name"], "format": "csv"})
    assert sent["Location"] == address
    assert "every 1s" in browser.get(address).content.decode()
    assert browser.get(f"{address}file").status_code == 404
    run_due()
    assert browser.get(f"{address}progress")["HX-Redirect"] == address
    assert "1 row is ready." in browser.get(address).content.decode()
    assert browser.get(f"{address}file").status_code == 200


def test_a_file_is_for_its_maker_for_a_day_and_while_the_right_lasts(
    browser: Client, boss: Actor, company: Company, deal: Lead, client: Client
) -> None:
    file = exported(boss, ["name"])
    address = f"/exchange/export/{file.pk}/file"
    stranger = Client()
    stranger.force_login(make_user(Role.SALES_MANAGER, company=company))
    assert stranger.get(address).status_code == 404
    assert browser.get(address).status_code == 200
    old = timezone.now() - dt.timedelta(hours=25)
    ExportFile.objects.filter(pk=file.pk).update(created_at=old)
    assert browser.get(address).status_code == 404
    ExportFile.objects.filter(pk=file.pk).update(created_at=timezone.now())
    assert boss.user is not None
    User.objects.filter(pk=boss.user.pk).update(roles=["internal", "sales-own"])
    assert browser.get(address).status_code == 404


def test_without_the_role_nothing_is_exported(company: Company, client: Client) -> None:
    client.force_login(make_user(Role.SALES_ALL, company=company))
    assert client.get("/exchange/export/all/pipeline").status_code == 404
    assert client.post("/pipeline/bulk/export", {"pk": [1]}).status_code == 404


def test_old_files_are_tidied_away(boss: Actor, deal: Lead) -> None:
    file = exported(boss, ["name"])
    folder: Path = storage.folder(file.folder)
    ExportFile.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    tidy.func()
    assert not folder.exists()
    assert not ExportFile.objects.exists()


def test_the_gear_offers_what_one_may_do(
    browser: Client, company: Company, deal: Lead
) -> None:
    text = browser.get("/pipeline/?view=list").content.decode()
    assert "/exchange/import/leads/" in text
    assert "/exchange/export/all/pipeline?view=list" in text
    plain = Client()
    plain.force_login(make_user(Role.SALES_OWN, company=company))
    text = plain.get("/pipeline/?view=list").content.decode()
    assert "/exchange/" not in text
