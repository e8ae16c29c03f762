"""What this room gives to pages and rooms below it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.catalog import usage
from sarnakh.catalog.models import Product
from sarnakh.delivery.models import Move
from sarnakh.delivery.queries import count_for, family, free_stock
from sarnakh.delivery.types import DELIVERIES, STOCK_LEVELS
from sarnakh.discussion.words import EVENTS
from sarnakh.records import rows
from sarnakh.screens import panels
from sarnakh.screens.screen import SmartButton
from sarnakh.screens.state import SearchState


def register() -> None:
    """Once, when Django has loaded every room."""
    EVENTS.update(
        {
            "delivered": pgettext_lazy("event", "Delivered"),
            "returned": pgettext_lazy("event", "Returned"),
            "cancelled": pgettext_lazy("event", "Cancelled"),
            "counted": pgettext_lazy("event", "Counted"),
            "delivery": pgettext_lazy("event", "Delivery"),
        }
    )
    usage.register(moved)
    panels.add_smart_buttons(
        "contacts",
        SmartButton(
            name="deliveries",
            label=_("Deliveries"),
            icon="truck-delivery",
            count=_deliveries_of,
            url=_deliveries_url,
            hides_zero=True,
            rank=60,
        ),
    )
    panels.add_smart_buttons(
        "products",
        SmartButton(
            name="stock",
            label=_("Free stock"),
            icon="package",
            count=_free_of,
            url=_stock_url,
            hides_zero=True,
            rank=60,
        ),
    )


def moved(product_ids: Collection[int]) -> Iterable[tuple[int, int]]:
    """Products that stand on deliveries, with the company."""
    pairs = Move.objects.filter(product__in=list(product_ids)).order_by()
    return pairs.values_list("product_id", "delivery__company_id").distinct()


def _deliveries_of(contact: Any, actor: Actor) -> int:
    if not rows.may(DELIVERIES, actor, "read"):
        return 0
    return count_for(contact, rows.visible(DELIVERIES, actor))


def _deliveries_url(contact: Any) -> str:
    condition = f'[["customer","in",{family(contact)}]]'
    state = SearchState(view="list", custom=(condition,))
    return f"{reverse('deliveries:browse')}?{state.query()}"


def _free_of(product: Product, actor: Actor) -> int:
    if product.kind != Product.Kind.STORABLE or not rows.may(
        STOCK_LEVELS, actor, "read"
    ):
        return 0
    return int(free_stock([product], actor.company)[product.pk] or 0)


def _stock_url(product: Product) -> str:
    condition = f'[["product","=",{product.pk}]]'
    state = SearchState(view="list", custom=(condition,))
    return f"{reverse('stock:browse')}?{state.query()}"
