"""Two people at the same goods in the same moment, on two connections."""

from decimal import Decimal

import pytest

from sarnakh.crm.tests.test_races import together
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery, Move
from sarnakh.delivery.tests.factories import (
    keeper,
    level,
    make_customer,
    make_delivery,
    make_product,
    put,
    warehouse,
)
from sarnakh.delivery.tests.test_stock_never_lies import assert_consistent
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_promised_twice():
    by = keeper()
    lamp, customer = make_product(), make_customer(by)
    put(lamp, 5, by=by)

    results = together(
        *[
            lambda: make_delivery(by, (lamp, 2), customer=customer)
            for _number in range(4)
        ]
    )

    assert [r for r in results if isinstance(r, Exception)] == []
    assert level(lamp).reserved == 5
    numbers = set(Delivery.objects.values_list("number", flat=True))
    assert numbers == {f"WH/OUT/0000{n}" for n in range(1, 5)}
    assert_consistent()


def test_a_double_click_delivers_once():
    by, other = keeper(), keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, _moves = make_delivery(by, (lamp, 2))

    results = together(
        lambda: deliveries.validate(Delivery.objects.get(pk=delivery.pk), by=by),
        lambda: deliveries.validate(Delivery.objects.get(pk=delivery.pk), by=other),
    )

    assert [r.state for r in results] == ["done", "done"]
    assert level(lamp).on_hand == 3
    assert Change.objects.filter(event="delivered").count() == 1
    assert_consistent()


def test_goods_do_not_come_back_twice():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 2))
    deliveries.validate(delivery, by=by)

    results = together(
        *[
            lambda: deliveries.return_goods(delivery, {move.pk: Decimal(2)}, by=by)
            for _number in range(3)
        ]
    )

    assert len([r for r in results if isinstance(r, Delivery)]) == 1
    assert Move.objects.filter(return_of=move).count() == 1


def test_crossing_orders_of_goods_do_not_block_each_other():
    by = keeper()
    lamp, chair, customer = make_product(), make_product(), make_customer(by)
    put(lamp, 9, by=by)
    put(chair, 9, by=by)
    warehouse(by.company, by=by)

    def churn(*pair):
        for _number in range(4):
            delivery, moves = make_delivery(
                by, (pair[0], 2), (pair[1], 3), customer=customer
            )
            typed = {move.pk: Decimal(1) for move in moves}
            deliveries.validate(delivery, typed, backorder=True, by=by)

    def count():
        for number in (3, 8, 2, 6):
            put(lamp, number, by=by)
            put(chair, 9 - number, by=by)

    results = together(
        lambda: churn(lamp, chair),
        lambda: churn(chair, lamp),
        count,
    )

    assert [r for r in results if isinstance(r, Exception)] == []
    assert_consistent()
