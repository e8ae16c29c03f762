"""One look at a screen: who looks, at what, in which state."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from sarnakh.accounts.actor import Actor
from sarnakh.lib.profile import Profile
from sarnakh.records import rows
from sarnakh.records.types import Field, RecordType
from sarnakh.screens.groups import GroupBy
from sarnakh.screens.groups import parse as parse_group
from sarnakh.screens.head import Head
from sarnakh.screens.screen import Screen
from sarnakh.screens.selection import Selection
from sarnakh.screens.state import SearchState


@dataclass(frozen=True)
class Look:
    """Handed to pages; holds no request."""

    screen: Screen
    state: SearchState
    actor: Actor

    @cached_property
    def selection(self) -> Selection:
        """The rows looked at."""
        return Selection(self.screen, self.state, self.actor)

    @cached_property
    def head(self) -> Head:
        """Chips and menus."""
        return Head(self.selection)

    @property
    def type(self) -> RecordType:
        """The record type of the screen."""
        return self.screen.type

    @property
    def profile(self) -> Profile:
        """Calendar and digits of the one who looks."""
        return self.actor.profile

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Fields that the actor may read."""
        return self.type.readable_fields(self.actor)

    @cached_property
    def groups(self) -> list[GroupBy]:
        """The grouping asked for, outermost first."""
        found = [parse_group(self.type, g, self.actor) for g in self.state.groups]
        return [by for by in found if by is not None]

    @cached_property
    def may_write(self) -> bool:
        """Whether the actor may write records of the type at all."""
        return rows.may(self.type, self.actor, "write")

    @property
    def currency(self) -> str:
        """Currency of sums over rows."""
        return self.actor.company.currency

    @cached_property
    def carried(self) -> str:
        """What record links add, so that the record knows its list."""
        return "?" + urlencode({"list": self.state.query()})

    def related(self, columns: list[Field]) -> list[str]:
        """Joins that the shown columns need, and no others."""
        found = [f.column for f in columns if f.kind == "link"]
        owner, point, _name = self.type.currency.rpartition(".")
        if point and owner.partition(".")[0] in self.fields:
            found.append(owner.replace(".", "__"))
        return list(dict.fromkeys(found))

    def prefetched(self, columns: list[Field]) -> list[str]:
        """Many links that the shown columns need."""
        return [f.column for f in columns if f.kind == "links"]

    def with_state(self, **changes: Any) -> "Look":
        """The same look in another state."""
        return Look(self.screen, self.state.but(**changes), self.actor)
