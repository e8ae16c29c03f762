"""What a demo company is made of: words and figures, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass

from sarnakh.demo.trade import Trade


@dataclass(frozen=True)
class Worker:
    """Somebody who can act in the demo; `login` stands before the at-sign."""

    login: str
    name: str
    role: str
    phone: str = ""


@dataclass(frozen=True)
class TeamPlan:
    """A team: logins of leader and members, names of the cities it sells in.

    `target` is a month's invoices in whole main units.
    """

    name: str
    leader: str
    members: tuple[str, ...]
    cities: tuple[str, ...]
    target: int
    alias: str


@dataclass(frozen=True)
class City:
    """A place with its province, streets, and how phone numbers look (# a digit)."""

    name: str
    state: str
    phone: str
    streets: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True)
class GivenName:
    """A first name as written, in Latin letters, and its title."""

    name: str
    latin: str
    title: str


@dataclass(frozen=True)
class Offer:
    """Something sold: title with {n}, {place}, {building}, {city}; price of one.

    `price` is in whole main units (rials, dollars), `low` to `high` how many. With
    `only_for` it is sold to customers whose name has one of the words.
    """

    title: str
    tags: tuple[str, ...]
    price: int
    low: int = 1
    high: int = 1
    only_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """An activity: type code, what is to be done, what came of it."""

    code: str
    summary: str
    feedback: str


@dataclass(frozen=True)
class Sizes:
    """How many of everything; `open_main` per stage for the main log-in."""

    companies: int
    people: int
    open_main: tuple[int, ...]
    open_others: tuple[int, ...]
    won: int
    lost: int
    months: int = 18
    unassigned: int = 0

    @property
    def opportunities(self) -> int:
        """All of them."""
        return sum(self.open_main) + sum(self.open_others) + self.won + self.lost


@dataclass(frozen=True)
class Script:
    """One demo company. `main` is the log-in that sees the fullest board."""

    language: str
    company: Mapping[str, object]
    digits: str
    domain: str
    minor: int
    weekend: frozenset[int]
    smallest: int
    largest: int
    sizes: Sizes
    main: str
    shown_logins: tuple[str, ...]
    workers: tuple[Worker, ...]
    teams: tuple[TeamPlan, ...]
    tags: Mapping[str, int]
    urgent: str
    cities: tuple[City, ...]
    mobiles: tuple[str, ...]
    companies: tuple[tuple[str, str], ...]
    given_names: tuple[GivenName, ...]
    surnames: tuple[tuple[str, str], ...]
    jobs: tuple[str, ...]
    honours: Mapping[str, str]
    address: str
    offers: tuple[Offer, ...]
    places: tuple[str, ...]
    buildings: tuple[str, ...]
    requirements: Mapping[str, str]
    descriptions: tuple[str, ...]
    early_notes: tuple[str, ...]
    middle_notes: tuple[str, ...]
    late_notes: tuple[str, ...]
    won_notes: tuple[str, ...]
    lost_notes: tuple[str, ...]
    messages: tuple[str, ...]
    questions: tuple[str, ...]
    works: tuple[Work, ...]
    trade: Trade


def rows_of(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of "name | slug" as pairs."""
    lines = (line.split("|") for line in text.strip().splitlines())
    return tuple((name.strip(), slug.strip()) for name, slug in lines)


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Words with their Latin form behind a slash; a word of Latin letters is its own.

    A hyphen stands for the half-space inside a name.
    """
    found = []
    for word in text.split():
        name, _slash, latin = word.partition("/")
        found.append((name.replace("-", "\u200c"), latin or name.lower()))
    return tuple(found)


def given_names(title: str, text: str) -> tuple[GivenName, ...]:
    """First names, written as `pairs_of` reads them, that share a title."""
    return tuple(GivenName(name, latin, title) for name, latin in pairs_of(text))
