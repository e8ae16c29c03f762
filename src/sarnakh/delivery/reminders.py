"""Deliveries that should have left (spec sales §25)."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.models import Company
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.delivery.models import Delivery, LateReminder
from sarnakh.delivery.types import DELIVERIES
from sarnakh.lib.calendars.parsing import to_instant

MOST = 5_000
_log = logging.getLogger(__name__)


def remind(company: Company, today: dt.date) -> int:
    """Plan an activity for whoever sold it, else for whoever made it; how many are
    new. Running again plans nothing twice; one that fails leaves the others be."""
    kind = ActivityType.objects.filter(code="todo").first()
    kind = kind or ActivityType.objects.order_by("sequence", "pk").first()
    if kind is None:
        return 0
    profile = company.profile()
    late = (
        Delivery.objects.filter(
            company=company,
            state__in=(Delivery.State.WAITING, Delivery.State.READY),
            scheduled_at__lt=to_instant(today, profile.tz),
        )
        .select_related("salesperson", "created_by", "company")
        .order_by("pk")[:MOST]
    )
    made = 0
    for delivery in late:
        try:
            with transaction.atomic():
                made += _remind(delivery, today, kind)
        except Exception:
            _log.exception("No reminder for delivery %s", delivery.pk)
    return made


def _remind(delivery: Delivery, today: dt.date, kind: ActivityType) -> int:
    people = (delivery.salesperson, delivery.created_by)
    user = next((one for one in people if one and one.is_active), None)
    if user is None or delivery.scheduled_at is None:
        return 0
    due = delivery.company.profile().local(delivery.scheduled_at).date()
    _reminder, is_new = LateReminder.objects.get_or_create(delivery=delivery, due=due)
    if not is_new:
        return 0
    with translation.override(user.language):
        summary = _("The delivery is late")
    # Nobody asked: the clock did.
    by = system_actor(delivery.company)
    activities.schedule(delivery, DELIVERIES, kind, today, user, summary, by=by)
    return 1
