"""What a test asks of one field: plain questions, without operators or tokens.

The compiler asks them of columns, the matcher of values in memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from sarnakh.records.conditions.tree import Tree

Level = Literal["letters", "search"]
Bound = Literal["lt", "lte", "gt", "gte"]
Stored: TypeAlias = "int | Decimal | str | bool | date | datetime"


@dataclass(frozen=True)
class Always:
    """True for every record."""


@dataclass(frozen=True)
class Never:
    """True for no record."""


@dataclass(frozen=True)
class IsSet:
    """There is a value; empty text and "no" are none."""


@dataclass(frozen=True)
class OneOf:
    """The value, or one of the linked ids, is among these."""

    values: tuple[Stored, ...]


@dataclass(frozen=True)
class SameText:
    """The letter form of the text is among these."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """All comparisons hold; `of` chooses among the forms a property may have."""

    bounds: tuple[tuple[Bound, "Stored"], ...]
    of: Literal["", "number", "day", "instant"] = ""


@dataclass(frozen=True)
class Contains:
    """The text contains the needle, or its compact form the compact needle."""

    needle: str
    level: Level
    compact: str = ""


@dataclass(frozen=True)
class FitsPattern:
    """The whole text fits a pattern of literals, MANY and ONE."""

    pattern: str
    level: Level


@dataclass(frozen=True)
class InSearchColumn:
    """The stored search text contains one of the needles."""

    needles: tuple[str, ...]


@dataclass(frozen=True)
class PhoneHas:
    """The number starts with one of `starts` or contains `part`.

    Separators are ignored. `normal_start` and `part` are also looked for in the
    normalised number beside the typed one.
    """

    starts: tuple[str, ...] = ()
    part: str = ""
    normal_start: str = ""


@dataclass(frozen=True)
class InFamily:
    """The record is one of the roots (ids or names) or stands under them.

    With `upwards` it stands above them.
    """

    roots: tuple[int, ...] | tuple[str, ...]
    upwards: bool


@dataclass(frozen=True)
class Linked:
    """There is a linked, readable record that meets the condition."""

    condition: Tree


@dataclass(frozen=True)
class AnyOf:
    """One of the predicates holds."""

    predicates: tuple["Predicate", ...]


@dataclass(frozen=True)
class Opposite:
    """The exact complement."""

    predicate: "Predicate"


Predicate: TypeAlias = (
    Always
    | Never
    | IsSet
    | OneOf
    | SameText
    | Range
    | Contains
    | FitsPattern
    | InSearchColumn
    | PhoneHas
    | InFamily
    | Linked
    | AnyOf
    | Opposite
)
