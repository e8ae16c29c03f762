"""One record of every type of this room, for the tests that walk them all."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.models import ShippingMethod, ShippingRule
from sarnakh.delivery.tests.factories import make_delivery, make_product, put


def samples(by: Actor) -> dict[str, Any]:
    """By the names of their types."""
    goods = make_product()
    level = put(goods, 5, by=by)
    delivery, (move,) = make_delivery(by, (goods, 2))
    method = ShippingMethod.objects.create(
        name="Courier",
        provider="rules",
        product=make_product("service"),
        company=by.company,
    )
    return {
        "deliveries": delivery,
        "delivery-lines": move,
        "warehouses": delivery.warehouse,
        "stock-levels": level,
        "shipping-methods": method,
        "shipping-rules": ShippingRule.objects.create(method=method, value=5),
    }
