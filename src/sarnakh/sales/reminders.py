"""Quotations that somebody should look after (spec sales §25)."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.records.models import Change
from sarnakh.sales.models import Order, Reminder
from sarnakh.sales.types import ORDERS

EXPIRES_IN = 3
UNANSWERED_AFTER = 7
MOST = 5_000
_log = logging.getLogger(__name__)


def remind(company: Company, today: dt.date) -> int:
    """Plan activities for the salespeople of a company; how many there are now.

    Running again plans nothing twice; one record that fails leaves the others be.
    """
    by = system_actor(company)
    kind = ActivityType.objects.filter(code="todo").first()
    kind = kind or ActivityType.objects.order_by("sequence", "pk").first()
    if kind is None:
        return 0
    made = 0
    for order, what, due in [*expiring(company, today), *unanswered(company, today)]:
        try:
            with transaction.atomic():
                made += _remind(order, what, due, today, kind, by=by)
        except Exception:
            _log.exception("No reminder for order %s", order.pk)
    return made


def expiring(company: Company, today: dt.date) -> Iterable[tuple[Order, str, dt.date]]:
    """Open offers whose last day is near."""
    last = today + dt.timedelta(days=EXPIRES_IN)
    found = _open(company).filter(expires_on__gte=today, expires_on__lte=last)
    found = found.exclude(reminders__kind=Reminder.Kind.EXPIRING,
                          reminders__due__gte=today)  # fmt: skip
    return [
        (order, Reminder.Kind.EXPIRING, order.expires_on)
        for order in found.order_by("pk")[:MOST]
        if order.expires_on
    ]


def unanswered(
    company: Company, today: dt.date
) -> Iterable[tuple[Order, str, dt.date]]:
    """Offers that were sent a week ago and are still only sent."""
    orders = _open(company).filter(state=Order.State.SENT).in_bulk()
    sent = (
        Change.objects.filter(
            record_type=ORDERS.name, event="sent", record_id__in=list(orders)
        )
        .values("record_id")
        .annotate(at=Max("at"))
        .values_list("record_id", "at")
    )
    profile = company.profile()
    found = []
    for pk, at in sent:
        due = profile.local(at).date() + dt.timedelta(days=UNANSWERED_AFTER)
        if due <= today:
            found.append((orders[pk], Reminder.Kind.UNANSWERED, due))
    return found[:MOST]


def _open(company: Company) -> "QuerySet[Order]":
    return Order.objects.filter(
        company=company,
        state__in=(Order.State.DRAFT, Order.State.SENT),
        salesperson__is_active=True,
    ).select_related("salesperson", "company")


def _remind(
    order: Order,
    what: str,
    due: dt.date,
    today: dt.date,
    kind: ActivityType,
    *,
    by: Actor,
) -> int:
    _reminder, is_new = Reminder.objects.get_or_create(order=order, kind=what, due=due)
    if not is_new or order.salesperson is None:
        return 0
    with translation.override(order.salesperson.language):
        summary = (
            _("The quotation expires soon")
            if what == Reminder.Kind.EXPIRING
            else _("The customer has not answered")
        )
    activities.schedule(
        order,
        ORDERS,
        kind,
        max(due, today) if what == Reminder.Kind.EXPIRING else today,
        order.salesperson,
        summary,
        by=by,
    )
    return 1
