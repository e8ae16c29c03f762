"""In which order the rows of a file are taken in: parents before their children."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sarnakh.exchange.cells import as_text
from sarnakh.exchange.importing.identity import full_key
from sarnakh.exchange.mapping import EXTERNAL_ID
from sarnakh.exchange.options import Column
from sarnakh.exchange.reading.rows import Row
from sarnakh.lib.text import searchable
from sarnakh.records.types import RecordType

Key = Callable[[str], str]


def batches(
    rows: Sequence[Row],
    columns: Sequence[Column],
    record_type: RecordType,
    *,
    size: int,
    start: int = 0,
) -> Iterator[list[Row]]:
    """The rows from the `start`-th on, in batches that never mix generations.

    In file order, or by generations when rows refer to other rows. The order depends
    on the file and its mapping alone, so that an interrupted run goes on where it
    stopped. Rows that refer to each other in a circle come last.
    """
    for generation in _generations(rows, columns, record_type):
        while batch := list(islice(generation, size)):
            if start <= 0:
                yield batch
            start -= len(batch)


def _generations(
    rows: Sequence[Row], columns: Sequence[Column], record_type: RecordType
) -> Iterator[Iterator[Row]]:
    levels = _levels(rows, columns, record_type)
    if not any(levels):
        yield iter(rows)
        return
    for level in range(max(levels) + 1):
        yield (row for row, found in zip(rows, levels, strict=True) if found == level)


def _levels(
    rows: Sequence[Row], columns: Sequence[Column], record_type: RecordType
) -> list[int]:
    parents: list[list[str]] = [[] for _ in range(len(rows))]
    named: dict[str, int] = {}
    for path, key, own in _references(columns, record_type):
        self_places = [c.place for c in columns if own in c.fields]
        parent_places = [c.place for c in columns if path in c.fields]
        for number, row in enumerate(rows):
            name = " ".join(as_text(row.cells[place]) for place in self_places)
            if name.strip():
                named.setdefault(f"{own} {key(name)}", number)
            for place in parent_places:
                text = as_text(row.cells[place])
                if text.strip():
                    parents[number].append(f"{own} {key(text)}")
    if not named:
        return []
    above = [
        [named[key] for key in keys if key in named and named[key] != number]
        for number, keys in enumerate(parents)
    ]
    return _depths(above)


def _references(
    columns: Sequence[Column], record_type: RecordType
) -> list[tuple[str, Key, str]]:
    """Mapped links to the type itself: path, how keys compare, the column meant."""
    mapped = {path for column in columns for path in column.fields}
    found: list[tuple[str, Key, str]] = []
    for field in record_type.fields.values():
        if field.target != record_type.name:
            continue
        if field.name in mapped and record_type.title in mapped:
            found.append((field.name, searchable, record_type.title))
        if f"{field.name}/{EXTERNAL_ID}" in mapped and EXTERNAL_ID in mapped:
            found.append((f"{field.name}/{EXTERNAL_ID}", full_key, EXTERNAL_ID))
    return found


def _depths(above: list[list[int]]) -> list[int]:
    """How many generations stand over each row; circles go one below the rest."""
    below: list[list[int]] = [[] for _ in above]
    waits = [len(set(parents)) for parents in above]
    for number, parents in enumerate(above):
        for parent in set(parents):
            below[parent].append(number)
    depths = [0] * len(above)
    queue = [number for number, count in enumerate(waits) if not count]
    for number in queue:
        for child in below[number]:
            depths[child] = max(depths[child], depths[number] + 1)
            waits[child] -= 1
            if not waits[child]:
                queue.append(child)
    last = max(depths, default=0) + 1
    return [last if waits[number] else depth for number, depth in enumerate(depths)]
