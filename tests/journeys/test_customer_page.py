"""A customer on a phone and at a desk: reads, asks, signs, gets the PDF."""

from decimal import Decimal
from typing import Any

import pytest

from sarnakh.mail import composing
from sarnakh.portal import links
from sarnakh.sales.models import Order
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, make_order, make_product, make_tax
from tests.journeys.conftest import serious
from tests.people import World

pytestmark = pytest.mark.browser


@pytest.fixture
def quotation(world: World) -> Order:
    """What a Persian customer was sent."""
    by = world.actor("own")
    customer = world.samples["contacts"]
    type(customer).objects.filter(pk=customer.pk).update(
        name="شرکت دیبا رایانه", language="fa", email="buyer@diba.example"
    )
    vat = make_tax(by.company, 10, name="ارزش افزوده ۱۰٪")
    desk = make_product(by, 12_500_000, name="میز اداری Aria 160", taxes=[vat])
    chair = make_product(by, 4_850_000, name="صندلی گردان", taxes=[vat])
    made = make_order(
        by,
        {"kind": "section", "description": "مبلمان اداری"},
        line(desk, 3, discount=Decimal(5)),
        line(chair, 12),
        {"kind": "note", "description": "تحویل در محل خریدار."},
        customer=customer,
        salesperson=by.user_id,
        asks_signature=True,
        terms="<p>۳۰٪ پیش‌پرداخت، باقی هنگام تحویل.</p>",
    )
    options.create([{"order": made.pk, "product": chair.pk}], by=by)
    return orders.mark_sent(made, by=by)


def check(page: Any) -> None:
    """Nothing on it that should not be, for eyes or for readers of screens."""
    assert page.faults == []
    assert serious(page) == []


def path_of(order: Order) -> str:
    """The customer's address."""
    order.refresh_from_db()
    url = links.url("order", order, "orders")
    return url[url.index("/p/") :]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_customer_reads_asks_and_signs(quotation: Order, open_page: Any, width: int):
    page = open_page(width=width, height=844)
    page.goto(path_of(quotation))
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.get_by_role("heading", level=1).inner_text().endswith(quotation.number)
    check(page)
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(overflow) <= 1

    page.fill("#question", "زمان تحویل چه روزی است؟")
    page.locator(".shared-ask button").click()
    page.get_by_text("زمان تحویل چه روزی است؟").last.wait_for()

    page.locator("#accept summary").click()
    page.fill("#sign-name", "سارا کریمی")
    page.locator("#accept form > button.primary").click()
    page.locator("#sign-fault [role=alert]").wait_for()
    box = page.locator("s-sign canvas").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + step * 12, box["y"] + 30 + (step % 3) * 20)
    page.mouse.up()
    page.wait_for_timeout(300)
    check(page)
    page.locator("#accept form > button.primary").click()
    page.locator(".shared-signature img").wait_for()

    quotation.refresh_from_db()
    assert quotation.state == Order.State.SALE
    assert quotation.signed_by == "سارا کریمی"
    assert len(quotation.signature_digest) == 64
    check(page)


def test_the_form_shows_letters_and_the_link(
    quotation: Order, as_person: Any, world: World
):
    composing.send_by_itself(quotation, "order", by=world.actor("own"))
    page = as_person("own")
    page.goto(f"/orders/{quotation.pk}")
    page.get_by_text("buyer@diba.example").first.wait_for()
    page.locator(".sharing summary").click()
    assert "/p/" in page.locator("#shared-link").input_value()
    check(page)
    page.goto(f"/mail/write/order/{quotation.pk}")
    page.locator("s-rich [contenteditable]").wait_for()
    check(page)
