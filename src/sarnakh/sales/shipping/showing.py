"""What the dialog of shipping shows."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.lib.money import format_money, to_minor
from sarnakh.lib.numbers import format_number
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order
from sarnakh.sales.orders.scene import Scene
from sarnakh.sales.shipping import queries
from sarnakh.sales.shipping.buttons import typed_weight


def choices(order: Order, typed: str, actor: Actor) -> dict[str, Any]:
    """Methods with their cost; the order's, else the customer's own, is chosen."""
    wrong, weight = "", None
    try:
        weight = typed_weight(typed) if typed else order.shipping_weight
    except InvalidValues as error:
        wrong = " ".join(error.errors.values())
    offered = queries.offers(order, weight=weight)
    open_ones = {one.method.pk for one in offered if one.unit_price is not None}
    preferred = next((pk for pk in _wished(order, actor) if pk in open_ones), None)
    if preferred is None and open_ones:
        preferred = next(one.method.pk for one in offered)
    estimate = queries.basket(order, lines.full_lines(order)).weight
    return {
        "order": order,
        "weight": typed
        or (format_number(weight, actor.profile) if weight is not None else ""),
        "wrong": wrong,
        "estimate": format_number(estimate, actor.profile),
        "choices": [
            {
                "method": one.method,
                "cost": ""
                if one.unit_price is None
                else format_money(
                    to_minor(one.amount, order.currency), order.currency, actor.profile
                ),
                "note": one.method.description,
                "is_chosen": one.method.pk == preferred,
            }
            for one in offered
        ],
    }


def _wished(order: Order, actor: Actor) -> list[int]:
    scene = Scene(actor)
    known = scene.contacts([order.customer_id])
    terms = scene.terms(known.get(order.customer_id), order.company)
    found = [order.shipping_method_id, terms.shipping_method_id if terms else None]
    return [pk for pk in found if pk]
