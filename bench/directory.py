"""Companies, people and the words of the pipeline: small, so written one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neutral
from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.activities.models import ActivityType
from sarnakh.activities.seed import seed as seed_activity_types
from sarnakh.crm.models import LostReason, Stage
from sarnakh.records.types import by_model
from sarnakh.sources.models import Campaign, Medium, Source, Tag
from sarnakh.teams.models import Member, SalesSettings, Team

ROLES = {
    "manager": [Role.SALES_MANAGER],
    "team_leader": [Role.SALES_OWN],
    "salesperson": [Role.SALES_OWN],
}


@dataclass
class Directory:
    """Our keys by the names or numbers of the neutral files."""

    company: int
    director: int
    users: dict[str, int] = field(default_factory=dict)
    user_names: dict[int, str] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    stage_names: dict[str, str] = field(default_factory=dict)
    won: frozenset[str] = frozenset()
    words: dict[str, dict[str, int]] = field(default_factory=dict)
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    activity_types: dict[str, int] = field(default_factory=dict)
    timezone: str = ""
    country: str = ""


def load(folder: Path) -> Directory:
    """Write the small files; refuses a database that somebody uses already."""
    if User.objects.exists():
        raise SystemExit("This database holds people already; use an empty one.")
    # Amounts of the files have two decimals; people read them in Persian.
    company = Company.objects.create(name="Sales company", currency="USD")
    seed_activity_types()
    SalesSettings.objects.create(pk=SalesSettings.ONLY, uses_leads=True)
    rows = {name: list(neutral.rows(folder, name)) for name in neutral.SMALL}
    known = Directory(company=company.pk, director=0)
    known.timezone, known.country = company.timezone, company.country
    people = _people(rows["users"], company, known)
    # The files say nothing about who set the house up: the system did.
    by = system_actor(company)
    _teams(rows["teams"], rows["users"], people, by, known)
    _words(rows, by, known)
    for row in neutral.rows(folder, "states"):
        known.states[row["country_code"], row["state_code"]] = row["state_name"]
    known.activity_types = dict(ActivityType.objects.values_list("code", "pk"))
    return known


def _people(
    rows: Iterable[neutral.Row], company: Company, known: Directory
) -> dict[str, User]:
    found: dict[str, User] = {}
    for row in rows:
        user = User.objects.create_user(
            row["email"],
            name=row["name"],
            company=company,
            roles=ROLES[row["role"]],
            tone=len(found) % 8,
        )
        user.companies.add(company)
        found[row["user_id"]] = user
        known.users[row["user_id"]] = user.pk
        known.user_names[user.pk] = user.name
        if row["role"] == "manager":
            known.director = user.pk
    return found


def _teams(
    rows: Iterable[neutral.Row],
    users: Iterable[neutral.Row],
    people: dict[str, User],
    by: Actor,
    known: Directory,
) -> None:
    leaders = {r["team_id"]: r["user_id"] for r in users if r["role"] == "team_leader"}
    for row in rows:
        values = {
            "name": row["name"],
            "company": known.company,
            "leader": people[leaders[row["team_id"]]].pk,
            "uses_leads": True,
        }
        known.teams[row["team_id"]] = _create(Team, values, by)
    for row in users:
        if row["team_id"]:
            member = {
                "team": known.teams[row["team_id"]],
                "user": people[row["user_id"]].pk,
                "capacity": int(row["capacity_30d"]),
            }
            _create(Member, member, by)


def _words(rows: dict[str, list[neutral.Row]], by: Actor, known: Directory) -> None:
    for row in rows["stages"]:
        is_won = row["is_won"] == "1"
        values = {
            "name": row["name"],
            "sequence": int(row["sequence"]),
            "is_won": is_won,
        }
        known.stages[row["code"]] = _create(Stage, values, by)
        known.stage_names[row["code"]] = row["name"]
    known.won = frozenset(r["code"] for r in rows["stages"] if r["is_won"] == "1")
    for number, row in enumerate(rows["tags"]):
        tag = {"name": row["name"], "tone": 1 + number % 11}
        known.words.setdefault("tags", {})[row["name"]] = _create(Tag, tag, by)
    for name, model in (
        ("sources", Source),
        ("mediums", Medium),
        ("campaigns", Campaign),
        ("lost_reasons", LostReason),
    ):
        known.words[name] = {
            row["name"]: _create(model, {"name": row["name"]}, by) for row in rows[name]
        }


def _create(model: Any, values: dict[str, Any], by: Actor) -> int:
    """Through the door of the type, so that its rules and history are there."""
    record = by_model(model).writers.create([values], by=by)[0]
    return int(record.pk)
