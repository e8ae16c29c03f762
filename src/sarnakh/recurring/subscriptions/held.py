"""Getting hold of a subscription, and telling what happened to it."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape

from sarnakh.accounts.actor import Actor
from sarnakh.lib import text
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.recurring.models import Subscription
from sarnakh.sales.lines.actions import LINKS
from sarnakh.sales.models import Order
from sarnakh.sales.orders import sides

TAKEN = ("number", "company_id", "customer_id", "salesperson_id", "team_id")


def held(subscription: Subscription) -> Subscription:
    """As stored now, with its order; both are held, the order first."""
    order = plain.locked(Order(pk=subscription.order_id), *LINKS, "opportunity")
    found: Subscription = plain.locked(
        subscription, "plan", "company", "customer", "renewal_of", "upsell_of"
    )
    found.order = order
    return found


def of_order(order: Order) -> Subscription | None:
    """The recurring side of an order, if there is one; held."""
    if not sides.may_have(order, "subscription"):
        return None
    found = Subscription.objects.filter(order=order).first()
    if found is None:
        return None
    found = plain.locked(
        found, "plan", "company", "customer", "renewal_of", "upsell_of"
    )
    found.order = order
    return found


def take_order(subscription: Subscription) -> set[str]:
    """Keep what is the order's; which columns changed."""
    order = subscription.order
    changed = set()
    for name in TAKEN:
        if getattr(subscription, name) != getattr(order, name):
            setattr(subscription, name, getattr(order, name))
            changed.add(name.removesuffix("_id"))
    found = text.search_text(order.number, order.customer.name)
    if subscription.search_text != found:
        subscription.search_text = found
        changed.add("search_text")
    return changed


def keep(
    subscription: Subscription,
    columns: Iterable[str],
    *,
    event: str,
    note: str = "",
    values: dict[str, Any] | None = None,
    by: Actor,
) -> Subscription:
    """Write the columns, and say so in both histories."""
    plain.save_guarded(subscription, columns, by=by)
    html = f"<p>{escape(note)}</p>" if note else ""
    changes.log(
        subscription,
        by_model(Subscription),
        by=by,
        event=event,
        values=values,
        note=html,
    )
    if html:
        changes.log(
            subscription.order, by_model(Order), by=by, event="recurring", note=html
        )
    return subscription
