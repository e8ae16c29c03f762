"""A list from a spreadsheet comes in: an error is shown, put right, undone."""

import pytest
from playwright.sync_api import expect

from sarnakh.crm.models import Lead
from sarnakh.jobs.actions import run_due
from tests.people import World

pytestmark = pytest.mark.browser

LEADS = """نام فرصت,مرحله,درآمد مورد انتظار
خط تولید اصفهان,تایید شده,۱٬۲۰۰٬۰۰۰
قرارداد شیراز,در دست گفت‌وگو,۸۰۰٬۰۰۰
"""


def test_an_error_is_shown_put_right_imported_and_undone(as_person, world: World):
    page = as_person("manager")
    before = set(Lead.objects.values_list("pk", flat=True))
    page.goto("/exchange/import/leads/")
    page.set_input_files(
        "[name=file]",
        {"name": "leads.csv", "mimeType": "text/csv", "buffer": LEADS.encode()},
    )
    page.get_by_role("button", name="بارگذاری", exact=True).click()

    page.locator("#field-0").select_option("name")
    with page.expect_response("**/mapping"):
        page.locator("#field-1").select_option("stage")
    with page.expect_response("**/mapping"):
        page.locator("#field-2").select_option("expected_revenue")
    with page.expect_navigation():
        page.locator("button[value=test]").click()
    run_due()
    fault = page.locator(".fault", has_text="در دست گفت‌وگو").first
    expect(fault).to_be_visible()
    assert set(Lead.objects.values_list("pk", flat=True)) == before

    wrong = page.locator("select[name^='value-1-']").first
    if not wrong.is_visible():
        page.locator("#mapping details summary").nth(1).click()
    with page.expect_response("**/mapping"):
        wrong.select_option(label="پیشنهاد")
    with page.expect_navigation():
        page.locator("button[value=run]").click()
    run_due()
    undo = page.locator("form[action$='undo'] button")
    expect(undo).to_be_visible()
    made = Lead.objects.exclude(pk__in=before)
    assert dict(made.values_list("name", "stage__name")) == {
        "خط تولید اصفهان": "Qualified",
        "قرارداد شیراز": "Proposition",
    }

    undo.click()
    with page.expect_navigation():
        page.locator("dialog[open] button.danger, dialog[open] button.primary").click()
    run_due()
    expect(page.locator(".alert.info")).to_be_visible()
    assert set(Lead.objects.values_list("pk", flat=True)) == before
    assert page.faults == []
