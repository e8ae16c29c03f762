"""What subscriptions do by themselves every night (spec sales §22, §25)."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company
from sarnakh.invoicing.models import Invoice
from sarnakh.recurring.models import PeriodInvoice, Subscription
from sarnakh.recurring.subscriptions import actions

State = Subscription.State
SETTLED = (
    Invoice.PaymentState.PAID,
    Invoice.PaymentState.IN_PAYMENT,
    Invoice.PaymentState.REVERSED,
)
_log = logging.getLogger(__name__)


def run(company: Company, today: dt.date) -> int:
    """Close what is unpaid too long, invoice what is due, close what has ended.

    One period for each subscription and run. Running again the same night does
    nothing twice, and one that fails leaves the others be. How many were invoiced.
    """
    # The clock asks, not a person.
    by = system_actor(company)
    for one in unpaid(company, today):
        _alone(actions.close_for, one, "unpaid", by=by)
    made = sum(_alone(_invoice, one, today, by=by) for one in due(company, today))
    for one in ended(company, today):
        _alone(actions.close_for, one, "end", by=by)
    return made


def due(company: Company, today: dt.date) -> "QuerySet[Subscription]":
    """Running, with a period that has begun, and nothing unclear."""
    return Subscription.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=F("next_on")),
        company=company,
        state=State.PROGRESS,
        next_on__lte=today,
        has_payment_exception=False,
    ).order_by("pk")


def ended(company: Company, today: dt.date) -> "QuerySet[Subscription]":
    """Past their end, with nothing left to invoice."""
    return Subscription.objects.filter(
        Q(next_on=None) | Q(next_on__gt=F("ends_on")) | Q(state=State.PAUSED),
        company=company,
        state__in=(State.PROGRESS, State.PAUSED),
        ends_on__lt=today,
    ).order_by("pk")


def unpaid(company: Company, today: dt.date) -> list[Subscription]:
    """With a posted invoice whose period began too long ago."""
    periods = (
        PeriodInvoice.objects.filter(
            subscription__company=company,
            subscription__state=State.PROGRESS,
            subscription__plan__close_after_days__gt=0,
            invoice__state=Invoice.State.POSTED,
            invoice__kind=Invoice.Kind.INVOICE,
            invoice__total__gt=0,
        )
        .exclude(invoice__payment_state__in=SETTLED)
        .select_related("subscription__plan")
        .order_by("subscription_id", "number")
    )
    found: dict[int, Subscription] = {}
    for period in periods:
        days = period.subscription.plan.close_after_days
        if period.first_day + dt.timedelta(days=days) <= today:
            found[period.subscription_id] = period.subscription
    return list(found.values())


def _invoice(subscription: Subscription, today: dt.date, *, by: Actor) -> None:
    # Another worker may have been here since the list was read.
    present = due(subscription.company, today).filter(pk=subscription.pk)
    if present.exists():
        actions.invoice_period(subscription, today=today, by=by)


def _alone(door: Callable[..., Any], one: Subscription, *given: Any, by: Actor) -> int:
    try:
        with transaction.atomic():
            door(one, *given, by=by)
    except Exception:
        _log.exception("Subscription %s failed tonight", one.pk)
        return 0
    return 1
