"""Pickups and returns that somebody should look after (spec sales §25)."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.models import Company
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.lib.calendars.parsing import to_instant
from sarnakh.rental.models import RentalOrder, RentalReminder
from sarnakh.rental.types import RENTALS

MOST = 5_000
Kind = RentalReminder.Kind
_log = logging.getLogger(__name__)


def remind(company: Company, today: dt.date) -> int:
    """Plan activities for salespeople; how many are new. Twice plans nothing twice."""
    kind = ActivityType.objects.filter(code="todo").first()
    kind = kind or ActivityType.objects.order_by("sequence", "pk").first()
    if kind is None:
        return 0
    made = 0
    for rental, what, due in wanted(company, today):
        try:
            with transaction.atomic():
                made += _remind(rental, what, due, today, kind)
        except Exception:
            _log.exception("No reminder for rental %s", rental.pk)
    return made


def wanted(
    company: Company, today: dt.date
) -> Iterable[tuple[RentalOrder, str, dt.date]]:
    """Due today, and late, by the company's clock."""
    profile = company.profile()
    ends = to_instant(today + dt.timedelta(days=1), profile.tz)
    now = timezone.now()
    found = (
        RentalOrder.objects.filter(
            Q(pickup_due_at__lt=ends) | Q(return_due_at__lt=ends),
            company=company,
            salesperson__is_active=True,
        )
        .select_related("salesperson", "company", "customer")
        .order_by("pk")[:MOST]
    )
    for rental in found:
        pairs = (
            (Kind.PICKUP, rental.pickup_due_at),
            (Kind.RETURN, rental.return_due_at),
        )
        for what, at in pairs:
            if at is None or at >= ends:
                continue
            due = profile.local(at).date()
            if what == Kind.RETURN and at < now and due < today:
                yield rental, Kind.LATE, due
            else:
                yield rental, what, due


def _remind(
    rental: RentalOrder,
    what: str,
    due: dt.date,
    today: dt.date,
    kind: ActivityType,
) -> int:
    _reminder, is_new = RentalReminder.objects.get_or_create(
        rental=rental, kind=what, due=due
    )
    if not is_new or rental.salesperson is None:
        return 0
    with translation.override(rental.salesperson.language):
        summary = {
            Kind.PICKUP: _("Pickup of a rental"),
            Kind.RETURN: _("Return of a rental"),
            Kind.LATE: _("The rental is late"),
        }[Kind(what)]
    # Nobody asked: the clock did.
    by = system_actor(rental.company)
    activities.schedule(
        rental, RENTALS, kind, today, rental.salesperson, summary, by=by
    )
    return 1
