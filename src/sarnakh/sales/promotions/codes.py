"""Codes: made so that nobody guesses them, read however they are typed."""

import secrets

from sarnakh.lib import text
from sarnakh.lib.digits import to_latin

# Without what is mixed up when read aloud or copied: I, O, 0, 1.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, LENGTH = 4, 4


def new_code() -> str:
    """80 bits of chance: `7KQM-2XWP-9TRB-HJ4C`."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
        for _group in range(GROUPS)
    )


def folded(typed: str) -> str:
    """A code as it is kept: Latin digits, capitals, no blanks."""
    return "".join(to_latin(text.clean(typed)).upper().split())[:40]


def spellings(typed: str) -> list[str]:
    """What may be meant: as it is, and with its dashes."""
    found = folded(typed)
    bare = found.replace("-", "")
    if len(bare) != GROUPS * LENGTH:
        return [found]
    parts = [bare[place : place + LENGTH] for place in range(0, len(bare), LENGTH)]
    return list(dict.fromkeys([found, "-".join(parts)]))
