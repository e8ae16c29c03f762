"""Countries by code, or by their name in one of our languages."""

import re
from functools import cache

from babel import Locale

from sarnakh.lib.text import compact

_BETWEEN = re.compile(r"[,،;؛\n]+")


def codes_of(text: str) -> tuple[list[str], list[str]]:
    """Codes of the countries in a text, and words that name none.

    Codes may have blanks between them; names need commas.
    """
    codes: list[str] = []
    unknown: list[str] = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        words = part.split()
        if all(word.upper() in _territories() for word in words):
            codes += [word.upper() for word in words]
        elif code := _by_name().get(compact(part)):
            codes.append(code)
        else:
            unknown.append(part)
    return list(dict.fromkeys(codes)), unknown


@cache
def _territories() -> frozenset[str]:
    return frozenset(
        code
        for code in map(str, Locale("en").territories)
        if len(code) == 2 and code.isalpha()
    )


@cache
def _by_name() -> dict[str, str]:
    return {
        compact(str(name)): str(code)
        for language in ("en", "ar", "fa")
        for code, name in Locale(language).territories.items()
        if str(code) in _territories()
    }
