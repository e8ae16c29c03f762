"""Reserving goods for deliveries, and giving them back."""

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.errors import NothingPlanned
from sarnakh.delivery.deliveries.holding import (
    Held,
    give_back,
    hold,
    place,
    save_moves,
    share_out,
    shift_reservations,
    tell,
)
from sarnakh.delivery.models import Delivery
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole


@whole
def reserve(delivery: Delivery, *, by: Actor) -> Delivery:
    """Reserve what is free; what is reserved already stays. A draft begins with it."""
    held = hold(delivery, by=by)
    held.refuse_closed()
    if not any(move.demand > 0 for move in held.moves):
        raise NothingPlanned
    return reserve_held(held, by=by)


@whole
def unreserve(delivery: Delivery, *, by: Actor) -> Delivery:
    """Give back what is reserved, for others to take."""
    held = hold(delivery, by=by)
    held.refuse_closed()
    if not held.is_out:
        return held.delivery
    before = [move for move in held.moves if move.reserved]
    shift_reservations(give_back(before, held.levels, is_out=True))
    save_moves(before, "reserved", by=by)
    return settle(held, by=by)


def reserve_held(held: Held, *, by: Actor) -> Delivery:
    """Reserve for a delivery that is locked already."""
    before = {move.pk: move.reserved for move in held.moves}
    shift_reservations(share_out(held.moves, held.levels, is_out=held.is_out))
    gained = [move for move in held.moves if move.reserved != before[move.pk]]
    if gained:
        save_moves(gained, "reserved", by=by)
    return settle(held, by=by)


def settle(held: Held, *, by: Actor) -> Delivery:
    """Give an open delivery the state that follows from its moves."""
    state = place(held.delivery, held.moves)
    if state != held.delivery.state:
        plain.write(held.delivery, {"state": state}, by=by, is_locked=True)
    tell(held.delivery.pk, by=by)
    return held.delivery
