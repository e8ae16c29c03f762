"""Everything that a run needs: the stored rows, the mapping, the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sarnakh.accounts.actor import Actor
from sarnakh.exchange import storage
from sarnakh.exchange.cells import as_text, is_blank
from sarnakh.exchange.importing.reading import Reading
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import Column, Options, column_from, options_from
from sarnakh.exchange.reading.rows import Row
from sarnakh.exchange.reading.sheet import ReadResult, reopen
from sarnakh.records.types import RecordType, by_name

SAMPLED_ROWS = 1_000
SAMPLES = 200


@dataclass(frozen=True)
class Plan:
    """A file with its decisions."""

    type: RecordType
    kind: str
    headers: Sequence[str]
    rows: Sequence[Row]
    columns: Sequence[Column]
    options: Options
    reading: Reading

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)


def table_of(batch: ImportBatch) -> ReadResult:
    """The table as it was read from the file."""
    return reopen(storage.folder(batch.folder) / batch.table)


def plan_of(batch: ImportBatch, by: Actor) -> Plan:
    """The batch's decisions together with its rows."""
    table = table_of(batch)
    columns = [column_from(one) for one in batch.mapping]
    options = options_from(batch.options)
    record_type = by_name(batch.record_type)
    samples = samples_of(table.sheet.rows, len(table.sheet.headers))
    return Plan(
        type=record_type,
        kind=table.kind,
        headers=table.sheet.headers,
        rows=table.sheet.rows,
        columns=columns,
        options=options,
        reading=Reading(record_type, columns, options, by, samples),
    )


def samples_of(rows: Sequence[Row], width: int) -> Mapping[int, Sequence[str]]:
    """Filled cells of every column among the first rows, as text."""
    found: dict[int, list[str]] = {place: [] for place in range(width)}
    for row in rows[:SAMPLED_ROWS]:
        for place, cell in enumerate(row.cells):
            if len(found[place]) < SAMPLES and not is_blank(cell):
                found[place].append(as_text(cell))
    return found
