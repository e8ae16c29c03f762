"""What orders and deliveries tell each other."""

from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.events import (
    deliveries_changed,
    deliveries_changing,
    delivery_continued,
    remainder_cancelled,
)
from sarnakh.delivery.models import Delivery
from sarnakh.money.models import TradeSettings
from sarnakh.sales.delivering import actions
from sarnakh.sales.events import order_cancelled, order_changed, order_confirmed
from sarnakh.sales.models import Order


@receiver(order_confirmed)
def plan_delivery(
    sender: Any,
    order: Order,
    by: Actor,
    settings: TradeSettings | None = None,
    **_rest: Any,
) -> None:
    """A confirmed order is delivered."""
    actions.deliver(order, settings=settings, by=by)


@receiver(order_cancelled)
def cancel_deliveries(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Nothing more leaves for a cancelled order."""
    actions.cancel_open(order, by=by)


@receiver(order_changed)
def follow_order(
    sender: Any,
    order: Order,
    by: Actor,
    fields: Collection[str] = (),
    added: Sequence[Any] = (),
    changed: Sequence[Any] = (),
    **_rest: Any,
) -> None:
    """Other quantities or another head of a confirmed order."""
    if order.state != Order.State.SALE:
        return
    if fields:
        actions.follow_header(order, fields, by=by)
    if added:
        new = {line.pk for line in added}
        lines = [line for line in actions.goods_of(order) if line.pk in new]
        if lines:
            actions.deliver(order, lines, by=by)
    if changed:
        actions.follow_quantities(order, changed, by=by)


@receiver(deliveries_changing)
def lock_orders(sender: Any, delivery_ids: Collection[int], **_rest: Any) -> None:
    """Orders are locked before stock and deliveries."""
    actions.lock_orders(delivery_ids)


@receiver(deliveries_changed)
def refresh_orders(
    sender: Any, delivery_ids: Collection[int], by: Actor, **_rest: Any
) -> None:
    """What has left stands on the lines."""
    actions.refresh(actions.orders_of(delivery_ids), by=by)


@receiver(delivery_continued)
def link_continuation(
    sender: Any,
    delivery: Delivery,
    into: Delivery,
    moves: dict[int, int],
    **_rest: Any,
) -> None:
    """Backorders and returns belong to the same order."""
    for order_id in actions.orders_of([delivery.pk]):
        actions.link(order_id, into, moves)


@receiver(remainder_cancelled)
def tell_order(
    sender: Any, delivery: Delivery, left: Any, by: Actor, **_rest: Any
) -> None:
    """What will not come is said on the order."""
    actions.tell_remainder(delivery, left, by=by)
