"""A rental from its quotation to the return of the last unit."""

import datetime as dt
from decimal import Decimal

import pytest

from sarnakh.crm.tests.factories import make_lead, manager, salesperson
from sarnakh.delivery.models import Delivery
from sarnakh.delivery.tests.factories import level
from sarnakh.invoicing.models import Invoice
from sarnakh.lib.errors import Refused
from sarnakh.records.errors import InvalidValues
from sarnakh.rental.errors import (
    NotReserved,
    ReturnsBeforePickup,
    Shortage,
    TooMany,
    TooShort,
)
from sarnakh.rental.models import RentalOrder, RentalPrice
from sarnakh.rental.orders import actions as rentals
from sarnakh.rental.queries import free
from sarnakh.rental.tests.factories import (
    DAY,
    HOUR,
    START,
    fresh,
    lines_of,
    make_rental,
    make_reserved,
    make_tool,
    set_terms,
)
from sarnakh.sales.billing import actions as billing
from sarnakh.sales.lines import actions as order_lines
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import make_product, make_tax, set_trade

pytestmark = pytest.mark.django_db


def order_of(rental: RentalOrder) -> Order:
    """Its order as stored now."""
    return Order.objects.get(pk=rental.order_id)


def test_the_walk_of_the_guide_a_bottle_of_water_for_rent():
    by = manager()
    vat = make_tax(by.company, 9)
    bottle = make_product(by, 1_200_000, name="بطری آب", taxes=[vat])

    rental = make_rental(by, (bottle, 1))
    order = order_of(rental)
    assert (order.untaxed, order.tax, order.total) == (1_200_000, 108_000, 1_308_000)

    rental = rentals.confirm(rental, by=by)
    assert (rental.status, rental.pickup_due_at) == ("reserved", START)
    assert not Delivery.objects.exists()
    rental = rentals.pick_up(rental, by=by)
    assert (rental.status, rental.return_due_at) == ("out", START + DAY)
    assert order_of(rental).lines.get().delivered == 1

    [invoice] = billing.create_invoices([order_of(rental)], by=by)
    assert Invoice.objects.get(pk=invoice.pk).total == 1_308_000
    rental = rentals.give_back(rental, at=START + DAY, by=by)
    assert rental.status == "returned"


def test_the_period_makes_price_and_words():
    by = manager()
    tool = make_tool(by, name="Drill")
    RentalPrice.objects.create(product=tool, unit="week", price=2_900_000)

    rental = make_rental(by, (tool, 2), days=6)

    line = order_of(rental).lines.get()
    assert (line.unit_price, line.subtotal) == (2_900_000, 5_800_000)
    assert line.description.startswith("Drill\n")
    assert "→" in line.description


def test_goods_that_come_back_cost_the_sale_nothing():
    by = manager()
    rental = make_rental(by, (make_tool(by, daily=1_200_000, cost=98_000_000), 2))
    line = rental.order.lines.get()
    assert line.cost == 0
    assert line.margin == line.subtotal == 2_400_000
    rentals.change_line(rental.lines.get(), {"quantity": Decimal(3)}, by=by)
    line.refresh_from_db()
    assert (line.cost, line.margin) == (0, 3_600_000)


def test_another_period_makes_prices_stale_until_they_are_updated():
    by = manager()
    rental = make_rental(by, (make_tool(by), 1))

    rental = rentals.change(rental, {"returns_at": START + 3 * DAY}, by=by)
    assert rental.prices_are_stale
    assert order_of(rental).untaxed == 520_000

    rental = rentals.update_prices(rental, by=by)
    assert not rental.prices_are_stale
    assert order_of(rental).untaxed == 3 * 520_000


def test_the_return_is_after_the_pickup():
    by = manager()
    rental = make_rental(by, (make_tool(by), 1))

    with pytest.raises(ReturnsBeforePickup):
        rentals.change(rental, {"returns_at": START}, by=by)

    assert fresh(rental).returns_at == START + DAY


def test_too_short_a_rental_is_refused():
    by = manager()
    tool = make_tool(by, name="Drill")
    set_terms(tool, min_hours=48)

    with pytest.raises(TooShort, match="at least 48 hours"):
        make_rental(by, (tool, 1))


def test_without_units_nothing_is_confirmed():
    by = manager()
    tool = make_tool(by, 3, name="Drill")
    make_reserved(by, (tool, 2))
    other = make_rental(by, (tool, 2))

    with pytest.raises(Shortage, match="Only 1 of “Drill”"):
        rentals.confirm(other, by=by)

    assert fresh(other).status == "quotation"
    assert order_of(other).state == "draft"


def test_a_manager_may_confirm_all_the_same():
    by = manager()
    tool = make_tool(by, 1)
    rental = make_rental(by, (tool, 2))

    rental = rentals.confirm(rentals.allow_shortage(rental, by=by), by=by)

    assert rental.status == "reserved"


def test_others_may_not_allow_a_shortage():
    from django.core.exceptions import PermissionDenied

    by = manager()
    seller = salesperson(company=by.company)
    rental = make_rental(seller, (make_tool(by, 1), 2))

    with pytest.raises(PermissionDenied):
        rentals.allow_shortage(rental, by=seller)


