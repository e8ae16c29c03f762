"""What the condition editor offers for a field, and how its choices are written.

Some choices of the editor are no operators of the language but short ways to
write plain triples: set, not set, between, the last and next days, me.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_name

LABELS: dict[str, str | Promise] = {
    "=": pgettext_lazy("condition", "is"),
    "!=": pgettext_lazy("condition", "is not"),
    "in": pgettext_lazy("condition", "is in"),
    "not in": pgettext_lazy("condition", "is not in"),
    "ilike": pgettext_lazy("condition", "contains"),
    "not ilike": pgettext_lazy("condition", "does not contain"),
    "child_of": pgettext_lazy("condition", "is under"),
    "parent_of": pgettext_lazy("condition", "is above"),
    "set": pgettext_lazy("condition", "is set"),
    "not set": pgettext_lazy("condition", "is not set"),
    "between": pgettext_lazy("condition", "is between"),
    "last": pgettext_lazy("condition", "is within the last"),
    "next": pgettext_lazy("condition", "is within the next"),
    "me": pgettext_lazy("condition", "is me"),
    "my_teams": pgettext_lazy("condition", "is one of my teams"),
}
SIGNS: dict[str, str | Promise] = {
    "=": "=",
    "!=": "≠",
    ">": ">",
    ">=": "≥",
    "<": "<",
    "<=": "≤",
}
UNITS: dict[str, str | Promise] = {
    "d": _("days"),
    "w": _("weeks"),
    "m": _("months"),
    "q": _("quarters"),
    "y": _("years"),
}
"""Units of `last` and `next`, by their suffix in tokens."""

SETNESS = ("set", "not set")
EQUALITY = ("=", "!=", "in", "not in", *SETNESS)
TEXT = ("=", "!=", "ilike", "not ilike", "in", "not in", *SETNESS)
NUMBER = (*SIGNS, "between", *SETNESS)
TIME = (*SIGNS, "between", "last", "next", *SETNESS)
LINK = ("in", "not in", "ilike", "not ilike")
SHORTCUTS = {"users": "me", "teams": "my_teams"}


def operators(field: Field) -> list[tuple[str, str | Promise]]:
    """The editor's choices for a field with their labels, in order."""
    if field.kind.is_link:
        return _labelled(_for_link(field))
    if field.kind.is_number:
        return _labelled(NUMBER)
    if field.kind.is_time:
        return _labelled(TIME)
    if field.kind == Kind.BOOLEAN:
        return _labelled(SETNESS)
    if field.kind == Kind.CHOICE:
        return _labelled(EQUALITY)
    return _labelled(TEXT)


def build(path: str, choice: str, value: Any = None) -> list[Any]:
    """The condition behind a choice of the editor.

    `between` takes both included ends, `last` and `next` a number and a unit
    suffix; today belongs to either of them.
    """
    match choice:
        case "set":
            return [[path, "!=", None]]
        case "not set":
            return [[path, "=", None]]
        case "between":
            first, last = value
            return ["&", [path, ">=", first], [path, "<=", last]]
        case "last":
            start = "@today-{}{}+1d".format(*value)
            return ["&", [path, ">=", start], [path, "<=", "@today"]]
        case "next":
            end = "@today+{}{}-1d".format(*value)
            return ["&", [path, ">=", "@today"], [path, "<=", end]]
        case "me":
            return [[path, "=", "@me"]]
        case "my_teams":
            return [[path, "in", "@my_teams"]]
    return [[path, choice, value]]


def _for_link(field: Field) -> tuple[str, ...]:
    found = list(LINK)
    try:
        has_levels = bool(by_name(field.target).parent)
    except KeyError:
        has_levels = False
    if has_levels:
        found += ["child_of", "parent_of"]
    if field.target in SHORTCUTS:
        found.append(SHORTCUTS[field.target])
    return (*found, *SETNESS)


def _labelled(choices: tuple[str, ...]) -> list[tuple[str, str | Promise]]:
    signs = ">" in choices
    return [
        (choice, SIGNS[choice] if signs and choice in SIGNS else LABELS[choice])
        for choice in choices
    ]
