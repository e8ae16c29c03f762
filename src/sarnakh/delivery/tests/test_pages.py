"""A delivery in the browser: the form, its buttons and its papers."""

import re

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery, ShippingMethod, Warehouse
from sarnakh.delivery.tests.factories import (
    keeper,
    level,
    make_delivery,
    make_product,
    put,
    set_policy,
)

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(by.user)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_form_shows_the_goods_and_what_can_be_done():
    by = keeper()
    lamp = make_product(name="Lamp")
    put(lamp, 3, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))

    page = text_of(browser(by).get(f"/deliveries/{delivery.pk}"))

    for word in ("WH/OUT/00001", "Lamp", "Validate", "Check availability", "Ready"):
        assert word in page


def test_validating_asks_about_the_rest_and_makes_a_backorder():
    by = keeper()
    lamp = make_product(name="Lamp")
    put(lamp, 3, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))
    client = browser(by)

    asked = client.post(f"/deliveries/{delivery.pk}/press/validate", follow=True)
    assert "Create a backorder?" in text_of(asked)
    assert level(lamp).on_hand == 3

    client.post(f"/deliveries/{delivery.pk}/press/validate", {"backorder": "later"})
    assert Delivery.objects.get(backorder_of=delivery).moves.get().demand == 2
    assert level(lamp).on_hand == 0


def test_nothing_to_ask_when_everything_leaves():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))

    browser(by).post(f"/deliveries/{delivery.pk}/press/validate")

    delivery.refresh_from_db()
    assert delivery.state == "done"


def test_quantities_typed_in_the_lines_count():
    by = keeper()
    set_policy(by.company, backorders="never")
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))
    client = browser(by)

    typed = client.post(
        f"/deliveries/{delivery.pk}/lines/moves/{move.pk}",
        {"done": "۲", "version": "1"},
    )
    assert typed.status_code == 302
    client.post(f"/deliveries/{delivery.pk}/press/validate")

    assert level(lamp).on_hand == 3


def test_a_return_from_its_dialog_takes_persian_digits():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))
    deliveries.validate(delivery, by=by)
    client = browser(by)
    assert "at most 5" in text_of(client.get(f"/deliveries/{delivery.pk}"))

    answer = client.post(
        f"/deliveries/{delivery.pk}/press/return", {f"quantity-{move.pk}": "۲"}
    )

    coming = Delivery.objects.get(return_of=delivery)
    assert answer["Location"] == f"/deliveries/{coming.pk}"
    assert coming.moves.get().demand == 2
    assert coming.moves.get().updates_order is False


def test_the_slip_is_a_pdf():
    by = keeper()
    delivery, _moves = make_delivery(by, (make_product("consumable"), 5))

    answer = browser(by).get(f"/delivery/{delivery.pk}/slip")

    assert answer.content.startswith(b"%PDF")


def test_stock_is_counted_on_its_form():
    by = keeper()
    lamp = make_product()
    found = put(lamp, 5, by=by)

    browser(by).post(f"/stock/{found.pk}", {"on_hand": "۱۲", "version": "1"})

    assert level(lamp).on_hand == 12


def test_a_delivery_by_hand_gets_its_goods_line_by_line():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    _other, _moves = make_delivery(by, (lamp, 1))
    customer = _other.customer
    client = browser(by)

    client.post("/deliveries/new", {"customer": customer.pk})
    delivery = Delivery.objects.order_by("-pk").first()
    assert (delivery.state, delivery.number) == ("draft", "WH/OUT/00002")
    client.post(
        f"/deliveries/{delivery.pk}/lines/moves",
        {"add": "product", "product": lamp.pk, "demand": "3"},
    )
    client.post(f"/deliveries/{delivery.pk}/press/reserve")

    delivery.refresh_from_db()
    assert (delivery.state, level(lamp).reserved) == ("ready", 4)


def test_a_method_has_its_rules_on_its_form():
    by = keeper(company=make_company())
    manager = make_user(Role.SALES_MANAGER, company=by.company)
    client = Client()
    client.force_login(manager)
    post = make_product("service", name="Post")

    client.post(
        "/shipping-methods/new",
        {"name": "Post", "provider": "rules", "product": post.pk, "countries": "ایران"},
    )
    method = ShippingMethod.objects.get(name="Post")
    client.post(
        f"/shipping-methods/{method.pk}/lines/rules",
        {
            "add": "rule",
            "variable": "weight",
            "operator": "<=",
            "value": "20",
            "base_price": "150000",
            "factor_price": "42000",
            "factor": "weight",
        },
    )

    rule = method.rules.get()
    assert (rule.value, rule.base_price, rule.factor_price) == (20, 150_000, 42_000)


def test_a_country_that_there_is_not_is_refused():
    manager = make_user(Role.SALES_MANAGER)
    client = Client()
    client.force_login(manager)

    answer = client.post(
        "/shipping-methods/new",
        {
            "name": "Post",
            "provider": "fixed",
            "product": make_product("service").pk,
            "countries": "Atlantis",
        },
    )

    assert answer.status_code == 422
    assert "There is no country “Atlantis”." in text_of(answer)


def test_sales_people_see_deliveries_of_their_own_orders_only():
    by = keeper()
    goods = make_product("consumable")
    mine, hers = make_user(Role.SALES_OWN), make_user(Role.SALES_OWN)
    first, _moves = make_delivery(by, (goods, 1), salesperson_id=mine.pk)
    second, _moves = make_delivery(by, (goods, 1), salesperson_id=hers.pk)
    third, _moves = make_delivery(by, (goods, 1))
    client = Client()
    client.force_login(mine)

    seen = [client.get(f"/deliveries/{one.pk}").status_code
            for one in (first, second, third)]  # fmt: skip

    assert seen == [200, 404, 200]
    pressed = client.post(f"/deliveries/{first.pk}/press/validate")
    assert pressed.status_code == 403
    first.refresh_from_db()
    assert first.state == "ready"


def test_a_company_has_its_warehouse_from_the_start_or_from_its_first_delivery():
    by = keeper(company=make_company(language="fa"))
    assert not Warehouse.objects.filter(company=by.company).exists()

    make_delivery(by, (make_product("consumable"), 1))

    warehouse = Warehouse.objects.get(company=by.company)
    assert (warehouse.name, warehouse.code) == ("انبار اصلی", "WH")
    assert Company.objects.filter(pk=by.company.pk).exists()
