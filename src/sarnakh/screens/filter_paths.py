"""Field paths that the filter editor offers to somebody."""

from dataclasses import dataclass, field
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
    _sorted: dict[str, list[Field]] = field(default_factory=dict, compare=False)

    def fields(self, record_type: RecordType) -> list[Field]:
        """Fields to filter a type by, in the order of their labels."""
        if record_type.name not in self._sorted:
            readable = record_type.readable_fields(self.actor).values()
            self._sorted[record_type.name] = sorted(
                (one for one in readable if self._is_offered(one)),
                key=lambda one: sort_key(str(one.label)),
            )
        return self._sorted[record_type.name]

    def target(self, link: Field) -> RecordType | None:
        """The type behind a link that this person may step into."""
        found = _described(link)
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
            step = owner.readable_fields(self.actor).get(name) if owner else None
            if step is None or not self._is_offered(step):
                return []
            found.append(step)
            owner = self.target(step)
        return found

    def label(self, path: str) -> str:
        """A path in words: "Customer › Country"."""
        return ARROW.join(str(step.label) for step in self.steps(path))

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
        prefix = tuple(link.name for link in links)
        wanted = searchable(text)
        if not wanted:
            return [self._found((*prefix, one.name)) for one in self.fields(owner)]
        found: list[Found] = []
        level = [(prefix, owner)]
        while level and len(found) < MOST_FOUND:
            deeper: list[tuple[tuple[str, ...], RecordType]] = []
            for names, record_type in level:
                for one in self.fields(record_type):
                    path = (*names, one.name)
                    if wanted in searchable(str(one.label)):
                        found.append(self._found(path))
                    target = self.target(one)
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

    def _found(self, names: tuple[str, ...]) -> Found:
        path = ".".join(names)
        return Found(path, self.label(path), self.can_step(path))

    def _is_offered(self, one: Field) -> bool:
        if not one.filterable or one.kind == Kind.PROPERTIES:
            return False
        return not one.kind.is_link or _described(one) is not None


def _described(link: Field) -> RecordType | None:
    try:
        return by_name(link.target) if link.kind.is_link else None
    except KeyError:
        return None
