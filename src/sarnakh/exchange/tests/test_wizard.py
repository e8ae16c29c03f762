"""The pages of the import: what a browser sends and sees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.crm.models import Lead
from sarnakh.exchange import actions, storage
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.reading.sheet import read
from sarnakh.exchange.tests.files import make_xlsx, raw_xlsx
from sarnakh.exchange.tests.intake import csv_bytes, decide, imported, uploaded
from sarnakh.jobs.actions import run_due

State = ImportBatch.State


@pytest.fixture
def browser(boss: Actor, client: Client) -> Client:
    assert boss.user is not None
    client.force_login(boss.user)
    return client


def _send(browser: Client, content: bytes, name: str = "leads.csv"):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return browser.post("/exchange/import/leads/", {"file": file})


def test_a_file_goes_through_all_four_steps(browser: Client) -> None:
    content = csv_bytes([["name", "state of play"], ["A", "Nope"], ["B", "Won"]])
    sent = _send(browser, content)
    assert sent.status_code == 302
    address = sent["Location"]
    page = browser.get(address)
    text = page.content.decode()
    assert 'aria-current="step"><span>2</span>Map columns' in text
    assert '<option value="name" selected>Opportunity</option>' in text

    form = {
        "field-0": "name",
        "field-1": "stage",
        "mode": "all",
        "match": "",
        "calendar": "",
    }
    part = browser.post(f"{address}mapping", form, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert "There is no “Nope”." in text
    assert 'name="key-1-0" value="nope"' in text

    form |= {"key-1-0": "nope", "value-1-0": "lost", "missing-1": "error", "do": "test"}
    assert browser.post(f"{address}mapping", form).status_code == 302
    assert "Testing leads.csv" in browser.get(address).content.decode()
    run_due()
    assert "Everything seems valid." in browser.get(address).content.decode()
    assert not Lead.objects.exists()

    form["do"] = "run"
    browser.post(f"{address}mapping", form)
    waiting = browser.get(f"{address}progress")
    assert "every 1s" in waiting.content.decode()
    run_due()
    ended = browser.get(f"{address}progress")
    assert ended["HX-Redirect"] == address
    text = browser.get(address).content.decode()
    assert "leads.csv is imported." in text
    assert Lead.objects.won().get().name == "B"
    assert Lead.objects.lost().get().name == "A"
    link = re.search(r'href="(/pipeline/\?[^"]+)"', text)
    assert link is not None
    shown = browser.get(link[1].replace("&amp;", "&")).content.decode()
    assert ">A<" in shown
    assert ">B<" in shown

    browser.post(f"{address}undo")
    run_due()
    assert not Lead.objects.exists()
    assert "was undone" in browser.get(address).content.decode()


def test_the_template_comes_back_as_an_import(browser: Client, tmp_path: Path) -> None:
    sent = browser.get("/exchange/template/leads")
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(sent.streaming_content))
    sheet = read(path, "template.xlsx").sheet
    assert sheet.headers[:3] == ["id", "Opportunity", "Company name"]
    back = _send(browser, path.read_bytes(), "template.xlsx")
    batch = ImportBatch.objects.get(pk=back["Location"].strip("/").split("/")[-1])
    fields = [one["fields"][0] if one["fields"] else "" for one in batch.mapping]
    assert fields == [
        "id", "name", "company_name", "contact_name", "email", "job_position",
        "phone", "mobile", "street", "street2", "city", "zip", "state", "country",
        "website", "description", "tags", "salesperson", "team", "stage",
        "expected_revenue", "priority", "expected_closing",
    ]  # fmt: skip


def test_reading_again_keeps_what_was_decided(browser: Client, boss: Actor) -> None:
    batch = decide(
        uploaded("leads", "name;x\nA;1\n".encode("utf-16"), boss),
        {"x": {"fields": ("city",)}},
    )
    address = f"/exchange/import/leads/{batch.pk}/"
    sent = browser.post(
        f"{address}reading", {"header": "on", "encoding": "utf-8", "separator": ""}
    )
    assert sent.status_code == 422
    assert "not valid in" in sent.content.decode() or "NUL" in sent.content.decode()
    browser.post(f"{address}reading", {"header": "on", "encoding": "utf-16"})
    batch.refresh_from_db()
    assert [one["fields"] for one in batch.mapping] == [["name"], ["city"]]


def test_two_columns_for_one_number_are_refused(browser: Client, boss: Actor) -> None:
    batch = uploaded("leads", [["a", "b"], ["1", "2"]], boss)
    form = {"field-0": "probability", "field-1": "probability", "do": "run"}
    sent = browser.post(f"/exchange/import/leads/{batch.pk}/mapping", form)
    assert sent.status_code == 422
    assert "“a” and “b” go to the same field." in sent.content.decode()
    batch.refresh_from_db()
    assert batch.state == State.MAPPED


# --- bad files -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "no filled cells"),
        ("a.xlsx", b"%PDF-1.4 something", "file of type PDF"),
        ("a.csv", b"<html><table><tr><td>x", "web page"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
        ("a.csv", b"name,x\nA\0B,1\n", "NUL"),
        ("a.csv", b'name\n"never closed', "never closed"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(
    browser: Client, name: str, content: bytes, words: str
) -> None:
    sent = _send(browser, content, name)
    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert not ImportBatch.objects.exists()
    assert list(storage.folder("0" * 32).parent.glob("*")) == []


def test_a_zip_bomb_is_refused(browser: Client, tmp_path: Path) -> None:
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"A" * 1_000_000}</t></is></c></row>'
    path = raw_xlsx(tmp_path / "bomb.xlsx", (cell for _ in range(600)))
    sent = _send(browser, path.read_bytes(), "bomb.xlsx")
    assert sent.status_code == 422
    assert "compressed" in sent.content.decode() or "larger" in sent.content.decode()


def test_blank_rows_to_the_very_end_cost_nothing(
    browser: Client, tmp_path: Path
) -> None:
    rows = ('<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>',
            '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c></row>',
            '<row r="1048576"><c r="A1048576" s="0"/></row>')  # fmt: skip
    path = raw_xlsx(tmp_path / "blank.xlsx", rows)
    sent = _send(browser, path.read_bytes(), "blank.xlsx")
    assert sent.status_code == 302
    assert ImportBatch.objects.get().total == 1


def test_a_formula_cell_gives_its_value(browser: Client, tmp_path: Path) -> None:
    rows = ('<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
            '<row r="2"><c r="A2" t="str"><f>"Lead "&amp;1</f><v>Lead 1</v></c></row>')  # fmt: skip
    path = raw_xlsx(tmp_path / "formula.xlsx", rows)
    address = _send(browser, path.read_bytes(), "formula.xlsx")["Location"]
    browser.post(f"{address}mapping", {"field-0": "name", "do": "run"})
    run_due()
    assert Lead.objects.get().name == "Lead 1"


def test_a_spreadsheet_error_cell_is_named(browser: Client, tmp_path: Path) -> None:
    rows = ('<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
            '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>')  # fmt: skip
    sent = _send(browser, raw_xlsx(tmp_path / "e.xlsx", rows).read_bytes(), "e.xlsx")
    assert sent.status_code == 422
    assert "Row 2, column A" in sent.content.decode()


def test_a_header_full_of_markup_is_shown_as_text(browser: Client) -> None:
    address = _send(browser, b'name,"<img src=x onerror=alert(1)>"\nA,<b>1</b>\n')[
        "Location"
    ]
    text = browser.get(address).content.decode()
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


# --- access --------------------------------------------------------------------------


@pytest.mark.parametrize("roles", [(), (Role.SALES_OWN,), (Role.IMPORT,)])
def test_without_the_rights_the_wizard_is_not_there(
    company: Company, client: Client, roles: tuple[Role, ...]
) -> None:
    client.force_login(make_user(*roles, company=company))
    for address in ("/exchange/import/leads/", "/exchange/template/leads"):
        assert client.get(address).status_code == 404


def test_types_that_cannot_be_imported_are_not_there(browser: Client) -> None:
    for name in ("users", "companies", "stages", "nothing"):
        assert browser.get(f"/exchange/import/{name}/").status_code == 404


def test_the_import_of_somebody_else_is_not_found(
    boss: Actor, company: Company, client: Client
) -> None:
    batch = imported("leads", [["name"], ["A"]], boss)
    client.force_login(make_user(Role.SALES_MANAGER, company=company))
    address = f"/exchange/import/leads/{batch.pk}/"
    for part in ("", "progress", "errors"):
        assert client.get(address + part).status_code == 404
    for part in ("mapping", "reading", "run", "stop", "undo", "go-on"):
        assert client.post(address + part).status_code == 404
    assert Lead.objects.count() == 1


def test_strangers_are_asked_to_log_in(client: Client, company: Company) -> None:
    sent = client.get("/exchange/import/leads/")
    assert sent.status_code == 302
    assert sent["Location"].startswith("/accounts/login")


def test_a_job_that_died_for_good_is_told(browser: Client, boss: Actor) -> None:
    from sarnakh.jobs.models import Job

    batch = actions.start_run(uploaded("leads", [["name"], ["A"]], boss), by=boss)
    Job.objects.filter(pk=batch.job_id).update(state="dead")
    text = browser.get(f"/exchange/import/leads/{batch.pk}/").content.decode()
    assert "could not be finished by the server" in text
    batch.refresh_from_db()
    assert batch.state == State.FAILED


def test_a_run_without_a_worker_can_be_taken_up(browser: Client, boss: Actor) -> None:
    batch = uploaded("leads", [["name"], ["A"]], boss)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.RUNNING)
    address = f"/exchange/import/leads/{batch.pk}/"
    assert "The run was interrupted." in browser.get(address).content.decode()
    browser.post(f"{address}go-on")
    run_due()
    assert Lead.objects.count() == 1


def test_the_mapping_page_reads_no_more_for_more_rows(
    browser: Client, boss: Actor, tmp_path: Path, django_assert_max_num_queries
) -> None:
    path = make_xlsx(
        tmp_path / "many.xlsx",
        [["name", "stage"], *([f"x{n}", "New"] for n in range(3000))],
    )
    batch = uploaded("leads", path.read_bytes(), boss, "many.xlsx")
    with django_assert_max_num_queries(45):
        browser.get(f"/exchange/import/leads/{batch.pk}/")
