"""Which team is whose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sarnakh.accounts.actor import Actor
from sarnakh.teams.models import Member, SalesSettings, Team


def sales_settings(actor: Actor) -> SalesSettings:
    """The switches of the sales app, read once in a request."""
    found: SalesSettings = actor.once("sales-settings", SalesSettings.current)
    return found


@dataclass(frozen=True)
class TeamFacts:
    """What choosing a default team needs to know about one team."""

    pk: int
    company_id: int | None
    uses_leads: bool
    uses_pipeline: bool
    people: frozenset[int]


def team_facts() -> list[TeamFacts]:
    """All active teams in their order, each with its leader and members."""
    people: dict[int, set[int]] = {}
    for team_id, user_id in Member.objects.filter(active=True).values_list(
        "team_id", "user_id"
    ):
        people.setdefault(team_id, set()).add(user_id)
    teams = Team.objects.filter(active=True).order_by("sequence", "-created_at", "-pk")
    return [
        TeamFacts(
            pk=team.pk,
            company_id=team.company_id,
            uses_leads=team.uses_leads,
            uses_pipeline=team.uses_pipeline,
            people=frozenset(
                people.get(team.pk, set())
                | ({team.leader_id} if team.leader_id else set())
            ),
        )
        for team in teams
    ]


def default_team(
    teams: Sequence[TeamFacts],
    user_id: int | None,
    *,
    is_lead: bool,
    company_ids: Sequence[int],
    main_team: int | None,
) -> int | None:
    """The team of a new record for a salesperson (specification: crm, 1.3).

    `main_team` is the session's default team. The customer's team plays no part.
    """
    near = [t for t in teams if t.company_id is None or t.company_id in company_ids]

    def fits(team: TeamFacts) -> bool:
        return team.uses_leads if is_lead else team.uses_pipeline

    own = [t for t in near if user_id in t.people]
    for candidates in ([t for t in own if fits(t)], own):
        if candidates:
            keys = [t.pk for t in candidates]
            return main_team if main_team in keys else keys[0]
    if main_team in [t.pk for t in near]:
        return main_team
    for candidates in ([t for t in near if fits(t)], near):
        if candidates:
            return candidates[0].pk
    return None
