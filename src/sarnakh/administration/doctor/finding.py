"""One thing that was looked at."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad it is."""

    FINE = "fine"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """What was found and what to do; `is_dangerous` keeps the server from starting."""

    level: Level
    text: str
    remedy: str = ""
    is_dangerous: bool = False


def fine(text: str) -> Finding:
    """All is well with this."""
    return Finding(Level.FINE, text)


def warning(text: str, remedy: str) -> Finding:
    """It works, but not for long or not as well as it should."""
    return Finding(Level.WARNING, text, remedy)


def wrong(text: str, remedy: str, *, is_dangerous: bool = False) -> Finding:
    """Something does not work, or data is at risk."""
    return Finding(Level.WRONG, text, remedy, is_dangerous)
