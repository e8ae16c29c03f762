"""What a write may be refused for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: what you typed and what is stored."""

    field: str
    yours: Any
    theirs: Any


class Conflict(Refused):
    """Somebody else changed the same fields meanwhile; nothing was saved."""

    def __init__(self, clashes: tuple[Clash, ...], who: str = "") -> None:
        super().__init__(
            _("Somebody else changed the same fields meanwhile."), "conflict"
        )
        self.clashes = clashes
        self.who = who


class InvalidValues(Refused):
    """Values that do not fit; `errors` names the field and says why."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(str(text) for text in errors.values()), "invalid")
        self.errors = dict(errors)


class InUse(Refused):
    """The record cannot be deleted while others depend on it."""

    def __init__(self, title: str, count: int) -> None:
        message = _("“%(title)s” is used by %(count)s records. Archive it instead.")
        super().__init__(message % {"title": title, "count": count}, "in-use")
        self.count = count
