"""What teams and memberships are."""

from django.utils.translation import gettext_lazy as _

from sarnakh.records import actions as plain
from sarnakh.records.types import Filter, RecordType, Search, Writers, describe
from sarnakh.teams import access, actions
from sarnakh.teams.models import Member, Team

ARCHIVED = Filter(
    name="archived", label=_("Archived"), condition=[["active", "=", False]]
)

TEAMS = RecordType(
    name="teams",
    model=Team,
    label=_("Sales team"),
    label_plural=_("Sales teams"),
    access=access.TEAMS,
    fields=describe(
        Team,
        "name",
        "leader",
        "company",
        "uses_pipeline",
        "uses_leads",
        "uses_quotations",
        "alias",
        "accepts_from",
        "invoicing_target",
        "sequence",
        "tone",
        "active",
        "created_at",
        targets={"leader": "users", "company": "companies"},
        tone={"widget": "tone"},
        name={"is_tracked": True},
        leader={"is_tracked": True},
    ),
    writers=Writers(
        create=actions.create_teams,
        change=actions.change_team,
        delete=plain.delete,
    ),
    order=("sequence", "-created_at", "-pk"),
    active="active",
    company="company",
    search=(
        Search(name="text", label=_("Sales team"), fields=("name",)),
        Search(name="leader", label=_("Team leader"), fields=("leader",)),
    ),
    filters=(ARCHIVED,),
    quick_values=lambda name, actor: {"name": name},
    has_discussion=True,
    is_importable=True,
)

MEMBERS = RecordType(
    name="team-members",
    model=Member,
    label=_("Team member"),
    label_plural=_("Team members"),
    access=access.MEMBERS,
    fields=describe(
        Member,
        "team",
        "user",
        "active",
        "capacity",
        "opted_out",
        "created_at",
        targets={"team": "teams", "user": "users"},
    ),
    writers=Writers(
        create=actions.create_members,
        change=actions.change_member,
        delete=actions.remove_members,
    ),
    title="user",
    order=("team__sequence", "team_id", "pk"),
    active="active",
    search=(
        Search(name="text", label=_("User"), fields=("user",)),
        Search(name="team", label=_("Sales team"), fields=("team",)),
    ),
    filters=(ARCHIVED,),
)
