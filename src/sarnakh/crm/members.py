"""The people of a team as cards, with what each was given lately."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.crm.models import Lead
from sarnakh.records import rows
from sarnakh.records.types import RecordType
from sarnakh.teams.models import Member, Team
from sarnakh.teams.types import MEMBERS

DAYS = 30


@dataclass(frozen=True)
class MemberCard:
    """A membership and how many leads came to it in the last days."""

    member: Member
    assigned: int

    @property
    def is_measured(self) -> bool:
        """Whether there is a capacity to compare with."""
        return self.member.capacity > 0 and not self.member.opted_out

    @property
    def is_over(self) -> bool:
        """More than the capacity."""
        return self.assigned > self.member.capacity


def context(team: Team, record_type: RecordType, actor: Actor) -> dict[str, Any]:
    """What the cards of a team need."""
    cards = member_cards(team, actor)
    return {
        "team": team,
        "cards": cards,
        "assigned": sum(card.assigned for card in cards),
        "capacity": sum(card.member.capacity for card in cards),
        "may_add": rows.may(MEMBERS, actor, "create"),
        "actor": actor,
        "profile": actor.profile,
    }


def member_cards(team: Team, actor: Actor) -> list[MemberCard]:
    """Active members in the order in which they came, with their leads of 30 days.

    Leads given by hand count like assigned ones, archived ones too.
    """
    since = timezone.now() - dt.timedelta(days=DAYS)
    given = dict(
        Lead.objects.filter(team=team, salesperson__isnull=False, date_open__gte=since)
        .order_by()
        .values_list("salesperson_id")
        .annotate(Count("pk"))
    )
    members = (
        rows.visible(MEMBERS, actor)
        .filter(team=team, active=True)
        .select_related("user")
        .order_by("pk")
    )
    return [MemberCard(member, given.get(member.user_id, 0)) for member in members]
