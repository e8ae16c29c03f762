"""A checked condition."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from sarnakh.records.conditions.tokens import Token

Scalar: TypeAlias = bool | int | Decimal | str | date | datetime | Token | None
Value: TypeAlias = "Scalar | tuple[Scalar, ...] | Tree"


@dataclass(frozen=True)
class And:
    """All parts hold; no parts: always true."""

    parts: tuple["Tree", ...] = ()


@dataclass(frozen=True)
class Or:
    """At least one part holds."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Not:
    """The exact complement."""

    part: "Tree"


@dataclass(frozen=True)
class Test:
    """One triple; the value is typed and may still hold dynamic tokens."""

    # Keeps pytest from taking this for a class of tests.
    __test__ = False

    path: tuple[str, ...]
    operator: str
    value: "Value"


Tree: TypeAlias = And | Or | Not | Test


def tests(tree: Tree) -> Iterator[Test]:
    """Every test of a tree, those of sub-conditions left out."""
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case Test():
            yield tree
