"""One coupon, one place in a program, one card: wanted twice in the same moment."""

from decimal import Decimal

import pytest
from django.utils import translation

from sarnakh.crm.tests.test_races import together
from sarnakh.lib.errors import Refused
from sarnakh.sales.models import Coupon, Order, OrderReward
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.promotions import actions
from sarnakh.sales.tests.factories import (
    line,
    make_contact,
    make_order,
    make_product,
    manager,
)
from sarnakh.sales.tests.promotions import make_coupon, make_program, points

pytestmark = pytest.mark.django_db(transaction=True)


def confirm(order: Order, by) -> Order:
    with translation.override("en"):
        return orders.confirm(Order.objects.get(pk=order.pk), by=by)


def test_one_coupon_confirms_one_order():
    by = manager()
    coupon = make_coupon(make_program(by, "coupons"), by)
    product = make_product(by, 1_000)
    found = [make_order(by, line(product)) for _number in range(3)]
    for order in found:
        actions.apply_code(order, code=coupon.code, by=by)

    results = together(*[lambda o=order: confirm(o, by) for order in found])

    refused = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in refused if not isinstance(one, Refused)] == []
    assert {one.code for one in refused} == {"not-enough-points"}
    assert Order.objects.filter(state="sale").count() == 1
    assert points(coupon) == 0


def test_a_double_click_spends_once():
    by = manager()
    coupon = make_coupon(make_program(by, "coupons"), by, points=Decimal(5))
    order = make_order(by, line(make_product(by, 1_000)))
    actions.apply_code(order, code=coupon.code, by=by)

    results = together(*[lambda: confirm(order, by) for _number in range(3)])

    assert [one.state for one in results] == ["sale"] * 3
    assert points(coupon) == 4


def test_the_last_use_of_a_program_is_for_one_order():
    by = manager()
    make_program(by, usage_limit=1)
    product = make_product(by, 1_000)
    found = [make_order(by, line(product)) for _number in range(3)]

    results = together(
        *[lambda o=order: actions.apply_promotions(o, by=by) for order in found]
    )

    assert len([one for one in results if isinstance(one, Refused)]) == 2
    assert OrderReward.objects.count() == 1


def test_a_customer_gets_one_card_with_all_points():
    by = manager()
    make_program(by, "loyalty")
    customer, product = make_contact(by), make_product(by, 1_000)
    found = [make_order(by, line(product), customer=customer) for _number in range(3)]

    results = together(*[lambda o=order: confirm(o, by) for order in found])

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Coupon.objects.get().points == 3_000
