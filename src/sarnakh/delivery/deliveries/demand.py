"""More or less is wanted than was planned."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.closing import cancel
from sarnakh.delivery.deliveries.creation import drawn, reserve_new
from sarnakh.delivery.deliveries.errors import NegativeQuantity
from sarnakh.delivery.deliveries.holding import (
    give_back,
    hold,
    is_stocked,
    save_moves,
    share_out,
    shift_reservations,
)
from sarnakh.delivery.deliveries.plan import PlannedMove
from sarnakh.delivery.deliveries.reserving import settle
from sarnakh.delivery.models import Delivery, Move
from sarnakh.delivery.stock.levels import ZERO
from sarnakh.records.whole import whole


@whole
def add_moves(
    delivery: Delivery, planned: Sequence[PlannedMove], *, by: Actor
) -> list[Move]:
    """Further goods in an open delivery, reserved as far as they are there."""
    if any(one.quantity <= ZERO for one in planned):
        raise NegativeQuantity
    held = hold(delivery, by=by)
    held.refuse_closed()
    last = max((move.sequence for move in held.moves), default=0)
    moves = drawn(held.delivery, planned, by=by, after=last)
    if not held.is_out or any(move.reserved for move in held.moves):
        reserve_new(moves, held.delivery.warehouse, is_out=held.is_out)
    Move.objects.bulk_create(moves, batch_size=500)
    held.moves += moves
    settle(held, by=by)
    return moves


@whole
def change_demand(
    delivery: Delivery, demands: Mapping[int, Decimal], *, by: Actor
) -> Delivery:
    """Another demand for moves of an open delivery, by their number.

    A delivery of which nothing is wanted any more is cancelled.
    """
    if any(demand < ZERO for demand in demands.values()):
        raise NegativeQuantity
    held = hold(delivery, by=by)
    held.refuse_closed()
    changed = [m for m in held.moves if demands.get(m.pk, m.demand) != m.demand]
    was_reserved = {m.pk: m.reserved > ZERO and m.reserved >= m.demand for m in changed}
    for move in changed:
        move.demand = demands[move.pk]
    if not any(move.demand > ZERO for move in held.moves):
        save_moves(changed, "demand", by=by)
        return cancel(held.delivery, by=by)
    surplus = [m for m in changed if m.reserved > m.demand]
    shift_reservations(give_back(surplus, held.levels, is_out=held.is_out))
    # What stays reserved was freed a moment ago, under the same lock.
    again = [
        m
        for m in changed
        if m in surplus or was_reserved[m.pk] or not is_stocked(m.product)
    ]
    shift_reservations(share_out(again, held.levels, is_out=held.is_out))
    save_moves(changed, "demand", "reserved", by=by)
    return settle(held, by=by)
