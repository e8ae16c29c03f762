"""Write the history down."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from sarnakh.accounts.actor import Actor
from sarnakh.records.models import Change
from sarnakh.records.types.record_type import RecordType


def entry(
    record: models.Model,
    record_type: RecordType,
    *,
    by: Actor,
    event: str,
    values: dict[str, Any] | None = None,
    note: str = "",
) -> Change:
    """A row of history, not yet saved."""
    return Change(
        record_type=record_type.name,
        record_id=record.pk,
        version=getattr(record, "version", 1),
        event=event,
        values=values or {},
        note=note,
        by=by.user,
    )


def log(
    record: models.Model,
    record_type: RecordType,
    *,
    by: Actor,
    event: str = "edited",
    values: dict[str, Any] | None = None,
    note: str = "",
) -> Change:
    """Save a row of history about one record."""
    change = entry(record, record_type, by=by, event=event, values=values, note=note)
    change.save(force_insert=True)
    return change


def log_many(changes: Sequence[Change]) -> None:
    """Save many rows at once."""
    Change.objects.bulk_create(changes, batch_size=1_000)
