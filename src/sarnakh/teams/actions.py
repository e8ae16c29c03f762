"""Teams and who belongs to them."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.lib.errors import Refused
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.teams.alias import RESERVED, local_part
from sarnakh.teams.models import Member, SalesSettings, Team


class AlreadyMember(Refused):
    """A person can be an active member of a team only once."""

    def __init__(self) -> None:
        super().__init__(
            _("This person is a member of the team already."), "already-member"
        )


class OutsideCompany(Refused):
    """A team of one company takes only people of that company."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s does not work in the company of this team.") % {"name": name},
            "outside-company",
        )


@transaction.atomic
def create_members(values: Sequence[Values], *, by: Actor) -> list[Member]:
    """Add people to teams; without "multi teams" they leave their other ones."""
    member_type = by_model(Member)
    made = []
    for one in values:
        member = Member(**plain.column_values(member_type, one))
        plain.stamp(member, by=by)
        _fit(member)
        if member.active:
            leave_other_teams(member, by=by)
        try:
            with transaction.atomic():
                member.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyMember from error
        changes.log(member, member_type, by=by, event="created")
        made.append(member)
    return made


@transaction.atomic
def change_member(
    member: Member, values: Values, *, seen: int | None = None, by: Actor
) -> Member:
    """Edit a membership; making it active counts like joining."""

    def check(record: Any, changed: set[str]) -> None:
        _fit(record)
        twins = Member.objects.filter(
            team_id=record.team_id, user_id=record.user_id, active=True
        )
        if record.active and twins.exclude(pk=record.pk).exists():
            raise AlreadyMember
        if record.active and changed & {"active", "user", "team"}:
            leave_other_teams(record, by=by)

    return plain.write(member, values, seen=seen, derive=check, by=by)


@transaction.atomic
def remove_members(members: Sequence[Member], *, by: Actor) -> None:
    """Leaving archives the membership; its history stays."""
    for member in members:
        plain.write(member, {"active": False}, by=by)


@transaction.atomic
def create_teams(values: Sequence[Values], *, by: Actor) -> list[Team]:
    """New teams; whoever makes one has it among the favourites."""
    made: list[Team] = _CREATE(values, by=by)
    if by.user:
        for team in made:
            team.favourite_of.add(by.user)
    return made


def keep_alias(team: Team, _changed: set[str] | None = None) -> None:
    """Write an alias as addresses have it; without use for it there is none.

    InvalidValues for an alias that no address can hold, or that another team has.
    """
    if not (team.uses_leads or team.uses_pipeline):
        team.alias = ""
    if not team.alias:
        return
    try:
        team.alias = local_part(team.alias)
    except ValueError:
        raise InvalidValues({"alias": str(_ALIAS_LETTERS)}) from None
    if team.alias in RESERVED:
        raise InvalidValues({"alias": _("This address is kept for other mail.")})
    domain = team.company.mail_domain if team.company else ""
    twins = Team.objects.filter(alias=team.alias).exclude(pk=team.pk)
    if any((one.company.mail_domain if one.company else "") == domain for one in twins):
        raise InvalidValues({"alias": _("Another team has this alias.")})


@transaction.atomic
def change_team(
    team: Team, values: Values, *, seen: int | None = None, by: Actor
) -> Team:
    """Edit a team; a company that its members do not fit is refused."""

    def check(record: Any, changed: set[str]) -> None:
        keep_alias(record)
        if "company" in changed and record.company_id:
            for member in Member.objects.filter(team=record, active=True):
                member.team = record
                _fit(member)

    return plain.write(team, values, seen=seen, derive=check, by=by)


@transaction.atomic
def toggle_favourite(team: Team, *, by: Actor) -> bool:
    """Star a team, or take the star back; whether it is starred now."""
    if by.user is None:
        return False
    starred = team.favourite_of.filter(pk=by.user.pk).exists()
    if starred:
        team.favourite_of.remove(by.user)
    else:
        team.favourite_of.add(by.user)
    return not starred


def leave_other_teams(member: Member, *, by: Actor) -> None:
    """Archive the person's other memberships unless several are allowed."""
    if SalesSettings.current().uses_multi_teams:
        return
    others = Member.objects.filter(user_id=member.user_id, active=True).exclude(
        pk=member.pk
    )
    for other in others.exclude(team_id=member.team_id):
        plain.write(other, {"active": False}, by=by)


_CREATE = plain.plain_writers(Team, keep_alias).create
_ALIAS_LETTERS = gettext_lazy("Write the alias in Latin letters, e.g. sales.")


def _fit(member: Member) -> None:
    company = member.team.company
    if company and not member.user.companies.filter(pk=company.pk).exists():
        raise OutsideCompany(member.user.name)
