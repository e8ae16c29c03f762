"""Make salespeople and their teams from a table, so that imports can name them.

An import never makes users. People made here have no password: they cannot log in
until an administrator sends them an invitation.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.exchange import storage
from sarnakh.exchange.cells import as_text
from sarnakh.exchange.errors import ReadError
from sarnakh.exchange.reading.sheet import Sheet, read
from sarnakh.lib.text import searchable
from sarnakh.records import guarded
from sarnakh.teams.models import Member, Team
from sarnakh.teams.types import MEMBERS, TEAMS

_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")


class Command(BaseCommand):
    """`add_salespeople people.csv --name-column agent --team-column office`."""

    help = (
        "Make salespeople without a password, their teams and memberships from a "
        "table. Whoever is there already stays as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which columns say what."""
        add = parser.add_argument
        add("file", type=Path)
        add("--name-column", required=True, metavar="HEADER")
        add("--team-column", default="", metavar="HEADER")
        add("--leader-column", default="", metavar="HEADER")
        add("--email-column", default="", metavar="HEADER")
        add("--domain", default="example.invalid",
            help="for addresses that the file does not give")  # fmt: skip
        add("--company", default="", help="its name; default: the first")

    def handle(self, **options: Any) -> None:
        """Print how many people and teams were made."""
        company = _company(options["company"])
        people = _People(company, options["domain"])
        token = storage.new_folder()
        try:
            path = storage.keep(token, [options["file"].read_bytes()])
            sheet = read(path, options["file"].name).sheet
            with transaction.atomic():
                teams = _take(sheet, options, people, _operator(company))
        except (ReadError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            storage.remove(token)
        self.stdout.write(f"{people.made} people and {teams} teams made")


def _operator(company: Company) -> Actor:
    # Whoever runs commands on the server acts for nobody in particular.
    return system_actor(company)


def _company(name: str) -> Company:
    found = Company.objects.order_by("pk")
    company = (found.filter(name=name) if name else found).first()
    if company is None:
        raise CommandError("There is no such company.")
    return company


class _People:
    """Users by their names; new ones get an address that reaches nobody."""

    def __init__(self, company: Company, domain: str) -> None:
        self.company = company
        self.domain = domain
        self.made = 0
        users = User.objects.filter(companies=company)
        self._by_name = {searchable(user.name): user for user in users}

    def named(self, name: str, email: str = "") -> User:
        """The user of that name, made if need be."""
        key = searchable(name)
        if key not in self._by_name:
            self._by_name[key] = self._make(name, email or self._address(name))
            self.made += 1
        return self._by_name[key]

    def _make(self, name: str, email: str) -> User:
        company = self.company
        user = User.objects.create_user(
            email,
            None,
            name=name,
            company=company,
            roles=[Role.INTERNAL, Role.SALES_OWN],
            language=company.language,
            calendar=company.calendar,
            digits=company.digits,
            timezone=company.timezone,
            week_start=company.week_start,
        )
        user.companies.add(company)
        audit.record(
            audit.Event.USER, by=None, subject=email, command="add_salespeople"
        )
        return user

    def _address(self, name: str) -> str:
        local = _NOT_IN_ADDRESS.sub(".", searchable(name)).strip(".") or "person"
        address, number = f"{local}@{self.domain}", 1
        while User.objects.filter(email__iexact=address).exists():
            number += 1
            address = f"{local}.{number}@{self.domain}"
        return address


def _take(sheet: Sheet, options: dict[str, Any], people: _People, by: Actor) -> int:
    places = {
        what: _place(sheet, options[f"{what}_column"])
        for what in ("name", "team", "leader", "email")
    }
    teams: dict[str, Team] = {
        searchable(team.name): team for team in Team.objects.filter(active=True)
    }
    made = 0
    for row in sheet.rows:
        cells = {
            what: " ".join(as_text(row.cells[place]).split()) if place >= 0 else ""
            for what, place in places.items()
        }
        if not cells["name"]:
            continue
        user = people.named(cells["name"], cells["email"])
        if not cells["team"]:
            continue
        leader = people.named(cells["leader"]) if cells["leader"] else None
        key = searchable(cells["team"])
        if key not in teams:
            values = {"name": cells["team"], "leader": leader.pk if leader else None}
            teams[key] = guarded.create(TEAMS, [values], by=by)[0]
            made += 1
        team = teams[key]
        if not Member.objects.filter(team=team, user=user, active=True).exists():
            guarded.create(MEMBERS, [{"team": team.pk, "user": user.pk}], by=by)
    return made


def _place(sheet: Sheet, header: str) -> int:
    if not header:
        return -1
    if header not in sheet.headers:
        raise CommandError(
            f"There is no column {header}. There are: {', '.join(sheet.headers)}."
        )
    return sheet.headers.index(header)
