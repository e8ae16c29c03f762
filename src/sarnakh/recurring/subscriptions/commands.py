"""Named writes that stay on the subscription, for buttons and programs."""

from sarnakh.accounts.actor import Actor
from sarnakh.recurring.models import Subscription
from sarnakh.recurring.subscriptions import actions


def invoice_now(subscription: Subscription, *, by: Actor) -> Subscription:
    """Invoice the period that has begun."""
    actions.invoice_period(subscription, by=by)
    subscription.refresh_from_db()
    return subscription


def renewal_of(subscription: Subscription, *, by: Actor) -> Subscription:
    """The recurring side of its renewal quotation."""
    return actions.renew(subscription, by=by).subscription


def upsell_of(subscription: Subscription, *, by: Actor) -> Subscription:
    """The recurring side of its upsell quotation."""
    return actions.upsell(subscription, by=by).subscription


def close(
    subscription: Subscription,
    *,
    reason: int | None = None,
    note: str = "",
    at_end: bool = False,
    by: Actor,
) -> Subscription:
    """Close it with a reason or in words, now or when what is invoiced is over."""
    return actions.close(subscription, reason=reason, note=note, at_end=at_end, by=by)