def test_one_after_the_other_shares_a_unit_but_not_within_the_time_between():
    by = manager()
    tool = make_tool(by, 1)
    set_terms(tool, padding_hours=3)
    make_reserved(by, (tool, 1))
    ends = START + DAY

    too_early = make_rental(by, (tool, 1), starts_at=ends + 2 * HOUR)
    with pytest.raises(Shortage):
        rentals.confirm(too_early, by=by)

    later = make_rental(by, (tool, 1), starts_at=ends + 3 * HOUR)
    assert rentals.confirm(later, by=by).status == "reserved"


def test_what_is_overdue_occupies_until_it_is_back():
    by = manager()
    tool = make_tool(by, 1)
    past = dt.datetime.now(dt.UTC) - 3 * DAY
    late = make_reserved(by, (tool, 1), starts_at=past)
    rentals.pick_up(late, by=by)

    assert free([tool], by.company, START, START + DAY)[tool.pk] == 0
    rentals.give_back(late, by=by)
    assert free([tool], by.company, START, START + DAY)[tool.pk] == 1


def test_quotations_reserve_nothing_and_cancelled_ones_give_back():
    by = manager()
    tool = make_tool(by, 1)
    make_rental(by, (tool, 1))
    rental = make_reserved(by, (tool, 1))
    assert free([tool], by.company, START, START + DAY)[tool.pk] == 0

    rental = rentals.cancel(rental, by=by)

    assert (rental.status, rental.pickup_due_at) == ("cancelled", None)
    assert free([tool], by.company, START, START + DAY)[tool.pk] == 1


def test_parts_are_picked_up_and_returned():
    by = manager()
    tool = make_tool(by, 5)
    rental = make_reserved(by, (tool, 3))
    (line,) = lines_of(rental)

    rental = rentals.pick_up(rental, {line.pk: Decimal(2)}, by=by)
    assert rental.status == "reserved"
    stored = level(tool)
    assert (stored.on_hand, stored.rented) == (3, 2)

    rental = rentals.pick_up(rental, by=by)
    assert rental.status == "out"
    rental = rentals.give_back(rental, {line.pk: Decimal(1)}, by=by)
    assert rental.status == "out"
    rental = rentals.give_back(rental, by=by)
    assert rental.status == "returned"
    stored = level(tool)
    assert (stored.on_hand, stored.rented) == (5, 0)


def test_not_more_than_reserved_and_not_more_than_out():
    by = manager()
    tool = make_tool(by, 5, name="Drill")
    rental = make_reserved(by, (tool, 3))
    (line,) = lines_of(rental)

    with pytest.raises(TooMany, match="At most 3"):
        rentals.pick_up(rental, {line.pk: Decimal(4)}, by=by)
    with pytest.raises(TooMany, match="At most 0"):
        rentals.give_back(rental, {line.pk: Decimal(1)}, by=by)
    assert level(tool).on_hand == 5


def test_doing_it_twice_has_one_effect():
    by = manager()
    tool = make_tool(by, 5)
    rental = make_reserved(by, (tool, 3))

    rentals.pick_up(rental, by=by)
    rentals.pick_up(rental, by=by)
    assert level(tool).rented == 3

    rentals.give_back(rental, by=by)
    rentals.give_back(rental, by=by)
    assert (level(tool).on_hand, level(tool).rented) == (5, 0)


def test_a_quotation_is_not_picked_up():
    by = manager()
    rental = make_rental(by, (make_tool(by, 5), 3))

    with pytest.raises(NotReserved):
        rentals.pick_up(rental, by=by)


def test_what_comes_back_late_costs_a_fee():
    by = manager()
    tool = make_tool(by, 5, name="Drill")
    set_terms(tool, day_fee=200_000, hour_fee=30_000)
    rental = make_reserved(by, (tool, 2))
    rentals.pick_up(rental, by=by)
    before = order_of(rental).untaxed

    late = START + DAY + dt.timedelta(days=1, hours=5, minutes=40)
    rentals.give_back(rental, at=late, by=by)

    order = order_of(rental)
    fee = order.lines.get(description="Late return: Drill")
    assert (fee.quantity, fee.unit_price, fee.subtotal) == (2, 350_000, 700_000)
    assert order.untaxed - before == 700_000


def test_within_the_tolerance_nothing_is_due():
    by = manager()
    tool = make_tool(by, 5)
    set_terms(tool, day_fee=200_000, hour_fee=30_000)
    rental = make_reserved(by, (tool, 2))
    rentals.pick_up(rental, by=by)

    rentals.give_back(rental, at=START + DAY + 2 * HOUR, by=by)

    assert order_of(rental).lines.count() == 1


def test_a_locked_order_is_owed_the_fee_as_well():
    by = manager()
    set_trade(by.company, locks_confirmed=True)
    tool = make_tool(by, 5)
    set_terms(tool, day_fee=200_000)
    rental = make_reserved(by, (tool, 1))
    rentals.pick_up(rental, by=by)

    rentals.give_back(rental, at=START + 3 * DAY, by=by)

    assert order_of(rental).lines.count() == 2
    assert order_of(rental).is_locked


