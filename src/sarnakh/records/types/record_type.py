"""The one description that pages, search, import, export and API share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from sarnakh.accounts.actor import Actor
from sarnakh.records.access import Access
from sarnakh.records.types.field import Field

Condition = list[Any]
Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search field: what the typed text is looked for in.

    `fields` are OR-ed; `is_default` marks the one that Enter takes.
    `operator` is `ilike`, or `phone` for fragments of telephone numbers.
    """

    name: str
    label: str | Promise
    fields: tuple[str, ...]
    operator: str = "ilike"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A ready-made filter; filters of one block are OR-ed, blocks AND-ed.

    The condition may be a function of the actor, where what it asks for lies
    outside the record: "has something that I have not read".
    """

    name: str
    label: str | Promise
    condition: Condition | Callable[[Actor], Condition]
    block: int = 0

    def for_actor(self, actor: Actor) -> Condition:
        """The condition as it is for this person."""
        return self.condition(actor) if callable(self.condition) else self.condition


@dataclass(frozen=True, kw_only=True)
class PeriodFilter:
    """A filter on a date that offers periods of the user's calendar."""

    name: str
    label: str | Promise
    field: str
    block: int = 0


@dataclass(frozen=True, kw_only=True)
class Writers:
    """The doors through which records of a type are written.

    `create(values_list, by=…) -> list[Model]` makes any number at once;
    `change(record, values, seen=version|None, by=…) -> Model` edits one;
    `delete(records, by=…)` removes. Values are keyed by field name: links as
    ids (or None), many links as lists of ids, money as whole smallest units,
    instants as aware datetimes.
    """

    create: Callable[..., list[Any]]
    change: Callable[..., Any]
    delete: Callable[..., None]


@dataclass(frozen=True, kw_only=True, eq=False)
class RecordType:
    """A kind of record.

    `name` is the plural noun of addresses and the API. `order` ends in the
    primary key. `commands` are named writes of one record for the API and
    buttons: `command(record, by=actor, **arguments)`. `prefetch` names what a
    title needs, so that linked records show without a query each.
    `follows(field, value, actor)` gives texts for other fields of a form after
    one of them was chosen there.
    """

    name: str
    model: type[models.Model]
    label: str | Promise
    label_plural: str | Promise
    access: Access
    fields: Mapping[str, Field]
    writers: Writers
    title: str = "name"
    order: tuple[str, ...] = ("name", "pk")
    active: str = ""
    company: str = ""
    currency: str = ""
    parent: str = ""
    search: tuple[Search, ...] = ()
    search_column: str = ""
    search_index: str = ""
    searchable: tuple[str, ...] = ()
    sort_columns: Mapping[str, str] = field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    periods: tuple[PeriodFilter, ...] = ()
    sums: tuple[str, ...] = ()
    tally: type[models.Model] | None = None
    commands: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    quick_values: Callable[[str, Actor], Values] | None = None
    follows: Callable[[str, Any, Actor], Values] | None = None
    handover: frozenset[str] = frozenset()
    properties_owner: str = ""
    has_discussion: bool = False
    has_activities: bool = False
    is_importable: bool = False

    def field(self, name: str) -> Field | None:
        """The described field of that name."""
        return self.fields.get(name)

    def readable_fields(self, actor: Actor) -> dict[str, Field]:
        """Fields that the actor may read; others do not exist for them."""
        return {
            name: found
            for name, found in self.fields.items()
            if not found.roles or any(actor.has(role) for role in found.roles)
        }

    def title_of(self, record: models.Model) -> str:
        """What the record is called on screen."""
        return str(record)

    def columns(self, names: Sequence[str]) -> list[Field]:
        """Described fields in the order of the names, unknown ones left out."""
        return [self.fields[name] for name in names if name in self.fields]
