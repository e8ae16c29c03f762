"""Whatever people do, in whatever order: the figures of the stock agree."""

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery, Move, StockLevel
from sarnakh.delivery.tests.factories import (
    keeper,
    make_customer,
    make_delivery,
    make_product,
    put,
)
from sarnakh.lib.errors import Refused


def assert_consistent() -> None:
    """What levels promise is what open deliveries hold, never more than lies there."""
    for level in StockLevel.objects.all():
        held = [
            move
            for move in Move.objects.filter(
                product=level.product, delivery__warehouse=level.warehouse
            ).select_related("delivery")
            if move.reserved and move.delivery.direction == "out"
        ]
        assert sum(move.reserved for move in held) == level.reserved
        assert all(m.delivery.state in {"waiting", "ready"} for m in held)
        assert level.reserved <= max(Decimal(0), level.on_hand)
        assert level.rented >= 0
    for delivery in Delivery.objects.filter(state__in=["waiting", "ready"]):
        moves = list(delivery.moves.filter(is_cancelled=False))
        assert all(move.reserved <= move.demand for move in moves)
        is_full = all(move.reserved == move.demand for move in moves)
        assert not is_full or delivery.state == "ready"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["count", "order", "reserve", "unreserve", "validate", "cancel", "return",
             "more"]
        ),
        st.integers(0, 1),
        st.integers(0, 6),
    ),
    max_size=14,
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_stock_agrees_with_deliveries_after_every_step(steps):
    StockLevel.objects.all().delete()
    by = keeper()
    products = [make_product(), make_product()]
    customer = make_customer(by)
    made: list[Delivery] = []
    lies = {product.pk: Decimal(0) for product in products}
    for name, which, number in steps:
        with contextlib.suppress(Refused):
            step(name, which, number, by, products, customer, made, lies)
        assert_consistent()
        for stored in StockLevel.objects.filter(product__in=products):
            assert stored.on_hand == lies[stored.product_id]


def step(
    name: str,
    which: int,
    number: int,
    by: Any,
    products: list[Any],
    customer: Any,
    made: list[Delivery],
    lies: dict[int, Decimal],
) -> None:
    """One thing that somebody does; `lies` is what should lie there afterwards."""
    product = products[which]
    if name == "count":
        put(product, number, by=by)
        lies[product.pk] = Decimal(number)
        return
    if name == "order":
        wanted = [(product, number), (products[1 - which], 1)]
        policy = "together" if number % 2 else "soon"
        made.append(
            make_delivery(by, *wanted, customer=customer, shipping_policy=policy)[0]
        )
        return
    if not made:
        return
    delivery = made[number % len(made)]
    if name == "validate":
        was = Delivery.objects.get(pk=delivery.pk).state
        done = deliveries.validate(delivery, backorder=bool(which), by=by)
        if was != "done":
            sign = -1 if done.direction == "out" else 1
            for move in done.moves.all():
                lies[move.product_id] += sign * move.done
    elif name == "return":
        moves = delivery.moves.all()
        coming = deliveries.return_goods(delivery, {moves[0].pk: Decimal(1)}, by=by)
        made.append(coming)
    elif name == "more":
        move = delivery.moves.first()
        deliveries.change_demand(delivery, {move.pk: Decimal(number)}, by=by)
    else:
        getattr(deliveries, name)(delivery, by=by)
