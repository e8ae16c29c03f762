"""Amounts of lines and orders, with the numbers of the specification."""

from decimal import Decimal

import pytest

from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.totals import block
from sarnakh.sales.margins import percent
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_order,
    make_product,
    make_tax,
    manager,
    set_trade,
)

pytestmark = pytest.mark.django_db


def test_a_door_of_1_200_000_with_9_per_cent_costs_1_308_000():
    by = manager()
    door = make_product(by, 1_200_000, taxes=[make_tax(by.company, 9)])

    order = make_order(by, line(door))

    assert (order.untaxed, order.tax, order.total) == (1_200_000, 108_000, 1_308_000)


def test_seven_of_187_500_less_12_and_a_half_per_cent():
    by = manager()
    product = make_product(by, 187_500, taxes=[make_tax(by.company, 10)])

    order = make_order(by, line(product, 7, discount=Decimal("12.5")))

    [one] = lines_of(order)
    assert (one.subtotal, one.tax, one.total) == (1_148_438, 114_844, 1_263_282)
    assert order.total == 1_263_282
    assert order.undiscounted == 1_312_501


def test_a_discount_has_two_decimals():
    by = manager()
    order = make_order(by, line(make_product(by), discount=Decimal("14.286")))

    assert lines_of(order)[0].discount == Decimal("14.29")


def test_taxes_are_rounded_per_line_or_once_for_the_document():
    by = manager()
    tax = make_tax(by.company, 10)
    wanted = [line(make_product(by, price, taxes=[tax])) for price in
              (12_345, 6_785, 4_444)]  # fmt: skip

    per_line = make_order(by, *wanted)
    set_trade(by.company, tax_rounding="document")
    per_document = make_order(by, *wanted)

    assert (per_line.untaxed, per_line.tax, per_line.total) == (23_574, 2_358, 25_932)
    assert (per_document.tax, per_document.total) == (2_357, 25_931)


def test_a_price_that_includes_its_tax():
    by = manager()
    vat = make_tax(by.company, 10, is_included=True)

    order = make_order(by, line(make_product(by, 199_990, taxes=[vat])))

    assert (order.untaxed, order.tax, order.total) == (181_809, 18_181, 199_990)


def test_the_totals_block_has_a_row_for_each_tax_group():
    by = manager()
    vat, duty = make_tax(by.company, 10), make_tax(by.company, 3)
    order = make_order(
        by,
        line(make_product(by, 1_000, taxes=[vat, duty])),
        line(make_product(by, 500, taxes=[vat])),
    )

    found = block(order)

    assert [(row.base, row.amount) for row in found.rows] == [(1_500, 150), (1_000, 30)]
    assert found.total == order.total == 1_680


def test_the_margin_is_what_is_left_after_costs():
    by = manager()
    product = make_product(by, 1_600_000, cost=Decimal(1_150_000))

    order = make_order(by, line(product, 4, discount=Decimal(5)))

    assert order.untaxed == 6_080_000
    assert order.margin == 1_480_000
    assert percent(order.margin, order.untaxed) == Decimal("24.34")


@pytest.mark.parametrize(
    ("margin", "untaxed", "share"),
    [(0, 100, "0"), (100, 100, "100"), (-50, -50, "100"), (5, 0, "0")],
)
def test_margins_in_per_cent(margin: int, untaxed: int, share: str):
    assert percent(margin, untaxed) == Decimal(share)


def test_selling_at_cost_leaves_nothing():
    by = manager()

    order = make_order(by, line(make_product(by, 900, cost=Decimal(900))))

    assert (order.margin, percent(order.margin, order.untaxed)) == (0, 0)


def test_a_line_without_cost_is_all_margin():
    by = manager()

    order = make_order(by, line(make_product(by, 900)))

    assert percent(order.margin, order.untaxed) == 100


def test_sections_and_notes_cost_nothing():
    by = manager()

    order = make_order(
        by,
        {"kind": "section", "description": "Doors"},
        line(make_product(by, 700)),
        {"kind": "note", "description": "Made of oak"},
    )

    assert order.total == 700
    assert [one.subtotal for one in lines_of(order)] == [0, 700, 0]


def test_negative_quantities_are_returns():
    by = manager()
    product = make_product(by, 1_000, taxes=[make_tax(by.company, 10)])

    order = make_order(by, line(product, -2))

    assert (order.untaxed, order.tax, order.total) == (-2_000, -200, -2_200)


def test_changing_and_removing_a_line_keeps_the_sums_right():
    by = manager()
    order = make_order(by, line(make_product(by, 100)), line(make_product(by, 50)))
    first, second = lines_of(order)

    lines.change(first, {"quantity": Decimal(3)}, by=by)
    assert Order.objects.get(pk=order.pk).total == 350

    lines.remove([second], by=by)
    assert Order.objects.get(pk=order.pk).total == 300


def test_two_orders_of_the_guide_are_1_798_500_together():
    by = manager()
    tax = make_tax(by.company, 9)
    made = [
        make_order(by, line(make_product(by, price, taxes=[tax])))
        for price in (1_200_000, 450_000)
    ]

    for order in made:
        orders.confirm(order, by=by)

    assert [order.total for order in made] == [1_308_000, 490_500]
    assert sum(order.total for order in Order.objects.all()) == 1_798_500
