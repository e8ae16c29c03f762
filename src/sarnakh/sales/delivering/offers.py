"""What pages of orders and deliveries show of each other."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.models import Delivery
from sarnakh.delivery.types import DELIVERIES
from sarnakh.records import rows
from sarnakh.sales.models import Order, OrderDelivery
from sarnakh.sales.orders import sides
from sarnakh.screens import panels
from sarnakh.screens.screen import SmartButton
from sarnakh.screens.state import SearchState


def register() -> None:
    """Once, when Django has loaded every room."""
    from sarnakh.sales.delivering import receivers  # noqa: F401 - they connect

    panels.add_smart_buttons(
        "orders",
        SmartButton(
            name="deliveries",
            label=pgettext_lazy("smart button", "Delivery"),
            icon="truck-delivery",
            count=_deliveries_of,
            url=_deliveries_url,
            hides_zero=True,
            rank=20,
        ),
    )
    panels.add_smart_buttons(
        "deliveries",
        SmartButton(
            name="order",
            label=_("Sales order"),
            icon="receipt",
            count=_orders_of,
            url=_order_url,
            hides_zero=True,
            rank=10,
        ),
    )


def _deliveries_of(order: Order, actor: Actor) -> int:
    if not sides.glance(order, "deliveries", actor):
        return 0
    found = rows.visible(DELIVERIES, actor)
    return found.filter(order_link__order=order).count()


def _deliveries_url(order: Order) -> str:
    keys = list(
        OrderDelivery.objects.filter(order=order).values_list("delivery_id", flat=True)
    )
    if len(keys) == 1:
        return reverse("deliveries:record", args=keys)
    state = SearchState(view="list", custom=(f'[["id","in",{sorted(keys)}]]',))
    return f"{reverse('deliveries:browse')}?{state.query()}"


def _orders_of(delivery: Delivery, actor: Actor) -> int:
    # `visible` of orders, by name: their type imports this room's neighbours.
    from sarnakh.sales.types import ORDERS

    found = rows.visible(ORDERS, actor)
    return found.filter(order_deliveries__delivery=delivery).count()


def _order_url(delivery: Delivery) -> Any:
    link = OrderDelivery.objects.filter(delivery=delivery).first()
    return reverse("orders:record", args=[link.order_id if link else 0])
