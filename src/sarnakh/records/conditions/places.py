"""Where a path leads."""

import re
from dataclasses import dataclass

from sarnakh.records.conditions import refusal
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

LONGEST_PATH = 5
PROPERTY_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
SEARCH = "search"


@dataclass(frozen=True)
class Place:
    """A field, and the links that a path walks to reach it.

    `links` are (owner type, link field, target type), outermost first. `key`
    names a property when the field holds properties.
    """

    links: tuple[tuple[RecordType, Field, RecordType], ...]
    record_type: RecordType
    field: Field
    key: str = ""

    @property
    def is_search(self) -> bool:
        """Whether it is the search column rather than a field."""
        return self.field.name == SEARCH and self.field.column == (
            self.record_type.search_column
        )


def resolve(path: tuple[str, ...], record_type: RecordType, reader: Reader) -> Place:
    """Follow a path; raises Invalid for whatever the reader may not use."""
    shown = ".".join(path)
    if len(path) > LONGEST_PATH:
        raise refusal.too_much("path", LONGEST_PATH)
    links: list[tuple[RecordType, Field, RecordType]] = []
    for number, name in enumerate(path):
        rest = path[number + 1 :]
        found = _field(name, record_type, reader)
        if found is None:
            raise refusal.unknown_field(shown)
        if found.kind == Kind.PROPERTIES:
            if len(rest) != 1 or not PROPERTY_KEY.fullmatch(rest[0]):
                raise refusal.unknown_field(shown)
            return Place(tuple(links), record_type, found, rest[0])
        if not rest:
            return Place(tuple(links), record_type, found)
        target = reader.target(found) if found.kind.is_link else None
        if target is None:
            raise refusal.unknown_field(shown)
        links.append((record_type, found, target))
        record_type = target
    raise refusal.unknown_field(shown)


def _field(name: str, record_type: RecordType, reader: Reader) -> Field | None:
    if (
        name == SEARCH
        and record_type.search_column
        and SEARCH not in record_type.fields
    ):
        return Field(
            name=SEARCH,
            kind=Kind.TEXT,
            label=record_type.label_plural,
            column=record_type.search_column,
        )
    return reader.field(record_type, name)
