"""From a confirmed order to the customer's door, and what the order learns of it."""

import datetime as dt
from decimal import Decimal

import pytest

from sarnakh.accounts.roles import Role
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.catalog.models import Product, Unit
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery
from sarnakh.delivery.tests.factories import put
from sarnakh.records import guarded
from sarnakh.records.errors import InvalidValues
from sarnakh.records.models import Change
from sarnakh.sales.delivering.schedule import dates
from sarnakh.sales.delivering.status import status
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_order,
    make_product,
    manager,
    set_trade,
)
from sarnakh.sales.types import ORDER_LINES

pytestmark = pytest.mark.django_db


def confirmed(by, *wanted, **values) -> Order:
    """A confirmed order."""
    return orders.confirm(make_order(by, *wanted, **values), by=by)


def delivery_of(order: Order) -> Delivery:
    """The order's only delivery."""
    return Delivery.objects.get(order_link__order=order)


def fresh(record):
    """As stored now."""
    return type(record).objects.get(pk=record.pk)


def test_confirming_plans_one_delivery_for_the_goods():
    by = manager()
    desk = make_product(by, name="Desk")
    work = make_product(by, kind="service", name="Assembly")
    order = confirmed(by, line(desk, 3), line(work, 2))

    delivery = delivery_of(order)
    move = delivery.moves.get()

    assert (delivery.number, delivery.origin) == ("WH/OUT/00001", order.number)
    assert (move.product, move.demand) == (desk, 3)
    assert delivery.salesperson_id == order.salesperson_id
    assert (order.delivery_status, fresh(order).delivery_status) == ("pending",) * 2


def test_services_make_no_delivery():
    by = manager()
    order = confirmed(by, line(make_product(by, kind="service")))

    assert not Delivery.objects.exists()
    assert order.delivery_status == "none"


def test_demand_is_in_the_unit_of_the_product_and_rounded_up():
    by = manager()
    desk = make_product(by)
    dozen = Unit.objects.create(
        name="Dozen!", category=desk.unit.category, size="bigger", ratio=12
    )
    order = confirmed(by, line(desk, 2, unit=dozen.pk))
    move = delivery_of(order).moves.get()
    assert move.demand == 24

    deliveries.validate(delivery_of(order), {move.pk: Decimal(8)}, True, by=by)

    # Eight twelfths, half up to the step of the dozen.
    assert lines_of(order)[0].delivered == Decimal("0.67")


@pytest.mark.parametrize(
    ("leads", "promised", "together", "expected"),
    [
        ([3, 7], None, False, (1, 3)),
        ([3, 7], None, True, (5, 7)),
        ([3, 7], 20, False, (18, 20)),
    ],
)
def test_dates_by_promise_or_lead_time_less_the_security_days(
    leads, promised, together, expected
):
    start = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    day = dt.timedelta(days=1)

    found = dates(
        start,
        leads,
        promised_at=start + promised * day if promised else None,
        security_days=2,
        together=together,
    )

    assert found == tuple(start + n * day for n in expected)


@pytest.mark.parametrize(
    ("states", "quantities", "expected"),
    [
        ([], [], "none"),
        (["cancelled"], [(5, 0)], "none"),
        (["ready"], [(5, 0)], "pending"),
        (["done", "waiting"], [(5, 3)], "partial"),
        (["done", "waiting"], [(5, 0)], "started"),
        (["done", "cancelled"], [(5, 3)], "full"),
    ],
)
def test_how_far_an_order_is_delivered(states, quantities, expected):
    pairs = [(Decimal(a), Decimal(b)) for a, b in quantities]
    assert status(states, pairs) == expected


def test_a_part_leaves_and_the_rest_follows():
    by = manager()
    desk = make_product(by, kind="storable")
    put(desk, 3, by=by)
    order = confirmed(by, line(desk, 5))

    deliveries.validate(delivery_of(order), backorder=True, by=by)
    assert lines_of(order)[0].delivered == 3
    assert fresh(order).delivery_status == "partial"

    put(desk, 2, by=by)
    rest = Delivery.objects.get(backorder_of__isnull=False)
    assert rest.order_link.order == order
    deliveries.reserve(rest, by=by)
    deliveries.validate(rest, by=by)
    assert lines_of(order)[0].delivered == 5
    assert fresh(order).delivery_status == "full"


def test_without_backorder_the_order_says_what_will_not_come():
    by = manager()
    desk = make_product(by, kind="storable", name="Desk")
    put(desk, 3, by=by)
    order = confirmed(by, line(desk, 5))

    deliveries.validate(delivery_of(order), backorder=False, by=by)

    assert fresh(order).delivery_status == "full"
    note = Change.objects.get(event="delivery").note
    assert note == "<p>WH/OUT/00001: 2 of “Desk” will not be delivered.</p>"


def test_returns_take_off_what_was_delivered_only_when_asked():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    delivery = delivery_of(order)
    deliveries.validate(delivery, by=by)
    move = delivery.moves.get()

    kept = deliveries.return_goods(delivery, {move.pk: Decimal(1)}, False, by=by)
    deliveries.validate(kept, by=by)
    assert lines_of(order)[0].delivered == 5

    off = deliveries.return_goods(delivery, {move.pk: Decimal(2)}, by=by)
    assert lines_of(order)[0].delivered == 5
    deliveries.validate(off, by=by)
    assert lines_of(order)[0].delivered == 3


