"""What stands on a paper: plain values, all texts ready for their reader."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Party:
    """A name with lines below it; `label` says in which role."""

    name: str
    lines: Sequence[str] = ()
    label: str = ""


@dataclass(frozen=True)
class Fact:
    """A word and its value."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the table; `weight` 0 is as wide as its content."""

    label: str
    weight: int = 0
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A line (`cells`), a section or note (`text`), or a subtotal (`text`, `value`)."""

    kind: str = "line"
    cells: Sequence[str] = ()
    text: str = ""
    value: str = ""


@dataclass(frozen=True)
class Block:
    """A heading with prose, as `prose.blocks` makes it."""

    title: str
    prose: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class Signature:
    """Who signed when; `image` names a picture of the paper."""

    label: str
    name: str
    at: str
    image: str = ""


@dataclass(frozen=True)
class Paper:
    """Everything of one document.

    `pictures` are PNG or JPEG bytes under names that `logo` and signatures use.
    """

    title: str
    number: str
    company: Party
    customer: Party | None = None
    others: Sequence[Party] = ()
    facts: Sequence[Fact] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    totals: Sequence[Fact] = ()
    in_words: str = ""
    schedule: Sequence[Fact] = ()
    blocks: Sequence[Block] = ()
    signature: Signature | None = None
    signs: Sequence[str] = ()
    stamp: str = ""
    logo: str = ""
    footer: str = ""
    digits: str = "latin"
    more: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The values without the pictures, ready for JSON."""
        found = asdict(self)
        found.pop("pictures")
        return found
