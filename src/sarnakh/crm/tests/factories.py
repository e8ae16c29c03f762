"""A small sales company for tests: stages, teams, people, leads."""

from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import actions as people
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, Stage
from sarnakh.teams.models import Member, Team

_numbers = count(1)


def make_stages(team: Team | None = None) -> list[Stage]:
    """New, Qualified, Proposition and Won."""
    names = (("New", 1, False), ("Qualified", 2, False), ("Proposition", 3, False),
             ("Won", 70, True))  # fmt: skip
    return [
        Stage.objects.create(name=name, sequence=sequence, is_won=is_won, team=team)
        for name, sequence, is_won in names
    ]


def make_team(*users: User, **values: Any) -> Team:
    """A team with members."""
    team = Team.objects.create(**{"name": f"Team {next(_numbers)}", **values})
    for user in users:
        Member.objects.create(team=team, user=user)
    return team


def salesperson(**values: Any) -> Actor:
    """Somebody who sees own and unassigned leads."""
    return actor_for(make_user(Role.SALES_OWN, **values))


def colleague_of_all(**values: Any) -> Actor:
    """Somebody who sees all leads."""
    return actor_for(make_user(Role.SALES_ALL, **values))


def manager(**values: Any) -> Actor:
    """A sales administrator."""
    return actor_for(make_user(Role.SALES_MANAGER, **values))


def make_contact(by: Actor, **values: Any) -> Contact:
    """A customer."""
    given = {"name": f"Customer {next(_numbers)}", "is_company": True, **values}
    return people.create([given], by=by)[0]


def make_lead(by: Actor, **values: Any) -> Lead:
    """An opportunity of the actor."""
    given = {"name": f"Deal {next(_numbers)}", "kind": "opportunity", **values}
    return leads.create([given], by=by)[0]


__all__ = [
    "colleague_of_all",
    "make_company",
    "make_contact",
    "make_lead",
    "make_stages",
    "make_team",
    "manager",
    "salesperson",
]
