"""The way through the product that the guides take, in Persian."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sarnakh.accounts.roles import Role
from sarnakh.catalog.models import Product
from sarnakh.delivery.models import Delivery
from sarnakh.invoicing import seed as journals
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.money.tests.factories import make_tax
from sarnakh.portal import links
from sarnakh.rental.models import RentalOrder
from sarnakh.sales.models import Order
from sarnakh.teams.models import Team
from tests.journeys.conftest import serious
from tests.people import World

pytestmark = pytest.mark.browser
TEAM = "آذر چوب"


@pytest.fixture
def seller(world: World, as_person: Any) -> Page:
    """A sales manager who bills and delivers too, with the taxes of the land."""
    manager = world.users["manager"]
    manager.roles = [*manager.roles, Role.BILLING.value, Role.STOCK.value]
    manager.save(update_fields=["roles"])
    company = manager.company
    type(company).objects.filter(pk=company.pk).update(
        language="fa", calendar="jalali", country="IR", currency="IRR"
    )
    company.refresh_from_db()
    journals.seed(company)
    make_tax(company, 9, name="ارزش افزوده فروش ۹٪")
    page: Page = as_person("manager")
    return page


def settled(page: Page) -> None:
    """Everything that was asked for is there."""
    page.wait_for_load_state("networkidle")


def press(page: Page, name: str) -> None:
    """A button in the head of a form."""
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def agree(page: Page) -> None:
    """The first button of the open dialog."""
    page.locator("dialog[open] .dialog-foot button.primary").click()
    settled(page)


def save(page: Page, url: str) -> None:
    """Save a new record and wait for its page."""
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(url))
    settled(page)


def make_team(page: Page) -> None:
    """From the dashboard."""
    page.goto("/dashboard/")
    page.get_by_role("link", name="تیم جدید").click()
    page.fill("#f-name", TEAM)
    save(page, r"/teams/\d+")


def card(page: Page) -> Locator:
    """The team's card."""
    page.goto("/dashboard/")
    return page.locator("li.team-card", has_text=TEAM)


def make_lead(page: Page, name: str) -> None:
    """An opportunity of the team, with nothing but a name."""
    page.goto("/pipeline/")
    page.locator("section.column [data-quick]").first.click()
    form = page.locator("form.quick")
    form.locator("[name=name]").fill(name)
    form.get_by_role("button", name="افزودن").click()
    found = page.locator("article.card", has_text=name)
    expect(found).to_be_visible()
    page.goto(str(found.locator("h3 a").evaluate("a => a.href")))
    choose(page, page.locator("[name=team__text]"), TEAM)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-save-bar]")).to_be_hidden()
    settled(page)


def choose(page: Page, field: Locator, text: str) -> None:
    """Type into a link field and take the first suggestion."""
    field.click()
    field.fill(text)
    page.locator("[role=option]:visible", has_text=text).first.click()


def line(page: Page) -> Locator:
    """The last line of the document."""
    return page.locator("#lines-lines tbody tr[data-key]").last


def add_product(page: Page, name: str) -> None:
    """A line with a product that is made on the fly when nobody knows it."""
    page.locator("#lines-lines a[data-add=product]").click()
    new = page.locator("#lines-lines tr[data-key=new]")
    choose(page, new.locator("[name=product__text]"), name)
    expect(page.locator("#lines-lines tr[data-key=new]")).to_have_count(0)


def sent(page: Page, name: str) -> Any:
    """Wait for the answer to a change of a cell."""
    return page.expect_response(
        lambda answer: (
            "/lines/" in answer.url
            and f'name="{name}' in (answer.request.post_data or "")
        )
    )


def put(page: Page, name: str, text: str) -> None:
    """Type into a cell of the last line that holds a product."""
    field = page.locator(f"s-lines tbody [name={name}]").last
    field.fill(text)
    with sent(page, name):
        field.press("Tab")
    page.wait_for_timeout(100)


def set_tax(page: Page, rate: str) -> None:
    """The only tax of the last line."""
    cell = line(page).locator("s-tags[data-name=taxes]")
    for _n in range(cell.locator(".tag").count()):
        with sent(page, "taxes"):
            cell.locator("button[data-remove]").first.click()
        page.wait_for_timeout(100)
    cell.locator("[role=combobox]").fill(rate)
    with sent(page, "taxes"):
        page.locator("[role=option]:visible", has_text=rate).first.click()
    page.wait_for_timeout(100)


