"""Places as people type them, folded so that they can be compared."""

import re

from sarnakh.contacts.countries import CODES, country_name
from sarnakh.lib import text

_PARTS = re.compile(r"[,،;؛\n\r]+")


def parts(typed: str) -> list[str]:
    """The entries of a list parted by commas or lines."""
    return [part.strip() for part in _PARTS.split(typed) if part.strip()]


def folded(place: str) -> str:
    """A name or a postal code, however it is written."""
    return text.searchable(place).replace(" ", "").replace("-", "")


def country_code(typed: str) -> str:
    """The code of a country given by code or by name in any of our languages."""
    if len(typed) == 2 and typed.upper() in CODES:
        return typed.upper()
    wanted = folded(typed)
    for code in CODES:
        if wanted in {folded(country_name(code, one)) for one in ("fa", "ar", "en")}:
            return code
    return ""
