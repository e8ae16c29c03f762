"""Lists and forms as people see them."""

from typing import Any

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.money.models import CurrencyRate
from sarnakh.records.models import Change
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_lead,
    make_order,
    make_pricelist,
    make_product,
    make_tax,
    manager,
    salesperson,
    set_trade,
)

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    """Somebody's browser."""
    found = Client()
    found.force_login(by.user)
    return found


def body(answer: Any) -> str:
    """The page as text."""
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_form_shows_lines_totals_state_and_margin():
    by = manager()
    tax = make_tax(by.company, 9)
    order = make_order(by, line(make_product(by, 1_200_000, name="Door", taxes=[tax])))

    page = body(browser(by).get(f"/quotations/{order.pk}"))

    assert order.number in page
    assert "Door" in page
    assert "1,308,000" in page
    assert "108,000" in page
    assert "Margin:" in page
    assert 'aria-current="step"' in page


def test_margins_are_hidden_from_people_without_the_right():
    by = salesperson()
    order = make_order(by, line(make_product(by, 1_000)))

    page = body(browser(by).get(f"/quotations/{order.pk}"))

    assert "Margin" not in page


def test_a_product_typed_into_a_new_line_is_made_and_priced():
    by = manager()
    order = make_order(by)

    answer = browser(by).post(
        f"/quotations/{order.pk}/lines/lines",
        {"add": "product", "product": "", "product__text": "Brand new door",
         "product__new": "1", "quantity": "1", "unit_price": "0", "discount": "0",
         "description": "", "unit": "", "unit__text": ""},
        headers={"HX-Request": "true"},
    )  # fmt: skip

    assert answer.status_code == 200
    [made] = lines_of(order)
    assert made.product.name == "Brand new door"
    assert made.unit_price == 1
    assert not made.price_is_manual


def test_a_price_typed_into_a_cell_counts():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    [one] = lines_of(order)

    answer = browser(by).post(
        f"/quotations/{order.pk}/lines/lines/{one.pk}",
        {"unit_price": "1,200,000", "version": str(one.version)},
        headers={"HX-Request": "true"},
    )

    assert "1,200,000" in body(answer)
    assert Order.objects.get(pk=order.pk).total == 1_200_000


def test_two_people_in_one_cell_are_told_both_values():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    [one] = lines_of(order)
    url = f"/quotations/{order.pk}/lines/lines/{one.pk}"
    htmx = {"HX-Request": "true"}
    seen = str(one.version)
    browser(manager()).post(url, {"quantity": "7", "version": seen}, headers=htmx)

    answer = browser(by).post(url, {"quantity": "3", "version": seen}, headers=htmx)

    assert answer.status_code == 409
    assert "7" in answer.content.decode()
    assert lines_of(order)[0].quantity == 7


def test_buttons_follow_the_state():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    window = browser(by)

    draft = body(window.get(f"/quotations/{order.pk}"))
    window.post(f"/quotations/{order.pk}/press/confirm")
    confirmed = body(window.get(f"/orders/{order.pk}"))

    assert "/press/confirm" in draft
    assert "/press/mark-sent" in draft
    assert "/press/confirm" not in confirmed
    assert "/press/lock" in confirmed
    assert Order.objects.get(pk=order.pk).state == "sale"


def test_pressing_confirm_twice_confirms_once():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    window = browser(by)

    for _time in range(2):
        assert window.post(f"/quotations/{order.pk}/press/confirm").status_code == 302

    events = [change.event for change in _changes(order)]
    assert events.count("confirmed") == 1


def test_the_dialogs_for_discount_and_cancelling():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    window = browser(by)

    window.post(
        f"/quotations/{order.pk}/press/discount", {"how": "lines", "amount": "۱۰٪"}
    )
    assert Order.objects.get(pk=order.pk).total == 900

    orders.confirm(order, by=by)
    window.post(f"/orders/{order.pk}/press/cancel-asking", {"note": "Too late"})
    assert Order.objects.get(pk=order.pk).state == "cancelled"
    assert any("Too late" in change.note for change in _changes(order))


