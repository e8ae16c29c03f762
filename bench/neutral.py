"""Reading the neutral CSV files; their columns are described in README.md."""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]

# What a lead's rows need besides leads.csv, all of it small enough to hold.
SMALL = ("stages", "tags", "sources", "mediums", "campaigns", "lost_reasons", "teams",
         "users")  # fmt: skip


def rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one file, as text by column."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def instant(text: str) -> dt.datetime | None:
    """A moment; the files hold UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None


def moment(text: str) -> dt.datetime:
    """A moment that is always there."""
    found = instant(text)
    if found is None:
        raise ValueError("A moment is missing.")
    return found


def day(text: str) -> dt.date | None:
    """A date, or None."""
    return dt.date.fromisoformat(text) if text else None


def number(text: str) -> int | None:
    """A key, or None."""
    return int(text) if text else None


def cents(text: str) -> int:
    """An amount with two decimals as whole smallest units."""
    return int((Decimal(text or "0") * 100).to_integral_value())
