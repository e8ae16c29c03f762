"""A chosen field as a column: where its value comes from and what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.fields import importable
from sarnakh.exchange.mapping import DATABASE_ID, EXTERNAL_ID
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

DEEPEST = 3


@dataclass(frozen=True)
class Step:
    """A link on the way to a field: the type it starts from, and where it leads."""

    owner: RecordType
    field: Field
    target: RecordType


@dataclass(frozen=True)
class Column:
    """One column of an export.

    `steps` are the links walked; `field` is None for the ids of the last record.
    """

    path: str
    steps: tuple[Step, ...]
    record_type: RecordType
    field: Field | None

    @property
    def is_id(self) -> bool:
        """Whether it is the external id."""
        return self.field is None and self.path.split("/")[-1] == EXTERNAL_ID

    @property
    def many(self) -> int | None:
        """The place of the step that leads to several records, if one does."""
        for place, step in enumerate(self.steps):
            if step.field.kind == Kind.LINKS:
                return place
        return None

    @property
    def kind(self) -> Kind:
        """What its cells hold."""
        if self.field is None:
            return Kind.TEXT if self.is_id else Kind.INTEGER
        return self.field.kind

    @property
    def label(self) -> str:
        """The header for people: labels of the way, joined by slashes."""
        own = str(self.field.label) if self.field else self.path.split("/")[-1]
        return "/".join([*(str(step.field.label) for step in self.steps), own])


def fields_of(record_type: RecordType, actor: Actor) -> dict[str, Field]:
    """What can be exported of a type: readable fields, links to readable types."""
    return {
        name: field
        for name, field in record_type.readable_fields(actor).items()
        if field.kind != Kind.PROPERTIES
        and field.widget != "password"
        and (not field.target or rows.may(by_name(field.target), actor, "read"))
    }


def column_at(path: str, record_type: RecordType, actor: Actor) -> Column | None:
    """The column of a path such as `customer/country`; None when there is none."""
    names = path.split("/")
    if len(names) > DEEPEST:
        return None
    steps: list[Step] = []
    here = record_type
    for name in names[:-1]:
        field = fields_of(here, actor).get(name)
        if field is None or not field.target:
            return None
        if field.kind == Kind.LINKS and any(s.field.kind == Kind.LINKS for s in steps):
            # Two lists in one another have no rows of their own.
            return None
        steps.append(Step(here, field, by_name(field.target)))
        here = steps[-1].target
    last = names[-1]
    if last in (EXTERNAL_ID, DATABASE_ID):
        return Column(path, tuple(steps), here, None)
    field = fields_of(here, actor).get(last)
    if field is None:
        return None
    if field.kind == Kind.LINKS and any(s.field.kind == Kind.LINKS for s in steps):
        return None
    return Column(path, tuple(steps), here, field)


def chosen(
    paths: Sequence[str], record_type: RecordType, actor: Actor, *, compatible: bool
) -> list[Column]:
    """Columns of the wanted paths, each once; unknown ones drop out.

    A compatible export starts with the id, holds only what an import can write, and
    names linked records by their ids.
    """
    wanted = list(dict.fromkeys(paths))
    if compatible:
        wanted = [EXTERNAL_ID, *_writable(wanted, record_type, actor)]
    found = [column_at(path, record_type, actor) for path in wanted]
    return [column for column in found if column is not None]


def _writable(paths: Sequence[str], record_type: RecordType, actor: Actor) -> list[str]:
    fields = importable(record_type, actor)
    names = dict.fromkeys(path.split("/")[0] for path in paths)
    return [
        f"{name}/{EXTERNAL_ID}" if fields[name].kind.is_link else name
        for name in names
        if name in fields
    ]


@dataclass(frozen=True)
class Offer:
    """A line of the field tree; `opens` when it leads to further fields."""

    path: str
    label: str
    opens: bool


def offers(record_type: RecordType, actor: Actor, under: str = "") -> list[Offer]:
    """The fields at one place of the tree, in the order of their labels."""
    here, depth = record_type, 0
    labels: list[str] = []
    if under:
        parent = column_at(under, record_type, actor)
        if parent is None or parent.field is None or not parent.field.target:
            return []
        here, depth = by_name(parent.field.target), len(parent.steps) + 1
        labels = [parent.label]
    found = [
        Offer(
            path=f"{under}/{name}" if under else name,
            label="/".join([*labels, str(field.label)]),
            opens=bool(field.target) and depth + 1 < DEEPEST,
        )
        for name, field in fields_of(here, actor).items()
    ]
    found = [one for one in found if column_at(one.path, record_type, actor)]
    ids = Offer(
        f"{under}/id" if under else "id", "/".join([*labels, _("External id")]), False
    )
    return [*sorted(found, key=lambda one: one.label), ids]


def searched(
    text: str, record_type: RecordType, actor: Actor, limit: int = 60
) -> list[Offer]:
    """Fields of the first two levels whose label contains the text."""
    from sarnakh.lib.text import contains

    found: list[Offer] = []
    for offer in offers(record_type, actor):
        below = offers(record_type, actor, offer.path) if offer.opens else []
        found += [one for one in (offer, *below) if contains(one.label, text)]
    return found[:limit]
