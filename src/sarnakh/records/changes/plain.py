"""Values as JSON, so that history reads the same for ever."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models

from sarnakh.records.kinds import Kind
from sarnakh.records.types.field import Field


def plain(field: Field, value: Any) -> Any:
    """A value as JSON: links keep their id and their name of that moment."""
    if value is None or value == "":
        return None
    if field.kind == Kind.LINK:
        return {"id": value.pk, "name": str(value)}
    if field.kind == Kind.LINKS:
        return [{"id": found.pk, "name": str(found)} for found in _listed(value)]
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _listed(value: Any) -> Iterable[models.Model]:
    return value.all() if hasattr(value, "all") else value
