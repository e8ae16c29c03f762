"""What subscriptions bring in, and the log of its changes."""

import datetime as dt
from decimal import Decimal

from django.db.models import Sum

from sarnakh.accounts.actor import Actor
from sarnakh.money.conversion import converted
from sarnakh.records import actions as plain
from sarnakh.recurring import amounts
from sarnakh.recurring.models import MrrChange, Subscription
from sarnakh.sales.models import Order, OrderLine

Kind = MrrChange.Kind


def recurring_lines(order: Order) -> list[OrderLine]:
    """Lines of an order that come again with every period."""
    return list(
        OrderLine.objects.filter(
            order=order,
            kind=OrderLine.Kind.PRODUCT,
            product__is_recurring=True,
            is_downpayment=False,
        )
        .select_related("product__unit", "unit")
        .order_by("sequence", "pk")
    )


def per_period(order: Order) -> int:
    """Untaxed, of one period, in the company's currency."""
    found = OrderLine.objects.filter(
        order=order,
        kind=OrderLine.Kind.PRODUCT,
        product__is_recurring=True,
        is_downpayment=False,
    ).aggregate(sum=Sum("subtotal"))["sum"]
    return converted(
        found or 0, Decimal(order.rate), order.currency, order.company.currency
    )


def mrr_of(subscription: Subscription) -> int:
    """What its order brings in per month now."""
    return amounts.monthly(per_period(subscription.order), subscription.rhythm)


def refresh(subscription: Subscription, *, by: Actor) -> None:
    """Keep the figure of a running subscription and log what it moved by."""
    if not subscription.is_live:
        return
    found = mrr_of(subscription)
    moved = found - subscription.mrr
    if not moved:
        return
    subscription.mrr = found
    plain.save_guarded(subscription, ["mrr"], by=by)
    log(subscription, Kind.EXPANSION if moved > 0 else Kind.CONTRACTION, moved)


def log(
    subscription: Subscription,
    kind: str,
    amount: int,
    day: dt.date | None = None,
) -> None:
    """A row of the log; nothing for nothing."""
    if not amount:
        return
    MrrChange.objects.create(
        subscription=subscription,
        company_id=subscription.company_id,
        day=day or subscription.company.profile().today(),
        kind=kind,
        amount=amount,
        mrr=subscription.mrr,
    )
