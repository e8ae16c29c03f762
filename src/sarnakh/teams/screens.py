"""How teams and memberships look."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import rows
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Banner, Screen, Section, SmartButton
from sarnakh.screens.state import SearchState, Typed
from sarnakh.teams.models import Team
from sarnakh.teams.types import MEMBERS, TEAMS


def banners(team: Team, actor: Actor) -> list[Banner]:
    """Whether mail reaches the team, and where that is set up."""
    if not team.alias:
        return []
    domain = (team.company or actor.company).mail_domain
    if domain:
        text = _("Mail to %(address)s becomes records of this team.")
        address = f"{team.alias}@{domain}"
        return [Banner(text=text % {"address": address}, tone="info")]
    may_set = actor.has(Role.ADMINISTRATOR)
    return [
        Banner(
            text=_("Inactive alias: the company has no mail domain yet."),
            url=reverse("accounts:companies") if may_set else "",
            label=_("Set a domain"),
        )
    ]


TEAM_LIST = Screen(
    slug="teams",
    type=TEAMS,
    title=_("Sales teams"),
    pages=(
        List(
            columns=("name", "alias", "leader", "company"),
            optional=("uses_pipeline", "uses_leads", "invoicing_target", "sequence"),
        ),
    ),
    groups=("company", "leader"),
    header=("name",),
    sections=(
        Section(
            _("Team details"),
            ("leader", "company", "invoicing_target", "sequence", "tone", "active"),
        ),
        Section(
            _("Uses"),
            (
                "uses_pipeline",
                "uses_leads",
                "uses_quotations",
                "alias",
                "accepts_from",
            ),
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="members",
            label=_("Members"),
            icon="users",
            count=lambda team, actor: (
                rows.visible(MEMBERS, actor).filter(team=team, active=True).count()
            ),
            url=lambda team: (
                reverse("team-members:browse")
                + "?"
                + SearchState(view="list", typed=(Typed("team", pk=team.pk),)).query()
            ),
        ),
    ),
    bulk=(EXPORT,),
    banners=banners,
    insets=("team-members",),
    panels=("discussion",),
    empty=_("Teams own stages, targets and added fields."),
)

MEMBER_LIST = Screen(
    slug="team-members",
    type=MEMBERS,
    title=_("Team members"),
    pages=(
        List(
            columns=("user", "team", "capacity", "opted_out"),
            optional=("active", "created_at"),
        ),
    ),
    groups=("team",),
    sections=(
        Section(_("Team member"), ("user", "team", "active")),
        Section(_("Assignment"), ("capacity", "opted_out")),
    ),
    bulk=(EXPORT,),
    empty=_("Who belongs to which team."),
)
