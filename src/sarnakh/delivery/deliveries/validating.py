"""Goods really leave, or come back."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.creation import create
from sarnakh.delivery.deliveries.errors import (
    BackorderQuestion,
    NegativeQuantity,
    NothingToDeliver,
    TooMuchReturned,
)
from sarnakh.delivery.deliveries.holding import (
    Held,
    hold,
    is_stocked,
    save_moves,
    tell,
)
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.events import delivery_continued, remainder_cancelled
from sarnakh.delivery.models import Delivery, Move, StockLevel
from sarnakh.delivery.queries import default_quantities, returnable
from sarnakh.delivery.stock.actions import withdraw
from sarnakh.delivery.stock.levels import ZERO, Shift, shift
from sarnakh.money.models import TradeSettings
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole


@whole
def validate(
    delivery: Delivery,
    quantities: Mapping[int, Decimal] | None = None,
    backorder: bool | None = None,
    *,
    by: Actor,
) -> Delivery:
    """Say what has left, by move: given here, else as typed, else as reserved.

    More than asked for is allowed, and so is more than lies there: the level goes
    below zero and `warnings` of the answer name the product. What is left becomes a
    backorder or is cancelled, as `backorder` says, else as the company's settings
    say; BackorderQuestion where they say "ask". Doing it twice, or two people at
    once, has one effect.
    """
    held = hold(delivery, by=by, makes=True)
    if held.delivery.state == Delivery.State.DONE:
        return held.delivery
    held.refuse_closed()
    done = _quantities(held, quantities)
    if not any(done.values()):
        raise NothingToDeliver(held.delivery.number)
    if not held.is_out:
        _check_returned(held, done)
    left = [
        (move, move.demand - done[move.pk])
        for move in held.moves
        if done[move.pk] < move.demand
    ]
    continues = bool(left) and _continues(held, backorder)
    short = _move_stock(held, done)
    for move in held.moves:
        move.done, move.reserved = done[move.pk], ZERO
    save_moves(held.moves, "done", "reserved", by=by)
    validated: Delivery = plain.write(
        held.delivery,
        {"state": Delivery.State.DONE, "done_at": timezone.now()},
        by=by,
        event="delivered" if held.is_out else "returned",
        note="".join(f"<p>{escape(line)}</p>" for line in short),
        is_locked=True,
    )
    validated.warnings = short  # type: ignore[attr-defined]
    if continues:
        continue_with(validated, left, by=by)
    elif left:
        remainder_cancelled.send(Delivery, delivery=validated, left=left, by=by)
    tell(validated.pk, by=by)
    return validated


def continue_with(
    delivery: Delivery, left: list[tuple[Move, Decimal]], *, by: Actor
) -> Delivery:
    """A backorder with what is left, at the same date, reserved as far as it goes."""
    plan = Plan(
        company=delivery.company,
        customer=delivery.customer,
        warehouse=delivery.warehouse,
        direction=delivery.direction,
        origin=delivery.origin,
        shipping_policy=delivery.shipping_policy,
        scheduled_at=delivery.scheduled_at,
        deadline_at=delivery.deadline_at,
        method=delivery.method,
        salesperson_id=delivery.salesperson_id,
        backorder_of=delivery,
        return_of=delivery.return_of,
        moves=[
            PlannedMove(
                product=move.product,
                quantity=quantity,
                description=move.description,
                return_of=move.return_of,
                updates_order=move.updates_order,
            )
            for move, quantity in left
        ],
        reserves=True,
    )
    backorder, moves = create(plan, by=by)
    pairs = zip((move for move, _quantity in left), moves, strict=True)
    delivery_continued.send(
        Delivery,
        delivery=delivery,
        into=backorder,
        moves={move.pk: new.pk for move, new in pairs},
        by=by,
    )
    return backorder


def _quantities(held: Held, given: Mapping[int, Decimal] | None) -> dict[int, Decimal]:
    if given is not None:
        found = {m.pk: Decimal(given.get(m.pk, ZERO)) for m in held.moves}
    else:
        found = default_quantities(held.moves, is_out=held.is_out)
    if any(quantity < ZERO for quantity in found.values()):
        raise NegativeQuantity
    return found


def _continues(held: Held, backorder: bool | None) -> bool:
    if backorder is not None:
        return backorder
    policy = TradeSettings.of(held.delivery.company).backorders
    if policy == TradeSettings.Backorders.ASK:
        raise BackorderQuestion(held.delivery.number)
    return policy == TradeSettings.Backorders.ALWAYS


def _move_stock(held: Held, done: Mapping[int, Decimal]) -> list[str]:
    """Take from the stock or add to it; says which goods are short now."""
    shifts: dict[StockLevel, Shift] = {}
    for move in held.moves:
        if not is_stocked(move.product):
            continue
        level = held.levels[move.product_id]
        so_far = shifts.get(level, Shift())
        sign = -1 if held.is_out else 1
        shifts[level] = Shift(
            on_hand=so_far.on_hand + sign * done[move.pk],
            reserved=so_far.reserved - (move.reserved if held.is_out else ZERO),
        )
    shift(shifts)
    if not held.is_out:
        return []
    products = {move.product_id: move.product for move in held.moves}
    withdraw(list(shifts), besides=held.delivery.pk)
    return [
        _("“%(product)s” is below zero in the stock now.")
        % {"product": products[level.product_id]}
        for level in shifts
        if level.on_hand < 0
    ]


def _check_returned(held: Held, done: Mapping[int, Decimal]) -> None:
    """Not more comes back than left, whatever other returns have brought."""
    origins = {move.return_of_id for move in held.moves if move.return_of_id}
    possible = returnable(origins, besides=held.delivery.pk)
    for move in held.moves:
        if move.return_of_id and done[move.pk] > possible[move.return_of_id]:
            raise TooMuchReturned(
                str(move.product), f"{possible[move.return_of_id].normalize():f}"
            )
