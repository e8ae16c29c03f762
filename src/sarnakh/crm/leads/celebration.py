"""The message after a win (specification: crm, 2.5)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.crm.models import Lead
from sarnakh.lib.calendars import get as calendar


@dataclass(frozen=True)
class Celebration:
    """What to say, and why it is said."""

    reason: str
    message: str


def celebration(lead: Lead, *, by: Actor) -> Celebration | None:
    """The first message that applies to a lead just won; None when none does.

    The year is that of the company's calendar; records of the last 7 and 30
    days count from midnight of the acting person.
    """
    if not (lead.salesperson_id and lead.team_id):
        return None
    today = by.profile.today()
    year = calendar(by.company.calendar).start_of(today, "year", by.company.week_start)
    month, week = (_midnight(today - dt.timedelta(days=days), by) for days in (30, 7))
    closed = Lead.objects.filter(active=True)
    best = {
        "month": Max("expected_revenue", filter=Q(date_closed__gte=month)),
        "week": Max("expected_revenue", filter=Q(date_closed__gte=week)),
    }
    # Each in the words of its index: lead_own_wins, lead_wins.
    own = closed.filter(
        is_won=True,
        salesperson=lead.salesperson_id,
        date_closed__gte=_midnight(year, by),
    ).aggregate(deals=Count("*"), **best)
    if own["deals"] == 1:
        return Celebration("first-deal", _first_deal())
    if not lead.expected_revenue:
        return None
    team = closed.filter(
        probability=100,
        team=lead.team_id,
        date_closed__gte=max(month, _midnight(year, by)),
    ).aggregate(**best)
    for reason, top, message in (
        ("team-30", team["month"], _("Yeah! Best deal of the team in 30 days.")),
        ("team-7", team["week"], _("Yeah! The team's deal of the week.")),
        ("own-30", own["month"], _("You just beat your personal record of 30 days.")),
        ("own-7", own["week"], _("You just beat your personal record of the week.")),
    ):
        if top == lead.expected_revenue:
            return Celebration(reason, message)
    return None


def _first_deal() -> str:
    return _("Go, go, go! Congratulations on your first deal.")


def _midnight(day: dt.date, by: Actor) -> dt.datetime:
    return timezone.make_aware(
        dt.datetime.combine(day, dt.time()), timezone=by.profile.tz
    )
