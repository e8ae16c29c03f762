"""Many linked records: questions that do not multiply rows."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from sarnakh.records.types import Field, RecordType


def related(
    owner: RecordType, link: Field, wanted: "QuerySet[Any] | tuple[Any, ...] | None"
) -> Exists:
    """Whether one of the linked records is among the wanted rows or ids.

    `None` asks for any link at all. Each use is a sub-query of its own, so two
    questions may be answered by two different linked records.
    """
    if isinstance(wanted, QuerySet):
        wanted = wanted.values("pk")
    source = _source(owner.model, link.column)
    if isinstance(source, models.ManyToManyField) and source.remote_field.through:
        through = source.remote_field.through._base_manager.all()
        here, there = source.m2m_field_name(), source.m2m_reverse_field_name()
        return _exists(through, here, there, wanted)
    if isinstance(source, models.ManyToOneRel):
        lines = source.field.model._base_manager.all()
        return _exists(lines, source.field.name, "pk", wanted)
    return _exists(owner.model._base_manager.all(), "pk", link.column, wanted)


def _exists(rows: "QuerySet[Any]", here: str, there: str, wanted: Any) -> Exists:
    found = rows.filter(**{here: OuterRef("pk")})
    if wanted is None:
        return Exists(found.filter(**{f"{there}__isnull": False}))
    return Exists(found.filter(**{f"{there}__in": wanted}))


def _source(model: type[models.Model], column: str) -> Any:
    try:
        return model._meta.get_field(column)
    except FieldDoesNotExist:
        return None
