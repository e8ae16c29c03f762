"""What rentals do when their orders change."""

from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.rental.orders import syncing
from sarnakh.sales.events import (
    order_cancelled,
    order_changed,
    order_confirmed,
    order_reset,
)
from sarnakh.sales.models import Order


@receiver(order_confirmed)
@receiver(order_cancelled)
@receiver(order_reset)
def follow_state(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Reserved, cancelled, or a quotation again."""
    syncing.follow_state(order, by=by)


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
    """Lines and head of the order."""
    syncing.follow(order, fields=fields, added=added, changed=changed, by=by)
