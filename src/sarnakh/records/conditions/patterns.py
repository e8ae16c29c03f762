"""Patterns with `%` (any run) and `_` (one character)."""

from collections.abc import Callable

from sarnakh.records.database import MANY, ONE


def pattern_of(written: str, folded: Callable[[str], str]) -> str:
    """The pattern with its text folded and its wildcards marked apart from it.

    Folding may itself bring forth a percent sign (from ٪): that one is text.
    """
    bare = written.replace(MANY, "").replace(ONE, "")
    return folded(bare.replace("%", MANY).replace("_", ONE))


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text fits; at most len(text) × len(pattern) steps."""
    at_text = at_pattern = 0
    last_many, resume = -1, 0
    while at_text < len(text):
        sign = pattern[at_pattern] if at_pattern < len(pattern) else ""
        if sign == MANY:
            last_many, resume = at_pattern, at_text
            at_pattern += 1
        elif sign and (sign == ONE or sign == text[at_text]):
            at_text += 1
            at_pattern += 1
        elif last_many >= 0:
            # Let the last run swallow one more character and try again.
            resume += 1
            at_text, at_pattern = resume, last_many + 1
        else:
            return False
    return not pattern[at_pattern:].strip(MANY)
