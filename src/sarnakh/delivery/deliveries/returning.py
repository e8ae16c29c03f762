"""Goods come back from a customer."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.creation import create
from sarnakh.delivery.deliveries.errors import (
    NegativeQuantity,
    NotDelivered,
    NothingPlanned,
    TooMuchReturned,
)
from sarnakh.delivery.deliveries.holding import hold
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.events import delivery_continued
from sarnakh.delivery.models import Delivery
from sarnakh.delivery.queries import returnable
from sarnakh.delivery.stock.levels import ZERO
from sarnakh.records.whole import whole


@whole
def return_goods(
    delivery: Delivery,
    quantities: Mapping[int, Decimal],
    updates_order: bool = True,
    *,
    by: Actor,
) -> Delivery:
    """Plan that so much of each move comes back; it counts once it is validated.

    At most what was delivered and is not back or on its way already. With
    `updates_order` the order has delivered less afterwards.
    """
    held = hold(delivery, by=by)
    if held.delivery.state != Delivery.State.DONE or not held.is_out:
        raise NotDelivered(held.delivery.number)
    by_key = {move.pk: move for move in held.moves}
    wanted = {pk: quantity for pk, quantity in quantities.items() if quantity}
    if any(quantity < ZERO for quantity in wanted.values()):
        raise NegativeQuantity
    if not wanted or not wanted.keys() <= by_key.keys():
        raise NothingPlanned
    possible = returnable(wanted)
    for pk, quantity in wanted.items():
        if quantity > possible[pk]:
            raise TooMuchReturned(
                str(by_key[pk].product), f"{possible[pk].normalize():f}"
            )
    origin = held.delivery
    plan = Plan(
        company=origin.company,
        customer=origin.customer,
        warehouse=origin.warehouse,
        direction=Delivery.Direction.IN,
        origin=origin.number,
        scheduled_at=timezone.now(),
        salesperson_id=origin.salesperson_id,
        return_of=origin,
        moves=[
            PlannedMove(
                product=by_key[pk].product,
                quantity=quantity,
                description=by_key[pk].description,
                return_of=by_key[pk],
                updates_order=updates_order,
            )
            for pk, quantity in wanted.items()
        ],
    )
    coming, moves = create(plan, by=by)
    delivery_continued.send(
        Delivery,
        delivery=origin,
        into=coming,
        moves=dict(zip(wanted, [move.pk for move in moves], strict=True)),
        by=by,
    )
    return coming