def test_extending_what_is_out_costs_the_difference():
    by = manager()
    tool = make_tool(by, 5)
    rental = make_reserved(by, (tool, 2))
    rental = rentals.pick_up(rental, by=by)

    rental = rentals.change(rental, {"returns_at": START + 3 * DAY}, by=by)

    first, extension = order_of(rental).lines.order_by("sequence")
    assert (first.unit_price, extension.unit_price) == (520_000, 1_040_000)
    assert extension.quantity == 2
    assert rental.return_due_at == START + 3 * DAY
    rental = rentals.change(rental, {"returns_at": START + 4 * DAY}, by=by)
    assert order_of(rental).lines.order_by("sequence").last().unit_price == 520_000


def test_what_is_out_is_not_extended_into_somebody_elses_rental():
    by = manager()
    tool = make_tool(by, 1)
    rental = rentals.pick_up(make_reserved(by, (tool, 1)), by=by)
    make_reserved(by, (tool, 1), starts_at=START + 2 * DAY)

    with pytest.raises(Shortage):
        rentals.change(rental, {"returns_at": START + 3 * DAY}, by=by)

    assert fresh(rental).returns_at == START + DAY


def test_what_is_reserved_is_priced_anew_with_its_period():
    by = manager()
    rental = make_reserved(by, (make_tool(by, 1), 1))

    rental = rentals.change(rental, {"returns_at": START + 2 * DAY}, by=by)

    assert order_of(rental).untaxed == 2 * 520_000


def test_a_line_can_have_its_own_period():
    by = manager()
    rental = make_rental(by, (make_tool(by), 1), (make_tool(by), 1))
    first, second = lines_of(rental)

    rentals.change_line(first, {"returns_at": START + 5 * DAY}, by=by)
    rentals.change(rental, {"returns_at": START + 2 * DAY}, by=by)

    first, second = lines_of(rental)
    assert first.returns_at == START + 5 * DAY
    assert second.returns_at == START + 2 * DAY


def test_less_than_picked_up_cannot_be_ordered():
    by = manager()
    rental = make_reserved(by, (make_tool(by, 5), 3))
    (line,) = lines_of(rental)
    rentals.pick_up(rental, {line.pk: Decimal(2)}, by=by)

    with pytest.raises(Refused):
        rentals.change_line(line, {"quantity": Decimal(1)}, by=by)
    rentals.change_line(lines_of(rental)[0], {"quantity": Decimal(2)}, by=by)

    assert fresh(rental).status == "out"


def test_more_of_a_reserved_rental_must_be_free_too():
    by = manager()
    rental = make_reserved(by, (make_tool(by, 3), 3))

    with pytest.raises(Shortage):
        rentals.change_line(lines_of(rental)[0], {"quantity": Decimal(4)}, by=by)

    assert lines_of(rental)[0].quantity == 3


def test_deposits_are_invoiced_and_given_back():
    by = manager()
    deposit = make_product(by, 1_000_000, kind="service", name="Deposit")
    tool = make_tool(by, 5)
    set_terms(tool, deposit_product=deposit)
    rental = make_reserved(by, (tool, 2))
    order = order_of(rental)
    paid = order.lines.get(product=deposit)
    assert (paid.quantity, paid.tax, order.untaxed) == (2, 0, 1_040_000 + 2_000_000)

    billing.create_invoices([order], by=by)
    rentals.pick_up(rental, by=by)
    rentals.give_back(rental, at=START + DAY, by=by)

    refund = Invoice.objects.order_by("pk").last()
    assert (refund.kind, abs(refund.total)) == ("credit-note", 2_000_000)


def test_a_rentable_product_on_the_order_itself_is_rented():
    by = manager()
    rental = make_rental(by)
    tool = make_tool(by)
    plain = make_product(by, 7)
    order = order_of(rental)

    order_lines.add(order, [{"product": tool.pk}, {"product": plain.pk}], by=by)

    (line,) = lines_of(rental)
    assert (line.product, line.unit_price) == (tool, 520_000)
    orders.confirm(order_of(rental), by=by)
    # What is sold besides is delivered.
    assert Delivery.objects.get().moves.get().product == plain


def test_a_rental_takes_over_what_the_opportunity_knows():
    by = manager()
    customer = make_rental(by).customer
    lead = make_lead(by, name="Fair", customer=customer.pk)

    rental = rentals.create([{"opportunity": lead.pk}], by=by)[0]

    assert (rental.customer, rental.opportunity) == (customer, lead)
    assert rental.order.origin == "Fair"
    assert rental.returns_at - rental.starts_at == DAY
    assert (rental.starts_at.minute, rental.starts_at.second) == (0, 0)


def test_prices_of_a_confirmed_rental_stay():
    by = manager()
    rental = make_reserved(by, (make_tool(by, 1), 1))

    with pytest.raises(InvalidValues):
        rentals.update_prices(rental, by=by)
