"""The made-up records, described."""

from typing import Any

from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, Search, Writers, describe

from .models import Area, Deal, Label, Line, Person


def nothing(*_args: Any, **_values: Any) -> Any:
    """These records are written by the tests themselves."""


WRITERS = Writers(create=nothing, change=nothing, delete=nothing)
OPEN = Access(table={Role.INTERNAL: "read"})
OWN = Access(
    table={Role.INTERNAL: "read"},
    rules=(
        Rule(Role.SALES_OWN, ["|", ["owner", "=", "@me"], ["owner", "=", None]]),
        Rule(Role.SALES_ALL, []),
    ),
)


def simple(name: str, model: Any, fields: dict[str, Field], **more: Any) -> RecordType:
    """A record type without writers."""
    values = {"access": OPEN, **more}
    return RecordType(
        name=name,
        model=model,
        label=name,
        label_plural=name,
        fields=fields,
        writers=WRITERS,
        **values,
    )


AREAS = simple(
    "areas",
    Area,
    describe(Area, "name", "parent", targets={"parent": "areas"}),
    parent="parent",
)
PEOPLE = simple(
    "people",
    Person,
    describe(
        Person,
        "name",
        "city",
        "secret",
        "area",
        "owner",
        "active",
        targets={"area": "areas", "owner": "users"},
        secret={"roles": frozenset({Role.ADMINISTRATOR})},
    ),
    access=OWN,
    active="active",
)
LABELS = simple("labels", Label, describe(Label, "name", "active"), active="active")
LINES = simple(
    "lines",
    Line,
    describe(Line, "deal", "name", "count", "active", targets={"deal": "deals"}),
    active="active",
)
USERS = simple("users", User, describe(User, "name", "email"))
DEALS = simple(
    "deals",
    Deal,
    {
        **describe(
            Deal,
            "name",
            "nickname",
            "note",
            "rank",
            "score",
            "ratio",
            "amount",
            "is_hot",
            "state",
            "day",
            "moment",
            "person",
            "area",
            "owner",
            "labels",
            "phone",
            "properties",
            targets={
                "person": "people",
                "area": "areas",
                "owner": "users",
                "labels": "labels",
            },
        ),
        "lines": Field(
            name="lines",
            kind=Kind.LINKS,
            label="Lines",
            column="lines",
            target="lines",
        ),
        "hidden": Field(
            name="hidden",
            kind=Kind.TEXT,
            label="Hidden",
            column="note",
            filterable=False,
        ),
    },
    search=(Search(name="name", label="Name", fields=("name",)),),
    search_column="search_text",
    searchable=("name", "nickname", "note"),
)
TYPES = (AREAS, PEOPLE, LABELS, LINES, USERS, DEALS)
