"""The door: a paper becomes a PDF."""

import re
from typing import Any

from sarnakh.printing import words
from sarnakh.printing.papers import Paper
from sarnakh.printing.typesetter import ONLY

TEMPLATES = frozenset({"document", "official", "slip", "statement", "receipt"})
# A word that no line can hold may break anywhere.
_LONG = re.compile(r"\S{28,}")
_BREAK = "\u200b"
_CONTROL = dict.fromkeys([*range(9), *range(11, 32), 127])


def render(template: str, paper: Paper, *, language: str, kind: str = "pdf") -> bytes:
    """The PDF of a paper (or, with `kind="png"`, its first page as a picture).

    `template` is one of TEMPLATES. Takes some ten milliseconds once the child is
    warm; refuses with CannotPrint when it cannot be set.
    """
    if template not in TEMPLATES:
        raise ValueError(template)
    data = breakable(paper.values())
    data["lang"] = language
    data["dir"] = words.direction(language)
    data["labels"] = words.labels(language)
    return ONLY.compile(template, data, paper.pictures, kind=kind)


def breakable(value: Any) -> Any:
    """The same values; very long words get places to break, other signs none."""
    if isinstance(value, str):
        return _LONG.sub(lambda found: _opened(found[0]), value.translate(_CONTROL))
    if isinstance(value, dict):
        return {key: breakable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [breakable(one) for one in value]
    return value


def _opened(word: str) -> str:
    return _BREAK.join(word[start : start + 14] for start in range(0, len(word), 14))
