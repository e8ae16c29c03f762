"""A row on its way to becoming a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sarnakh.exchange.options import Column
from sarnakh.records.types import Field


@dataclass(frozen=True)
class Pending:
    """Links that a cell names and the database must find.

    `how` is `""` for names, `id` for external and `.id` for own numbers.
    """

    column: Column
    field: Field
    how: str
    names: tuple[str, ...]


@dataclass(eq=False)
class Draft:
    """What a row says, step by step: values, links to find, the record it means.

    `clears` are fields that an update empties. `target` is the number of the record
    to change, `twin` an earlier row of the same record that has yet to be made.
    """

    row: int
    cells: list[Any]
    values: dict[str, Any] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    clears: list[str] = field(default_factory=list)
    adds: set[str] = field(default_factory=set)
    errors: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    is_skipped: bool = False
    external_id: str = ""
    database_id: str = ""
    match_key: str = ""
    target: int | None = None
    twin: Draft | None = None
    pk: int | None = None

    @property
    def is_good(self) -> bool:
        """Whether it goes on to the database."""
        return not self.errors and not self.is_skipped