def foot(page: Page) -> Locator:
    """The totals."""
    return page.locator("#lines-lines-foot")


def bill(page: Page) -> None:
    """An invoice of the order on the screen, posted."""
    press(page, "ایجاد فاکتور")
    agree(page)
    page.wait_for_url(re.compile(r"/invoices/\d+"))
    press(page, "ثبت")
    expect(page.locator("main")).to_contain_text("ثبت‌شده")


def test_a_rental_fills_the_bar_of_its_team(seller: Page, world: World):
    page = seller
    make_team(page)
    target = card(page)
    target.locator("summary.link").click()
    target.locator("[name=target]").fill("۱۰۰٬۰۰۰٬۰۰۰")
    target.get_by_role("button", name="ذخیره").click()
    settled(page)
    assert Team.objects.get(name=TEAM).invoicing_target == 100_000_000
    assert serious(page) == []

    make_lead(page, "اجاره بطری آب")
    press(page, "اجاره جدید")
    expect(page.locator("dialog[open]")).to_contain_text("ایجاد مشتری جدید")
    assert serious(page) == []
    agree(page)
    page.wait_for_url(re.compile(r"/rentals/\d+"))
    add_product(page, "بطری آب")
    put(page, "unit_price", "۱٬۲۰۰٬۰۰۰")
    page.locator("main").get_by_role("link", name="سفارش فروش").first.click()
    page.wait_for_url(re.compile(r"/quotations/\d+"))
    set_tax(page, "۹")
    expect(foot(page)).to_contain_text("۱۰۸٬۰۰۰")
    expect(foot(page)).to_contain_text("۱٬۳۰۸٬۰۰۰")
    order = Order.objects.latest("pk")
    assert (order.untaxed, order.tax, order.total) == (1_200_000, 108_000, 1_308_000)
    assert serious(page) == []
    press(page, "تایید")
    address = page.url

    rental = RentalOrder.objects.latest("pk")
    page.goto(f"/rentals/{rental.pk}")
    press(page, "تحویل")
    agree(page)
    rental.refresh_from_db()
    assert rental.status == RentalOrder.Status.OUT
    page.goto(address)
    bill(page)
    invoice = Invoice.objects.filter(state="posted").latest("pk")
    assert (invoice.untaxed, invoice.total) == (1_200_000, 1_308_000)
    assert serious(page) == []
    found = card(page)
    expect(found.locator(".team-target")).to_contain_text("۱٬۲۰۰٬۰۰۰")
    expect(found.locator(".team-target")).to_contain_text("۱۰۰٬۰۰۰٬۰۰۰")
    assert float(found.locator("progress").get_attribute("value") or 0) == 1.2

    # A second order of the team: the list says what both come to.
    make_lead(page, "تعمیر بطری آب")
    press(page, "پیش‌فاکتور جدید")
    agree(page)
    page.wait_for_url(re.compile(r"/quotations/\d+"))
    add_product(page, "سرویس دوره‌ای")
    put(page, "unit_price", "۴۵۰٬۰۰۰")
    set_tax(page, "۹")
    expect(foot(page)).to_contain_text("۴۹۰٬۵۰۰")
    press(page, "تایید")
    found = card(page)
    found.locator("summary.icon-only").click()
    found.get_by_role("link", name="سفارش‌های فروش").first.click()
    page.wait_for_url("**/orders/**")
    expect(page.locator("tfoot")).to_contain_text("۱٬۷۹۸٬۵۰۰")
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_quotation_is_signed_delivered_in_part_and_paid(
    seller: Page, world: World, open_page: Any
):
    page = seller
    make_team(page)
    make_lead(page, "تجهیز دفتر نور")
    press(page, "پیش‌فاکتور جدید")
    agree(page)
    page.wait_for_url(re.compile(r"/quotations/\d+"))
    page.locator("#lines-lines a[data-add=section]").click()
    page.locator("tr[data-key=new] textarea, tr[data-key=new] input").first.fill(
        "مبلمان"
    )
    page.keyboard.press("Tab")
    expect(page.locator("tr[data-key=new]")).to_have_count(0)
    add_product(page, "میز کارشناسی")
    put(page, "unit_price", "۹۶٬۰۰۰٬۰۰۰")
    put(page, "quantity", "۱۰")
    page.locator("#lines-lines a[data-add=note]").click()
    page.locator("tr[data-key=new] textarea").first.fill(
        "رنگ هنگام تأیید انتخاب می‌شود."
    )
    page.keyboard.press("Tab")
    expect(page.locator("tr[data-key=new]")).to_have_count(0)
    order = Order.objects.latest("pk")
    assert order.untaxed == 960_000_000
    assert list(order.lines.order_by("sequence").values_list("kind", flat=True)) == [
        "section",
        "product",
        "note",
    ]
    page.reload()
    press(page, "علامت‌گذاری به‌عنوان ارسال‌شده")
    order.refresh_from_db()
    assert order.state == Order.State.SENT
    assert serious(page) == []

    shared = links.url("order", order, "orders")
    customer = open_page(width=390, height=844)
    customer.goto(shared[shared.index("/p/") :])
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert customer.evaluate(overflow) <= 1
    customer.locator("#accept summary").click()
    customer.fill("#sign-name", "سارا کریمی")
    customer.locator("s-sign canvas").scroll_into_view_if_needed()
    customer.wait_for_timeout(300)
    box = customer.locator("s-sign canvas").bounding_box()
    customer.mouse.move(box["x"] + 30, box["y"] + 30)
    customer.mouse.down()
    for step in range(1, 12):
        customer.mouse.move(box["x"] + 30 + step * 12, box["y"] + 30 + (step % 3) * 20)
    customer.mouse.up()
    customer.wait_for_timeout(300)
    assert serious(customer) == []
    customer.locator("#accept form > button.primary").click()
    customer.locator(".shared-signature img").wait_for()
    order.refresh_from_db()
    assert order.state == Order.State.SALE
    assert order.signed_by == "سارا کریمی"

    delivery = Delivery.objects.get(order_link__order=order)
    page.goto(f"/deliveries/{delivery.pk}")
    put(page, "done", "۶")
    press(page, "تایید")
    page.wait_for_url("**/backorder")
    assert serious(page) == []
    press(page, "ایجاد سفارش معوق")
    assert Delivery.objects.get(backorder_of=delivery).moves.get().demand == 4
    order.refresh_from_db()
    assert order.delivery_status == "partial"

    page.goto(f"/orders/{order.pk}")
    bill(page)
    press(page, "ثبت پرداخت")
    assert serious(page) == []
    agree(page)
    expect(page.locator("main")).to_contain_text("پرداخت‌شده")
    invoice = Invoice.objects.filter(state="posted").latest("pk")
    assert (invoice.residual, invoice.payment_state) == (0, "paid")
    assert Payment.objects.filter(amount=invoice.total).count() == 1
    assert page.faults == []  # type: ignore[attr-defined]