def test_more_is_wanted_of_a_confirmed_order():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    (first,) = lines_of(order)

    lines.change(first, {"quantity": Decimal(8)}, by=by)

    demands = delivery_of(order).moves.values_list("demand", flat=True)
    assert sorted(demands) == [3, 5]


def test_more_is_wanted_after_all_has_left():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    deliveries.validate(delivery_of(order), by=by)

    lines.change(lines_of(order)[0], {"quantity": Decimal(6)}, by=by)

    second = Delivery.objects.order_by("pk").last()
    assert second.order_link.order == order
    assert second.moves.get().demand == 1
    assert fresh(order).delivery_status == "partial"


def test_less_is_wanted_but_never_less_than_has_left():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    move = delivery_of(order).moves.get()
    deliveries.validate(delivery_of(order), {move.pk: Decimal(2)}, True, by=by)
    rest = Delivery.objects.get(backorder_of__isnull=False)

    lines.change(lines_of(order)[0], {"quantity": Decimal(3)}, by=by)
    assert rest.moves.get().demand == 1

    lines.change(lines_of(order)[0], {"quantity": Decimal(2)}, by=by)
    assert fresh(rest).state == "cancelled"
    assert fresh(order).delivery_status == "full"


def test_another_price_does_not_bring_back_what_was_cancelled():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    move = delivery_of(order).moves.get()
    deliveries.validate(delivery_of(order), {move.pk: Decimal(2)}, False, by=by)

    lines.change(lines_of(order)[0], {"unit_price": Decimal(7)}, by=by)

    assert Delivery.objects.count() == 1


def test_a_line_added_later_is_delivered_too():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    chair = make_product(by)

    lines.add(order, [line(chair, 2)], by=by)

    assert delivery_of(order).moves.get(product=chair).demand == 2


def test_cancelling_the_order_cancels_what_is_open_and_confirming_plans_anew():
    by = manager()
    desk = make_product(by, kind="storable")
    put(desk, 9, by=by)
    order = confirmed(by, line(desk, 5))
    first = delivery_of(order)

    order = orders.cancel(order, by=by)
    assert fresh(first).state == "cancelled"
    assert order.delivery_status == "none"

    elsewhere = make_contact(by)
    order = orders.reset_to_quotation(order, by=by)
    orders.change(order, {"delivery_address": elsewhere.pk}, by=by)
    orders.confirm(fresh(order), by=by)
    second = Delivery.objects.order_by("pk").last()
    assert (second.customer, second.moves.get().demand) == (elsewhere, 5)


def test_what_had_left_is_not_sent_again():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    move = delivery_of(order).moves.get()
    deliveries.validate(delivery_of(order), {move.pk: Decimal(2)}, True, by=by)
    order = orders.cancel(order, by=by)

    order = orders.confirm(orders.reset_to_quotation(order, by=by), by=by)

    latest = Delivery.objects.order_by("pk").last()
    assert latest.moves.get().demand == 3
    assert order.delivery_status == "partial"


def test_confirming_twice_plans_once():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))

    orders.confirm(order, by=by)

    assert Delivery.objects.count() == 1


def test_services_are_counted_by_hand():
    by = manager()
    order = confirmed(by, line(make_product(by, kind="service"), 5))
    (work,) = lines_of(order)

    guarded.change(ORDER_LINES, work.pk, {"delivered": Decimal(2)}, by=by)

    assert fresh(work).delivered == 2


def test_goods_are_not_counted_by_hand():
    by = manager()
    order = confirmed(by, line(make_product(by), 5))

    with pytest.raises(InvalidValues):
        lines.change(lines_of(order)[0], {"delivered": Decimal(2)}, by=by)

    assert OrderLine.objects.get().delivered == 0


def test_another_address_leaves_an_activity_instead_of_a_change():
    by = manager()
    activity_seed.seed()
    order = confirmed(by, line(make_product(by), 5))

    orders.change(order, {"delivery_address": make_contact(by).pk}, by=by)

    planned = Activity.objects.get(record_type="deliveries")
    assert planned.record_id == delivery_of(order).pk
    assert delivery_of(order).customer == order.customer


def test_the_promised_date_moves_open_deliveries():
    by = manager()
    set_trade(by.company, security_days=2)
    order = confirmed(by, line(make_product(by), 5))
    promised = dt.datetime(2026, 12, 24, 8, tzinfo=dt.UTC)

    orders.change(order, {"promised_at": promised}, by=by)

    delivery = delivery_of(order)
    assert delivery.deadline_at == promised
    assert delivery.scheduled_at == promised - dt.timedelta(days=2)


def test_only_goods_of_the_room_roles_and_stock():
    """A keeper of the warehouse delivers what a salesperson has sold."""
    from sarnakh.accounts.actor import actor_for
    from sarnakh.accounts.tests.factories import make_user

    by = manager()
    order = confirmed(by, line(make_product(by), 5))
    keeper = actor_for(make_user(Role.STOCK, company=by.company))

    deliveries.validate(delivery_of(order), by=keeper)

    assert lines_of(order)[0].delivered == 5
    assert Product.objects.count() == 1
