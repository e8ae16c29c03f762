"""Units: one reference for each category, and sizes that keep their meaning."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Model
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.errors import NoReference, SecondReference, UnitInUse
from sarnakh.catalog.models import Unit
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values

REFERENCE = Unit.Size.REFERENCE


@transaction.atomic
def create(values: Sequence[Values], *, by: Actor) -> list[Unit]:
    """Make units; the first of a category has to be its reference."""
    writers = plain.plain_writers(Unit, _check)
    made: list[Unit] = writers.create(values, by=by)
    return made


@transaction.atomic
def change(unit: Unit, values: Values, *, seen: int | None = None, by: Actor) -> Unit:
    """Edit a unit; its size stays as soon as anything is measured in it."""

    def check(record: Any, changed: set[str]) -> None:
        if changed & {"category", "size", "ratio"}:
            stored = Unit.objects.get(pk=record.pk)
            if is_referenced(stored):
                raise UnitInUse(stored)
            if stored.size == REFERENCE and _others(stored).exists():
                raise NoReference
        _check(record, changed)

    changed: Unit = plain.write(unit, values, seen=seen, derive=check, by=by)
    return changed


@transaction.atomic
def delete(units: Sequence[Unit], *, by: Actor) -> None:
    """Delete units; a reference goes last."""
    for unit in sorted(units, key=lambda one: one.size == REFERENCE):
        if unit.size == REFERENCE and _others(unit).exists():
            raise NoReference
        plain.delete([unit], by=by)


def is_referenced(record: Model) -> bool:
    """Whether any row of any room points to the record."""
    relations: list[Any] = [
        relation
        for relation in record._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    ]
    return any(
        relation.related_model._default_manager.filter(
            **{relation.field.name: record}
        ).exists()
        for relation in relations
    )


def _check(unit: Any, changed: set[str]) -> None:
    ratio = Decimal(str(unit.ratio))
    if ratio <= 0:
        raise InvalidValues({"ratio": _("This must be more than zero.")})
    if Decimal(str(unit.rounding)) <= 0:
        raise InvalidValues({"rounding": _("This must be more than zero.")})
    if unit.size == REFERENCE:
        unit.ratio = Decimal(1)
    if unit.category_id is None:
        return
    reference = _others(unit).filter(size=REFERENCE).first()
    if unit.size == REFERENCE and reference:
        raise SecondReference(reference)
    if unit.size != REFERENCE and not reference:
        raise NoReference


def _others(unit: Unit) -> Any:
    return Unit.objects.filter(category_id=unit.category_id).exclude(pk=unit.pk)
