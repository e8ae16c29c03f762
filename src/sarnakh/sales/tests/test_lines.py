"""What lines take from their product, and when prices are computed anew."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.catalog.models import Product
from sarnakh.records.errors import InvalidValues
from sarnakh.sales import errors
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.orders.showing import banners
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_order,
    make_position,
    make_pricelist,
    make_product,
    make_tax,
    make_units,
    manager,
    set_trade,
)

pytestmark = pytest.mark.django_db
TEN_FROM_TEN = {"target": "all", "min_quantity": 10, "computation": "percent",
                "percent": 10}  # fmt: skip


def test_a_product_fills_its_line():
    by = manager()
    tax = make_tax(by.company, 9)
    product = make_product(
        by, 700, name="Chair", sale_description="Oak, brown", cost=Decimal(400),
        lead_days=3, invoice_policy="delivered", taxes=[tax],
    )  # fmt: skip

    [one] = lines_of(make_order(by, line(product)))

    assert one.description == "Chair\nOak, brown"
    assert (one.unit, one.unit_price, one.discount) == (product.unit, 700, 0)
    assert (one.cost, one.lead_days, one.invoice_policy) == (400, 3, "delivered")
    assert list(one.taxes.all()) == [tax]


def test_another_product_fills_the_line_anew():
    by = manager()
    tax = make_tax(by.company, 10)
    order = make_order(by, line(make_product(by, 700), 2, unit_price=650))
    [one] = lines_of(order)

    other = make_product(by, 50, name="Lamp", taxes=[tax], cost=Decimal(20))
    changed = lines.change(one, {"product": other.pk}, by=by)

    assert (changed.description, changed.unit_price) == ("Lamp", 50)
    assert not changed.price_is_manual
    assert list(changed.taxes.all()) == [tax]
    assert (changed.cost, changed.margin) == (20, 60)
    assert Order.objects.get(pk=order.pk).total == 110


def test_a_bigger_quantity_is_priced_by_its_rule():
    by = manager()
    prices = make_pricelist(TEN_FROM_TEN)
    order = make_order(by, line(make_product(by, 1_000)), pricelist=prices.pk)
    [one] = lines_of(order)

    many = lines.change(one, {"quantity": 10}, by=by)
    few = lines.change(many, {"quantity": 9}, by=by)

    assert (many.unit_price, few.unit_price) == (900, 1_000)


def test_a_shown_discount_stands_beside_the_public_price():
    by = manager()
    prices = make_pricelist(TEN_FROM_TEN, discount_policy="shown")
    order = make_order(by, line(make_product(by, 1_000), 10), pricelist=prices.pk)

    [one] = lines_of(order)

    assert (one.unit_price, one.discount, one.subtotal) == (1_000, 10, 9_000)


def test_a_price_typed_by_hand_stays_until_prices_are_updated():
    by = manager()
    prices = make_pricelist(TEN_FROM_TEN)
    order = make_order(by, line(make_product(by, 1_000)), pricelist=prices.pk)
    [one] = lines_of(order)
    lines.change(one, {"unit_price": 777, "discount": 5}, by=by)

    kept = lines.change(lines_of(order)[0], {"quantity": 20}, by=by)
    assert (kept.unit_price, kept.price_is_manual) == (777, True)

    orders.update_prices(order, by=by)
    [fresh] = lines_of(order)
    assert (fresh.unit_price, fresh.discount, fresh.price_is_manual) == (900, 0, False)
    assert Order.objects.get(pk=order.pk).total == 18_000


def test_a_dozen_costs_twelve_times_as_much():
    by = manager()
    product = make_product(by, 100, cost=Decimal(60))
    order = make_order(by, line(product, 2))
    [one] = lines_of(order)

    dozen = lines.change(one, {"unit": make_units()["Dozen"].pk}, by=by)

    assert (dozen.unit_price, dozen.cost) == (1_200, 720)
    assert Order.objects.get(pk=order.pk).total == 2_400
    with pytest.raises(InvalidValues) as refused:
        lines.change(dozen, {"unit": make_units()["kg"].pk}, by=by)
    assert "unit" in refused.value.errors


def test_invoiced_lines_keep_their_price():
    by = manager()
    prices = make_pricelist(TEN_FROM_TEN)
    order = make_order(by, line(make_product(by, 1_000)), pricelist=prices.pk)
    OrderLine.objects.update(invoiced=Decimal(1))

    [one] = lines_of(order)

    assert lines.change(one, {"quantity": 10}, by=by).unit_price == 1_000


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quantity": Decimal(10) ** 9 + 1}, "quantity"),
        ({"quantity": -(Decimal(10) ** 10)}, "quantity"),
        ({"discount": Decimal("100.01")}, "discount"),
        ({"discount": Decimal(-5_000)}, "discount"),
        ({"unit_price": Decimal(10) ** 15}, "unit_price"),
        ({"product": None}, "product"),
        ({"kind": "section", "description": " "}, "description"),
    ],
)
def test_absurd_lines_are_refused_by_field(values: dict, field: str):
    by = manager()
    order = make_order(by)
    product = make_product(by)

    with pytest.raises(InvalidValues) as refused:
        lines.add(order, [{**line(product), **values}], by=by)

    assert field in refused.value.errors
    assert not OrderLine.objects.exists()


def test_the_biggest_sensible_line_still_fits():
    by = manager()
    product = make_product(by, 10**9)

    order = make_order(by, line(product, 10**9))

    assert order.total == 10**18
    with pytest.raises(InvalidValues):
        make_order(by, line(make_product(by, 10**10), 10**9))


def test_products_that_are_not_sold_here_are_refused():
    by = manager()
    from sarnakh.accounts.tests.factories import make_company

    elsewhere = make_product(by, company=make_company().pk)
    gone = make_product(by, active=False)
    unsold = make_product(by, is_sold=False)
    blocked = make_product(by, warning="block", warning_text="Recalled")
    order = make_order(by)

    for product, error in (
        (elsewhere, errors.OtherCompany),
        (gone, errors.NotSold),
        (unsold, errors.NotSold),
        (blocked, errors.Blocked),
    ):
        with pytest.raises(error):
            lines.add(order, [line(product)], by=by)
    assert not lines_of(order)


def test_a_product_no_longer_sold_stays_on_its_line():
    by = manager()
    product = make_product(by, 100)
    order = make_order(by, line(product))
    Product.objects.filter(pk=product.pk).update(is_sold=False)

    changed = lines.change(lines_of(order)[0], {"quantity": 3}, by=by)

    assert changed.subtotal == 300


def test_sections_have_no_figures():
    by = manager()
    order = make_order(by, {"kind": "section", "description": "Doors", "quantity": 5})
    [section] = lines_of(order)

    assert section.quantity == 0
    for values in ({"quantity": 1}, {"unit_price": 1}, {"kind": "product"}):
        with pytest.raises(InvalidValues):
            lines.change(section, values, by=by)
    assert lines.change(section, {"description": "Gates"}, by=by).description == "Gates"


# --- stale prices and taxes -----------------------------------------------------------


def test_another_price_list_offers_to_update_and_changes_nothing_silently():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000)))
    half = make_pricelist({"computation": "percent", "percent": 50})

    order = orders.change(order, {"pricelist": half.pk}, by=by)

    assert order.prices_are_stale
    assert lines_of(order)[0].unit_price == 1_000
    assert "update-prices" in {one.command for one in banners(order, by)}

    order = orders.update_prices(order, by=by)
    assert not order.prices_are_stale
    assert order.total == 500


def test_a_position_offers_to_update_taxes_and_adapts_included_prices():
    by = manager()
    eight = make_tax(by.company, 8, is_included=True)
    ten, five = make_tax(by.company, 10), make_tax(by.company, 5, is_included=True)
    order = make_order(by, line(make_product(by, 540_000, taxes=[eight])))
    excluded = make_position(by.company, (eight, ten))
    included = make_position(by.company, (eight, five))

    order = orders.change(order, {"fiscal_position": excluded.pk}, by=by)
    assert order.taxes_are_stale
    assert list(lines_of(order)[0].taxes.all()) == [eight]
    order = orders.update_taxes(order, by=by)
    [one] = lines_of(order)
    assert (one.unit_price, list(one.taxes.all())) == (500_000, [ten])
    assert (order.total, order.taxes_are_stale) == (550_000, False)

    fresh = make_order(
        by, line(make_product(by, 540_000, taxes=[eight])), fiscal_position=included.pk
    )
    [one] = lines_of(fresh)
    assert (one.unit_price, fresh.total) == (525_000, 525_000)


def test_a_customer_brings_price_list_and_terms_along():
    from sarnakh.sales.tests.factories import make_terms

    by = manager()
    prices = make_pricelist(name="Best", sequence=99)
    make_pricelist(name="Usual", sequence=1)
    firm = make_contact(by)
    make_terms(firm, by.company, pricelist=prices)
    person = make_contact(by, is_company=False, parent=firm.pk)
    order = make_order(by, line(make_product(by)))
    assert order.pricelist.name == "Usual"

    order = orders.change(order, {"customer": person.pk}, by=by)

    assert order.pricelist == prices
    assert order.prices_are_stale


# --- sums -----------------------------------------------------------------------------

figures = st.tuples(
    st.integers(-50, 50),
    st.decimals(0, 10_000, places=2),
    st.decimals(-20, 100, places=2),
    st.sampled_from(("none", "vat", "both", "included")),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(figures, min_size=1, max_size=6), st.sampled_from(("line", "document")))
def test_an_order_is_the_sum_of_its_parts(db, wanted: list, rounding: str):
    by = manager()
    set_trade(by.company, tax_rounding=rounding)
    vat, duty = make_tax(by.company, 10), make_tax(by.company, "3.5")
    inside = make_tax(by.company, 9, is_included=True)
    taxes = {"none": [], "vat": [vat.pk], "both": [vat.pk, duty.pk],
             "included": [inside.pk]}  # fmt: skip
    product = make_product(by)

    order = make_order(
        by,
        *[
            line(product, quantity, unit_price=price, discount=off, taxes=taxes[kind])
            for quantity, price, off, kind in wanted
        ],
    )

    stored = Order.objects.get(pk=order.pk)
    parts = lines_of(order)
    assert stored.untaxed == sum(one.subtotal for one in parts)
    assert stored.total == stored.untaxed + stored.tax
    assert stored.margin == sum(one.margin for one in parts)
    if rounding == "line":
        assert stored.tax == sum(one.tax for one in parts)
        assert all(one.total == one.subtotal + one.tax for one in parts)
