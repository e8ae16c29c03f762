"""On whose behalf a condition is understood."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.lib.money import CURRENCIES
from sarnakh.records.access import grouped
from sarnakh.records.conditions import refusal
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_model, by_name, describe

ID = Field(name="id", kind=Kind.INTEGER, label="ID", column="pk")


@dataclass(frozen=True)
class Reader:
    """The actor and the moment; `is_trusted` for conditions that are ours.

    A trusted condition passes through fields and rows that the actor may not
    see: access rules need that, requests must never have it.
    """

    actor: Actor
    is_trusted: bool = False
    now: datetime = field(default_factory=timezone.now)

    def field(self, record_type: RecordType, name: str) -> Field | None:
        """The field of that name if a condition may use it."""
        if name == "id":
            return ID
        if self.is_trusted:
            return record_type.field(name) or _undescribed(record_type, name)
        found = record_type.readable_fields(self.actor).get(name)
        return found if found is not None and found.filterable else None

    def target(self, link: Field) -> RecordType | None:
        """The type behind a link; None when nothing describes it."""
        try:
            return by_name(link.target)
        except KeyError:
            return None

    def behind(self, link: Field) -> RecordType:
        """The type behind a link; raises Invalid when nothing describes it."""
        found = self.target(link)
        if found is None:
            raise refusal.unknown_field(link.name)
        return found

    def restriction(self, record_type: RecordType) -> list[Any] | None:
        """The condition that linked rows must meet; None when none is visible."""
        if self.is_trusted:
            return []
        if not record_type.access.allows(self.actor, "read"):
            return None
        return grouped(record_type.access.condition(self.actor, "read"))

    def trusted(self) -> "Reader":
        """The same reader for a rule of ours."""
        return Reader(self.actor, is_trusted=True, now=self.now)

    def minor_units(self, amount: Decimal) -> Decimal:
        """A typed amount in the smallest units of the company's currency."""
        return amount.scaleb(CURRENCIES[self.actor.company.currency].decimals)


def _undescribed(record_type: RecordType, name: str) -> Field | None:
    """A model field that our rules use although no screen shows it."""
    try:
        source = record_type.model._meta.get_field(name)
        target = _type_name(source.related_model)
        return describe(record_type.model, name, targets={name: target})[name]
    except (FieldDoesNotExist, TypeError, AssertionError):
        return None


def _type_name(model: Any) -> str:
    try:
        return by_model(model).name
    except KeyError:
        return ""


def rows_of(model: type[Model]) -> "QuerySet[Any]":
    """All rows of a model, before any restriction."""
    return model._default_manager.all()
