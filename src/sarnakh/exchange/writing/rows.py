"""What an export consists of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = str | int | float | bool | Decimal | dt.date | dt.datetime | None


@dataclass(frozen=True)
class GroupRow:
    """The heading of one group: its place in the tree, its label and its totals.

    ``totals`` belong to the columns from the second on; None leaves one empty.
    """

    level: int
    label: str
    count: int
    totals: Sequence[Value] = ()

    def text(self) -> str:
        """The label as shown: indented by level, with the number of records."""
        return f"{'    ' * self.level}{self.label} ({self.count})"


ExportRow = Sequence[Value] | GroupRow
ExportRows = Iterable[ExportRow]
