"""Sending on orders: methods, cost, the line at the end."""

from decimal import Decimal
from typing import Any

import pytest

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery, ShippingMethod, ShippingRule
from sarnakh.lib.errors import Refused
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.promotions import actions as promotions
from sarnakh.sales.shipping import actions, queries
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_order,
    make_product,
    make_tax,
    manager,
)
from sarnakh.sales.tests.promotions import make_program

pytestmark = pytest.mark.django_db


def make_method(by: Actor, price: int = 500, **values: Any) -> ShippingMethod:
    """A fixed price unless something else is said; rules as tuples of variable,
    operator, value, base, price for each."""
    rules = values.pop("rules", ())
    taxes = values.pop("taxes", [])
    product = make_product(
        by, price, name="Post", kind=Product.Kind.SERVICE, taxes=taxes
    )
    given = {"name": "Post", "provider": "rules" if rules else "fixed", **values}
    method = ShippingMethod.objects.create(product=product, company=by.company, **given)
    for place, (variable, operator, value, base, each) in enumerate(rules):
        ShippingRule.objects.create(
            method=method, sequence=place, variable=variable, operator=operator,
            value=Decimal(value), base_price=base, factor_price=each,
        )  # fmt: skip
    return method


THREE = (
    ("weight", "<=", 5, 350_000, 0),
    ("weight", "<=", 20, 150_000, 42_000),
    ("price", ">=", 50_000_000, 0, 0),
)


def goods(by: Actor, price: object = 1_000, weight: object = 1, **values: Any):
    return make_product(by, price, weight=Decimal(str(weight)), **values)


def send(order: Order, method: ShippingMethod, by: Actor, **values: Any) -> Order:
    return actions.set_shipping(order, shipping_method=method.pk, by=by, **values)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(
    ("weight", "price", "cost"),
    [(12, 1_000, 654_000), (26, 61_000_000, 0), (26, 8_000_000, None)],
)
def test_the_rules_of_the_specification(weight: int, price: int, cost: int | None):
    by = manager()
    make_method(by, rules=THREE)
    order = make_order(by, line(goods(by, price, weight)))

    [offer] = queries.offers(order)

    assert offer.unit_price == (None if cost is None else Decimal(cost))


def test_a_method_without_a_price_is_refused():
    by = manager()
    method = make_method(by, rules=THREE)
    order = make_order(by, line(goods(by, 8_000_000, 26)))

    with pytest.raises(Refused, match="not available"):
        send(order, method, by)

    assert len(lines_of(order)) == 1
    assert fresh(order).shipping_method is None


def test_the_line_stands_at_the_end_with_the_taxes_of_its_product():
    by = manager()
    method = make_method(by, 500, taxes=[make_tax(by.company, 10)], name="Courier")
    order = make_order(by, line(goods(by)))

    order = send(order, method, by)

    last = lines_of(order)[-1]
    assert (last.description, last.quantity, last.total) == ("Courier", 1, 550)
    assert last.is_delivery
    assert (order.shipping_method, order.total) == (method, 1_550)


def test_another_method_replaces_the_line():
    by = manager()
    first, second = make_method(by, 500), make_method(by, 700)
    order = send(make_order(by, line(goods(by))), first, by)

    order = send(order, second, by)

    assert [one.total for one in lines_of(order)] == [1_000, 700]
    assert fresh(order).shipping_method == second


def test_free_from_an_amount_without_the_sending_itself():
    by = manager()
    method = make_method(by, 500, free_over=1_000)
    order = make_order(by, line(goods(by, 999)))
    order = send(order, method, by)
    assert lines_of(order)[-1].total == 500

    lines.change(lines_of(order)[0], {"unit_price": Decimal(1_000)}, by=by)
    order = actions.update_shipping(order, by=by)

    assert lines_of(order)[-1].total == 0
    assert "free shipping" in lines_of(order)[-1].description


def test_margins_are_for_rules_only():
    by = manager()
    margins = {"margin_percent": Decimal(10), "margin_amount": 7}
    order = make_order(by, line(goods(by, 1_000, 2)))
    make_method(by, 500, **margins)
    make_method(by, rules=(("weight", ">", 0, 100, 50),), **margins)

    assert [one.unit_price for one in queries.offers(order)] == [500, 227]


def test_only_methods_that_reach_the_address():
    by = manager()
    make_method(by, countries="IR", zip_prefixes="11")
    near = make_contact(by, country="IR", zip="1134567890")
    far = make_contact(by, country="IR", zip="9134567890")

    def count(customer: Any) -> int:
        return len(queries.offers(make_order(by, line(goods(by)), customer=customer)))

    assert (count(near), count(far)) == (1, 0)


