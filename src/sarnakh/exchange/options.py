"""What the person decided about an import, as it is stored with the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sarnakh.lib.text import searchable

ALL, SKIP = "all", "skip"
ERROR, CREATE, EMPTY, SKIP_ROW = "error", "create", "empty", "skip"
POLICIES = (ERROR, CREATE, EMPTY, SKIP_ROW)
ORDERS = ("ymd", "dmy", "mdy")
UNITS = ("rial", "toman")


@dataclass(frozen=True)
class Column:
    """One column of the file and where it goes.

    `fields` are paths such as `email`, `customer/id`, `id`; none leaves the column
    out. `missing` says what happens with values that are not found here. `values`
    translates values of the file (search form) into values of ours. `order` and
    `decimal` are how dates and numbers are written, `unit` that of rial amounts;
    empty means: find out. `clears`: an empty cell empties the field of an existing
    record; `adds`: links are added to those that it has.
    """

    header: str
    place: int
    fields: tuple[str, ...] = ()
    missing: str = ERROR
    values: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    decimal: str = "."
    unit: str = ""
    clears: bool = False
    adds: bool = False

    @property
    def grouping(self) -> str:
        """The separator of digit groups that goes with the decimal sign."""
        return "." if self.decimal == "," else ","

    def translated(self, text: str) -> str | None:
        """What a value of the file means here; None when nobody said so."""
        return self.values.get(searchable(text))


@dataclass(frozen=True)
class Options:
    """How the rows are taken in.

    `match` names the matcher that turns rows into updates, `calendar` is that of
    the file's dates (empty: the user's), `fixed` gives fields the same text in all
    new records.
    """

    mode: str = ALL
    match: str = ""
    calendar: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    companies: tuple[int, ...] = ()


def column_from(stored: Mapping[str, Any]) -> Column:
    """A column as it was stored; unknown words are left out."""
    known = {one.name for one in fields(Column)}
    given = {name: value for name, value in stored.items() if name in known}
    given["fields"] = tuple(given.get("fields", ()))
    return Column(**given)


def options_from(stored: Mapping[str, Any]) -> Options:
    """Options as they were stored; unknown words are left out."""
    known = {one.name for one in fields(Options)}
    given = {name: value for name, value in stored.items() if name in known}
    given["companies"] = tuple(given.get("companies", ()))
    return Options(**given)


def stored(one: Column | Options) -> dict[str, Any]:
    """The JSON form, as the database gives it back."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(one).items()
    }
