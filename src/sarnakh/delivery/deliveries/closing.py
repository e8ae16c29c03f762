"""Deliveries that will not happen."""

from collections.abc import Sequence

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.errors import DeliveryDone
from sarnakh.delivery.deliveries.holding import (
    give_back,
    hold,
    save_moves,
    shift_reservations,
    tell,
)
from sarnakh.delivery.models import Delivery
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole


@whole
def cancel(delivery: Delivery, *, by: Actor) -> Delivery:
    """Give the reservations back and close; twice is once, done is refused."""
    held = hold(delivery, by=by)
    if held.delivery.state == Delivery.State.CANCELLED:
        return held.delivery
    held.refuse_closed()
    reserved = [move for move in held.moves if move.reserved]
    shift_reservations(give_back(reserved, held.levels, is_out=held.is_out))
    for move in held.moves:
        move.is_cancelled = True
    save_moves(held.moves, "reserved", "is_cancelled", by=by)
    cancelled: Delivery = plain.write(
        held.delivery,
        {"state": Delivery.State.CANCELLED},
        by=by,
        event="cancelled",
        is_locked=True,
    )
    tell(cancelled.pk, by=by)
    return cancelled


@whole
def delete(deliveries: Sequence[Delivery], *, by: Actor) -> None:
    """Delete what never left; all or none."""
    for delivery in deliveries:
        if delivery.state == Delivery.State.DONE:
            raise DeliveryDone(delivery.number)
        plain.delete([cancel(delivery, by=by)], by=by)
