"""The history of a demo company: who did what, and when. Plain Python.

`drawing` makes one by lot, `writing` does it through the real doors.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What one step of a history does."""

    MOVE = "move"
    WIN = "win"
    LOSE = "lose"
    NOTE = "note"
    MESSAGE = "message"
    QUESTION = "question"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """One act: when, what, by whom (a log-in); `stage` of a move, `text` else."""

    at: dt.datetime
    kind: Kind
    by: str
    stage: int = 0
    text: str = ""
    work: int = 0
    amount: int | None = None


@dataclass
class Deal:
    """One opportunity from its first day on. Links are places in the plan's lists."""

    title: str
    tags: tuple[str, ...]
    amount: int
    customer: int
    contact: int | None
    team: int
    salesperson: str | None
    created: dt.datetime
    priority: int
    expected: dt.date
    medium: int | None
    source: int | None
    reason: int | None = None
    is_personal: bool = False
    description: str = ""
    tone: int = 0
    planned: tuple[int, int] | None = None
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A company card: its name, domain, city and street."""

    name: str
    domain: str
    city: int
    address: str
    phone: str
    zip: str
    since: dt.datetime


@dataclass(frozen=True)
class Human:
    """A person at a company (its place in the list)."""

    name: str
    address: str
    title: str
    job: str
    email: str
    mobile: str
    company: int


@dataclass
class Plan:
    """Everything that is to be written."""

    places: list[Place]
    people: list[Human]
    deals: list[Deal]
