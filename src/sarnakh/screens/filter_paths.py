"""Field paths that the filter editor offers to somebody."""

from dataclasses import dataclass
from functools import cached_property

from sarnakh.accounts.actor import Actor
from sarnakh.lib.text import searchable, sort_key
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

MOST_STEPS = 3
MOST_FOUND = 40
ARROW = " › "
SENSIBLE = ("country", "salesperson", "responsible", "customer", "contact", "stage")
"""Where a new rule begins, if the type has such a field."""


@dataclass(frozen=True)
class Found:
    """A path as a line of suggestions."""

    path: str
    label: str
    can_step: bool


@dataclass(frozen=True)
class Paths:
    """What one person may filter a type by, through at most three steps."""

    record_type: RecordType
    actor: Actor

    def fields(self, record_type: RecordType) -> list[Field]:
        """Fields to filter a type by, in the order of their labels."""
        return sorted(
            (
                field
                for field in record_type.readable_fields(self.actor).values()
                if field.filterable and self._is_offered(field)
            ),
            key=lambda field: sort_key(str(field.label)),
        )

    def target(self, field: Field) -> RecordType | None:
        """The type behind a link that this person may step into."""
        found = _described(field)
        if found is None or not found.access.allows(self.actor, "read"):
            return None
        return found

    def steps(self, path: str) -> list[Field]:
        """The fields along a path; none when it is not offered."""
        found: list[Field] = []
        owner: RecordType | None = self.record_type
        names = path.split(".")
        if len(names) > MOST_STEPS:
            return []
        for name in names:
            field = owner.readable_fields(self.actor).get(name) if owner else None
            if field is None or not field.filterable or not self._is_offered(field):
                return []
            found.append(field)
            owner = self.target(field)
        return found

    def label(self, path: str) -> str:
        """A path in words: "Customer › Country"."""
        return ARROW.join(str(field.label) for field in self.steps(path))

    @cached_property
    def first(self) -> str:
        """The field that a new rule begins with."""
        for name in SENSIBLE:
            if self.steps(name):
                return name
        fields = self.fields(self.record_type)
        return fields[0].name if fields else ""

    def search(self, text: str, within: str = "") -> list[Found]:
        """Paths whose last label holds a text, short ones first.

        `within` is a path of links to look behind; without a text these are the
        fields right there.
        """
        links = self.steps(within) if within else []
        owner = self.target(links[-1]) if links else self.record_type
        if owner is None or (within and not links):
            return []
        prefix = tuple(field.name for field in links)
        wanted = searchable(text)
        if not wanted:
            return [self._found((*prefix, f.name), f) for f in self.fields(owner)]
        found: list[Found] = []
        level = [(prefix, owner)]
        while level and len(found) < MOST_FOUND:
            deeper: list[tuple[tuple[str, ...], RecordType]] = []
            for names, record_type in level:
                for field in self.fields(record_type):
                    path = (*names, field.name)
                    if wanted in searchable(str(field.label)):
                        found.append(self._found(path, field))
                    target = self.target(field)
                    if target is not None and len(path) < MOST_STEPS:
                        deeper.append((path, target))
            level = deeper
        return found[:MOST_FOUND]

    def can_step(self, path: str) -> bool:
        """Whether the path can go on behind its last field."""
        steps = self.steps(path)
        if not steps or len(steps) == MOST_STEPS:
            return False
        return self.target(steps[-1]) is not None

    def _found(self, names: tuple[str, ...], field: Field) -> Found:
        path = ".".join(names)
        return Found(path, self.label(path), self.can_step(path))

    def _is_offered(self, field: Field) -> bool:
        if field.kind == Kind.PROPERTIES:
            return False
        return not field.kind.is_link or _described(field) is not None


def _described(field: Field) -> RecordType | None:
    try:
        return by_name(field.target) if field.kind.is_link else None
    except KeyError:
        return None
