"""Sending follows the order: stale when goods change, gone with its line."""

from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.events import deliveries_changed
from sarnakh.sales.delivering import receivers as _first  # noqa: F401 - quantities first
from sarnakh.sales.events import order_changed
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.shipping import actions


@receiver(order_changed)
def follow_order(
    sender: Any,
    order: Order,
    by: Actor,
    added: Sequence[OrderLine] = (),
    changed: Sequence[tuple[OrderLine, Any]] = (),
    removed: Sequence[OrderLine] = (),
    **_rest: Any,
) -> None:
    """A line taken off takes the method along; other goods make the cost stale."""
    if order.shipping_method_id is None or actions.is_busy(order.pk):
        return
    if any(line.is_delivery for line in removed):
        if not OrderLine.objects.filter(order=order, is_delivery=True).exists():
            actions.clear(order, by=by)
        return
    touched = [*added, *(line for line, _old in changed), *removed]
    if order.shipping_is_stale or not any(_counts(line) for line in touched):
        return
    order.shipping_is_stale = True
    Order.objects.filter(pk=order.pk).update(shipping_is_stale=True)


def _counts(line: OrderLine) -> bool:
    """Lines that may change what sending costs."""
    if line.kind != OrderLine.Kind.PRODUCT or line.is_delivery or line.is_downpayment:
        return False
    return not line.is_reward or bool(line.product and line.product.is_goods)


@receiver(deliveries_changed)
def take_real_cost(
    sender: Any, delivery_ids: Collection[int], by: Actor, **_rest: Any
) -> None:
    """What the carrier asked for replaces the estimate."""
    found = Order.objects.filter(
        order_deliveries__delivery__in=list(delivery_ids),
        shipping_method__invoicing=actions.REAL,
    )
    for pk in sorted(set(found.values_list("pk", flat=True))):
        actions.take_real_cost(pk, by=by)
