"""Imports in one line, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.exchange import actions
from sarnakh.exchange.jobs import perform
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import column_from, options_from
from sarnakh.records.types import by_name

Rows = Sequence[Sequence[object]]


def csv_bytes(rows: Rows) -> bytes:
    """Rows as a plain CSV file."""
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
    return "\n".join(lines).encode()


def uploaded(
    name: str, rows: Rows | bytes, by: Actor, file_name: str = "table.csv"
) -> ImportBatch:
    """A file after the first step."""
    content = rows if isinstance(rows, bytes) else csv_bytes(rows)
    return actions.upload(by_name(name), file_name, [content], by=by)


def decide(
    batch: ImportBatch,
    columns: Mapping[str, Mapping[str, Any]] | None = None,
    **options: Any,
) -> ImportBatch:
    """Change decisions: by header for columns, by name for options."""
    mapping = [
        replace(column_from(one), **(columns or {}).get(one["header"], {}))
        for one in batch.mapping
    ]
    chosen = replace(options_from(batch.options), **options)
    return actions.decide(batch, mapping, chosen)


def after_test(batch: ImportBatch, by: Actor) -> ImportBatch:
    """The batch after its test."""
    return _done(actions.start_test(batch, by=by))


def run(batch: ImportBatch, by: Actor) -> ImportBatch:
    """The batch after its run."""
    return _done(actions.start_run(batch, by=by))


def undone(batch: ImportBatch, by: Actor) -> ImportBatch:
    """The batch after it was taken back."""
    return _done(actions.start_undo(batch, by=by))


def imported(
    name: str,
    rows: Rows | bytes,
    by: Actor,
    columns: Mapping[str, Mapping[str, Any]] | None = None,
    **options: Any,
) -> ImportBatch:
    """The batch after everything."""
    return run(decide(uploaded(name, rows, by), columns, **options), by)


def texts(batch: ImportBatch, level: str = "error") -> list[str]:
    """What was said."""
    return [
        f"{one['column']}: {one['text']}" if one["column"] else one["text"]
        for one in batch.messages
        if one["level"] == level
    ]


def _done(batch: ImportBatch) -> ImportBatch:
    perform(ImportBatch.objects.select_related("user").get(pk=batch.pk))
    batch.refresh_from_db()
    return batch