def test_the_list_sums_the_totals_up():
    by = manager()
    tax = make_tax(by.company, 9)
    for price in (1_200_000, 450_000):
        order = make_order(by, line(make_product(by, price, taxes=[tax])))
        orders.confirm(order, by=by)

    page = body(browser(by).get("/orders/?view=list"))

    assert "1,798,500" in page


def test_sums_of_several_currencies_stand_apart():
    by = manager()
    CurrencyRate.objects.create(currency="USD", date="2020-01-01", price=600_000)
    product = make_product(by, 600_000)
    make_order(by, line(product))
    dollars = make_pricelist(currency="USD")
    make_order(by, line(product), pricelist=dollars.pk)

    answer = browser(by).get("/quotations/?view=list")

    assert answer.context["totals"]["total"] == {"IRR": 600_000, "USD": 100}


def test_quotations_show_mine_first():
    by, other = manager(), manager()
    mine = make_order(by)
    theirs = make_order(other)

    page = browser(by).get("/quotations/")

    shown = {order.pk for order in page.context["records"]}
    assert mine.pk in shown
    assert theirs.pk not in shown


def test_a_new_quotation_by_the_form():
    by = manager()
    customer = make_contact(by)
    window = browser(by)
    body(window.get("/quotations/new"))

    answer = window.post(
        "/quotations/new",
        {"customer": str(customer.pk), "customer__text": customer.name,
         "salesperson": str(by.user_id), "salesperson__text": "x",
         "invoice_address__text": "", "invoice_address": "", "pricelist": "",
         "pricelist__text": "", "expires_on": "", "asks_signature__shown": "1",
         "asks_signature": "1", "prepayment_percent": "100"},
    )  # fmt: skip

    assert answer.status_code == 302
    order = Order.objects.get()
    assert order.customer == customer
    assert order.salesperson_id == by.user_id
    assert order.expires_on is not None
    assert order.invoice_address == customer


def test_an_opportunity_offers_a_quotation_and_counts_them():
    by = manager()
    customer = make_contact(by)
    lead = make_lead(by, customer=customer.pk)
    window = browser(by)
    assert "/press/quote" in body(window.get(f"/pipeline/{lead.pk}"))

    answer = window.post(f"/pipeline/{lead.pk}/press/quote")

    order = Order.objects.get()
    assert answer["Location"] == f"/quotations/{order.pk}"
    assert (order.opportunity_id, order.customer_id) == (lead.pk, customer.pk)
    assert order.origin == lead.name
    assert f"/quotations/{order.pk}" in body(window.get(f"/pipeline/{lead.pk}"))


def test_an_opportunity_without_customer_asks_first():
    by = manager()
    known = make_contact(by, name="Aria Trading", email="info@aria.ir")
    lead = make_lead(by, email="info@aria.ir", company_name="Aria Trading")
    window = browser(by)

    page = body(window.get(f"/pipeline/{lead.pk}"))
    assert "Link to an existing customer" in page
    assert f'name="contact" value="{known.pk}"' in page

    blank = window.post(f"/pipeline/{lead.pk}/press/quote-asking", {"how": "nothing"})
    assert blank["Location"] == f"/quotations/new?with=opportunity:{lead.pk}"
    assert lead.name in body(window.get(blank["Location"]))

    window.post(
        f"/pipeline/{lead.pk}/press/quote-asking",
        {"how": "link", "contact": str(known.pk)},
    )
    assert Order.objects.get().customer == known


def test_the_public_page_of_terms():
    by = manager()
    stranger = Client()
    assert stranger.get(f"/sales/terms/{by.company.pk}").status_code == 404

    set_trade(by.company, terms="<p>Pay <b>soon</b></p><script>x</script>")
    page = body(stranger.get(f"/sales/terms/{by.company.pk}"))

    assert "Pay <b>soon</b>" in page
    assert "<script>x" not in page


def _changes(order: Order) -> list[Any]:
    return list(Change.objects.filter(record_type="orders", record_id=order.pk))
