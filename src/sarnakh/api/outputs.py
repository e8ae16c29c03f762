"""Records as JSON: Gregorian days, UTC instants, exact amounts, links with names."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.api.errors import bad_request
from sarnakh.lib.money import decimal_text
from sarnakh.records import rows
from sarnakh.records.currency import currency_of, owner_of_currency
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

ALWAYS = ("id", "version")


@dataclass(frozen=True)
class Shape:
    """Which fields of a type are wanted, and for whom."""

    record_type: RecordType
    fields: tuple[Field, ...]
    actor: Actor

    def loaded(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows with their links, in a number of statements that is fixed."""
        links = [one.column for one in self.fields if one.kind == Kind.LINK]
        if any(one.kind == Kind.MONEY for one in self.fields):
            owner = owner_of_currency(self.record_type)
            links += [owner] if owner else []
        many = [one.column for one in self.fields if one.kind == Kind.LINKS]
        if links:
            found = found.select_related(*dict.fromkeys(links))
        return found.prefetch_related(*many) if many else found

    def plain(self, record: Any) -> dict[str, Any]:
        """A record as JSON."""
        currency = currency_of(record, self.record_type, self.actor)
        return {
            **identity(record),
            **{one.name: stored(one, record, currency) for one in self.fields},
        }


def shape(
    record_type: RecordType, actor: Actor, names: Sequence[str] | None = None
) -> Shape:
    """The wanted fields, all readable ones when none are named; 400 for unknown."""
    readable = record_type.readable_fields(actor)
    if names is None:
        return Shape(record_type, tuple(readable.values()), actor)
    if unknown := [one for one in names if one not in readable and one not in ALWAYS]:
        message = _("There is no such field.")
        fields = dict.fromkeys((one[:100] for one in unknown[:20]), message)
        raise bad_request("unknown-field", message, **fields)
    found = [readable[one] for one in names if one in readable]
    return Shape(record_type, tuple(found), actor)


def written(shape: Shape, records: Iterable[Any]) -> list[dict[str, Any]]:
    """Records just written, in their order, as they are stored now.

    One that the actor has moved out of their own reach shows its number only.
    """
    made = list(records)
    keys = [record.pk for record in made]
    visible = rows.visible(shape.record_type, shape.actor).filter(pk__in=keys)
    by_key = {record.pk: record for record in shape.loaded(visible)}
    return [
        shape.plain(by_key[record.pk]) if record.pk in by_key else identity(record)
        for record in made
    ]


def identity(record: Any) -> dict[str, Any]:
    """The number and the version of a record."""
    return {"id": record.pk, "version": getattr(record, "version", 1)}


def stored(field: Field, record: Any, currency: str) -> Any:
    """The value of a record's field as JSON."""
    value = getattr(record, field.column)
    if field.kind == Kind.LINKS:
        return [link(one) for one in value.all()]
    return plain(field, value, currency)


def plain(field: Field, value: Any, currency: str) -> Any:
    """A value of a field as JSON; None when it is not set."""
    if value is None or value == "":
        return None
    match field.kind:
        case Kind.MONEY:
            return money(value, currency)
        case Kind.LINK:
            return link(value)
        case Kind.LINKS:
            return [link(one) for one in value]
        case Kind.DATETIME:
            return instant(value)
        case Kind.DATE:
            return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def link(record: Any) -> dict[str, Any]:
    """A linked record; whoever reads the link may read its title."""
    return {"id": record.pk, "name": str(record)}


def money(minor: int, currency: str) -> dict[str, str]:
    """An amount of smallest units in major ones."""
    return {"amount": decimal_text(minor, currency), "currency": currency}


def instant(moment: dt.datetime) -> str:
    """An instant in UTC to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