def test_what_makes_no_sense_is_said_beside_it_and_a_double_click_confirms_once(
    seller: Page, world: World
):
    page = seller
    make_team(page)
    make_lead(page, "خرید کمد")
    press(page, "پیش‌فاکتور جدید")
    agree(page)
    page.wait_for_url(re.compile(r"/quotations/\d+"))
    add_product(page, "کمد رختکن")
    put(page, "unit_price", "۳۹٬۰۰۰٬۰۰۰")
    before = Order.objects.latest("pk").total
    put(page, "discount", "۱۲۰")
    expect(line(page).locator(".error")).to_be_visible()
    put(page, "discount", "۰")
    put(page, "quantity", "۹۹۹۹۹۹۹۹۹۹۹۹۹۹۹")
    expect(line(page).locator(".error")).to_be_visible()
    order = Order.objects.latest("pk")
    assert order.total == before
    assert order.lines.get().quantity == 1

    page.reload()
    confirm = page.locator("main").get_by_role("button", name="تایید", exact=True).first
    confirm.dblclick()
    expect(page.locator("main")).to_contain_text("سفارش فروش")
    settled(page)
    order.refresh_from_db()
    assert order.state == Order.State.SALE
    assert Delivery.objects.filter(order_link__order=order).count() == 1
    assert Product.objects.filter(name="کمد رختکن").count() == 1
