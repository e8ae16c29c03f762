"""Two people at one order in the same moment, on two connections."""

from decimal import Decimal

import pytest

from sarnakh.crm.tests.test_races import together
from sarnakh.records.models import Change
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
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_confirm_once():
    first, second = manager(), manager()
    order = make_order(first, line(make_product(first)))

    together(
        lambda: orders.confirm(Order.objects.get(pk=order.pk), by=first),
        lambda: orders.confirm(Order.objects.get(pk=order.pk), by=second),
    )

    assert Order.objects.get(pk=order.pk).state == "sale"
    events = Change.objects.filter(record_type="orders", event="confirmed")
    assert events.count() == 1


def test_confirming_and_cancelling_meet_in_one_state():
    first, second = manager(), manager()
    order = make_order(first, line(make_product(first)))

    together(
        lambda: orders.confirm(Order.objects.get(pk=order.pk), by=first),
        lambda: orders.cancel(Order.objects.get(pk=order.pk), by=second),
    )

    # Whoever was first, cancelling has the last word: it also ends a sale.
    assert Order.objects.get(pk=order.pk).state == "cancelled"
    events = list(
        Change.objects.filter(
            record_type="orders", event__in=("confirmed", "cancelled")
        )
        .order_by("pk")
        .values_list("event", flat=True)
    )
    assert events in (["cancelled"], ["confirmed", "cancelled"])


def test_two_people_on_two_lines_leave_the_sum_exact():
    first, second = manager(), manager()
    order = make_order(
        first, line(make_product(first, 10)), line(make_product(first, 7))
    )
    one, other = lines_of(order)

    def change(line_pk: int, by, numbers) -> None:
        for number in numbers:
            found = OrderLine.objects.get(pk=line_pk)
            lines.change(found, {"quantity": Decimal(number)}, by=by)

    results = together(
        lambda: change(one.pk, first, (2, 3, 4)),
        lambda: change(other.pk, second, (5, 6)),
    )

    assert [found for found in results if isinstance(found, Exception)] == []
    assert Order.objects.get(pk=order.pk).total == 4 * 10 + 6 * 7


def test_numbers_are_drawn_once():
    people = [manager() for _number in range(4)]
    customer = make_contact(people[0])

    together(
        *[
            lambda by=by: orders.create([{"customer": customer.pk}] * 2, by=by)
            for by in people
        ]
    )

    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert numbers == [f"S{number:05d}" for number in range(1, 9)]
