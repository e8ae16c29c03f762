"""Sayad IDs of Iranian cheques: sixteen digits. Pure."""

from sarnakh.lib import digits

LENGTH = 16


def normal(text: str) -> str | None:
    """The sixteen Latin digits, "" for nothing, None for something else."""
    bare = "".join(
        sign
        for sign in digits.to_latin(text)
        if not sign.isspace() and sign not in "-–/"
    )
    if not bare:
        return ""
    return bare if len(bare) == LENGTH and bare.isascii() and bare.isdigit() else None
