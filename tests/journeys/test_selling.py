"""A day at the board, in Persian, with mouse and with keyboard."""

import pytest
from playwright.sync_api import Page, expect

from sarnakh.crm.models import Lead
from tests.people import World

pytestmark = pytest.mark.browser


def lane(page: Page, name: str):
    """A column of the board by its heading."""
    return page.locator(
        "section.column", has=page.get_by_role("heading", name=name, exact=True)
    )


def test_from_log_in_over_quick_create_to_a_drag_into_won(as_person, world: World):
    page = as_person("own")
    first = lane(page, "جدید")
    first.locator("[data-quick]").click()
    form = page.locator("form.quick")
    form.locator("[name=customer__text]").fill("شرکت مهرآسا")
    page.get_by_role("option", name="مهرآسا").click()
    expect(form.locator("[name=name]")).to_have_value("فرصت شرکت مهرآسا")
    form.locator("[name=expected_revenue]").fill("۱٬۲۰۰٬۰۰۰")
    form.get_by_role("button", name="افزودن").click()

    card = first.locator("article.card", has_text="فرصت شرکت مهرآسا")
    expect(card).to_be_visible()
    made = Lead.objects.get(name="فرصت شرکت مهرآسا")
    assert made.expected_revenue == 1_200_000
    assert made.customer.name == "شرکت مهرآسا"

    page.keyboard.press("Escape")
    target = lane(page, "برده").locator(".cards")
    source_box, target_box = card.bounding_box(), target.bounding_box()
    page.mouse.move(source_box["x"] + 60, source_box["y"] + 40)
    page.mouse.down()
    page.mouse.move(source_box["x"] + 20, source_box["y"] + 60, steps=5)
    page.mouse.move(target_box["x"] + 100, target_box["y"] + 40, steps=12)
    page.mouse.up()

    expect(
        lane(page, "برده").locator("article.card", has_text="مهرآسا")
    ).to_be_visible()
    expect(page.locator(".toast.celebration")).to_be_visible()
    made.refresh_from_db()
    assert made.is_won
    assert page.faults == []


def test_keyboard_only_a_lead_is_found_moved_and_lost(as_person, world: World):
    page = as_person("own")
    page.keyboard.press("/")
    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=text**")
    card = page.locator(f"#card-{world.leads['mine'].pk}")
    expect(card).to_be_visible()

    card.locator("h3 a").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(
        lane(page, "تایید شده").locator(f"#{card.get_attribute('id')}")
    ).to_be_visible()
    page.wait_for_timeout(500)
    assert Lead.objects.get(pk=world.leads["mine"].pk).stage.name == "Qualified"

    card.locator("h3 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/pipeline/{world.leads['mine'].pk}**")
    lost = page.get_by_role("button", name="باخته", exact=True)
    lost.focus()
    page.keyboard.press("Enter")
    page.locator("#lost-reason").focus()
    page.keyboard.press("ArrowDown")
    page.locator("dialog[open] button.primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")

    lead = Lead.objects.get(pk=world.leads["mine"].pk)
    assert lead.is_lost
    assert lead.lost_reason.name == "Too expensive"
    assert page.faults == []


def test_filter_group_and_save_as_a_favourite(as_person, world: World):
    page = as_person("manager")
    page.goto("/pipeline/?view=list")
    page.locator(".search-open").click()
    page.get_by_role("link", name="محول نشده").click()
    page.wait_for_url("**f=unassigned**")
    expect(page.locator("tbody tr")).to_have_count(1)

    page.locator(".search-open").click()
    page.locator("section", has_text="گروه‌بندی").get_by_role(
        "link", name="مرحله", exact=True
    ).click()
    page.wait_for_url("**g=stage**")
    expect(page.locator(".group-toggle")).to_have_count(1)

    page.locator(".search-open").click()
    page.locator("summary", has_text="ذخیره").last.click()
    page.locator("form[action$='/favourites'] [name=name]").fill("آزادها")
    page.locator("form[action$='/favourites'] button.primary").click()
    page.wait_for_url("**fav=**")

    page.goto("/pipeline/?view=list")
    page.locator(".search-open").click()
    page.get_by_role("link", name="آزادها").click()
    page.wait_for_url("**f=unassigned**")
    expect(page.locator(".group-toggle")).to_have_count(1)
    assert page.faults == []


def test_two_people_at_one_field_see_both_values(as_person, world: World):
    number = world.leads["unassigned"].pk
    first, second = as_person("all"), as_person("manager")
    for page in (first, second):
        page.goto(f"/pipeline/{number}")
    first.fill("#f-expected_revenue", "۵۰۰")
    first.keyboard.press("Control+s")
    first.wait_for_load_state("networkidle")
    second.fill("#f-expected_revenue", "۷۰۰")
    second.keyboard.press("Control+s")

    box = second.locator(".conflict")
    expect(box).to_contain_text("۷۰۰")
    expect(box).to_contain_text("۵۰۰")
    assert Lead.objects.get(pk=number).expected_revenue == 500


def test_what_was_typed_survives_an_expired_session(as_person, world: World):
    from sarnakh.accounts.tests.factories import PASSWORD

    page = as_person("own")
    page.goto(f"/pipeline/{world.leads['mine'].pk}")
    page.fill("#f-name", "نام تازه")
    page.context.clear_cookies(name="session")
    page.locator("[data-save-bar] button").click()
    page.wait_for_url("**/login/**")
    page.fill("[name=login]", world.users["own"].email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/pipeline/**")

    expect(page.locator("#f-name")).to_have_value("نام تازه")
