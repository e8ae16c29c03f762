"""What subscriptions do when rooms below tell of a change."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.recurring.models import Subscription
from sarnakh.recurring.subscriptions import actions, revenue, starting
from sarnakh.recurring.subscriptions.held import of_order, take_order
from sarnakh.sales import events
from sarnakh.sales.models import Order

State = Subscription.State
HEAD = frozenset({"customer", "company", "salesperson", "team"})


@receiver(events.order_confirmed)
def begin(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """A confirmed order with a plan runs."""
    starting.start(order, by=by)


@receiver(events.order_changed)
def follow(
    sender: Any, order: Order, by: Actor, fields: Collection[str] = (), **_rest: Any
) -> None:
    """Other lines bring in something else; another head belongs to somebody else."""
    subscription = of_order(order)
    if subscription is None:
        return
    if HEAD & set(fields) and (columns := take_order(subscription)):
        plain.save_guarded(subscription, columns, by=by)
    if order.state != Order.State.SALE:
        return
    if subscription.state == State.QUOTATION:
        starting.start(order, by=by)
    else:
        revenue.refresh(subscription, by=by)


@receiver(events.order_cancelled)
def end(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """What is cancelled runs no more; a cancelled renewal leaves the old one be."""
    subscription = of_order(order)
    if subscription is not None and subscription.is_live:
        actions.close_for(subscription, "cancelled", by=by)


@receiver(events.order_reset)
def offer_again(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """A quotation again: it begins when it is confirmed, after what was invoiced."""
    subscription = of_order(order)
    if subscription is None or subscription.state != State.CHURNED:
        return
    last = subscription.periods.order_by("-number").first()
    today = subscription.company.profile().today()
    after = last.last_day + dt.timedelta(days=1) if last is not None else today
    subscription.starts_on = after if after > today else None
    subscription.state = State.QUOTATION
    plain.save_guarded(subscription, ["state", "starts_on"], by=by)