def test_the_weight_may_be_typed_and_services_weigh_nothing():
    by = manager()
    method = make_method(by, rules=(("weight", ">", 0, 0, 10),))
    service = goods(by, 5, 100, kind=Product.Kind.SERVICE)
    order = make_order(by, line(goods(by, 5, 3), 2), line(service))
    [offer] = queries.offers(order)
    assert offer.unit_price == 60

    order = send(order, method, by, weight=12.5)

    assert lines_of(order)[-1].total == 125
    assert fresh(order).shipping_weight == Decimal("12.5")
    with pytest.raises(InvalidValues):
        send(order, method, by, weight=-1)


def test_changes_make_the_cost_stale_and_nothing_changes_by_itself():
    by = manager()
    method = make_method(by, rules=(("weight", ">", 0, 0, 10),))
    order = send(make_order(by, line(goods(by, 5, 3))), method, by)
    assert not fresh(order).shipping_is_stale

    lines.change(lines_of(order)[0], {"quantity": Decimal(4)}, by=by)

    assert fresh(order).shipping_is_stale
    assert lines_of(order)[-1].total == 30
    actions.update_shipping(order, by=by)
    assert not fresh(order).shipping_is_stale
    assert lines_of(order)[-1].total == 120


def test_another_address_makes_it_stale():
    by = manager()
    order = send(make_order(by, line(goods(by))), make_method(by), by)

    orders.change(fresh(order), {"delivery_address": make_contact(by).pk}, by=by)

    assert fresh(order).shipping_is_stale


def test_taking_the_line_off_clears_the_method():
    by = manager()
    order = send(make_order(by, line(goods(by))), make_method(by), by)

    lines.remove([lines_of(order)[-1]], by=by)

    assert fresh(order).shipping_method is None
    assert fresh(order).total == 1_000


def test_removing_takes_line_and_method():
    by = manager()
    order = send(make_order(by, line(goods(by))), make_method(by), by)

    actions.remove_shipping(order, by=by)

    assert (fresh(order).shipping_method, fresh(order).total) == (None, 1_000)


def test_open_deliveries_follow_the_method():
    by = manager()
    order = make_order(by, line(goods(by)))
    orders.confirm(order, by=by)
    assert Delivery.objects.get().method is None
    method = make_method(by)

    send(order, method, by)

    assert Delivery.objects.get().method == method


def test_what_is_invoiced_is_not_replaced():
    by = manager()
    method = make_method(by)
    order = send(make_order(by, line(goods(by))), method, by)
    order.lines.filter(is_delivery=True).update(invoiced=Decimal(1))

    with pytest.raises(Refused, match="invoiced"):
        send(order, method, by)

    assert fresh(order).total == 1_500


def test_the_real_cost_comes_with_the_delivery():
    by = manager()
    method = make_method(
        by, rules=(("weight", ">", 0, 0, 10),), invoicing="real", name="Carrier"
    )
    order = send(make_order(by, line(goods(by, 5, 3), 4)), method, by)
    estimated = lines_of(order)[-1]
    assert estimated.total == 0
    assert "estimated cost" in estimated.description
    assert "120" in estimated.description
    orders.confirm(order, by=by)
    delivery = Delivery.objects.get()

    deliveries.validate(delivery, by=by)

    line_ = lines_of(order)[-1]
    assert (line_.description, line_.total) == ("Carrier", 120)
    assert fresh(order).total == 140


def test_free_shipping_follows_the_cost_of_sending():
    by = manager()
    make_program(by, reward={"kind": "shipping"})
    method = make_method(by, rules=(("weight", ">", 0, 0, 10),))
    order = make_order(by, line(goods(by, 5, 3)))
    promotions.apply_promotions(order, by=by)
    assert [one.total for one in lines_of(order)] == [5, 0]

    order = send(order, method, by)
    assert order.total == fresh(order).total == 5
    assert sorted(one.total for one in lines_of(order)) == [-30, 5, 30]

    actions.remove_shipping(order, by=by)
    assert fresh(order).total == 5


def test_in_another_currency_the_cost_is_converted():
    from sarnakh.money.models import CurrencyRate
    from sarnakh.sales.tests.factories import make_pricelist

    by = manager()
    CurrencyRate.objects.create(currency="USD", date="2020-01-01", price=600_000)
    make_method(by, rules=(("weight", ">", 0, 900_000, 0),))
    order = make_order(
        by, line(goods(by, 600_000)), pricelist=make_pricelist(currency="USD").pk
    )

    [offer] = queries.offers(order)

    assert offer.unit_price == Decimal("1.50")
