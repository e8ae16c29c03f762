"""Countries by their ISO code, named in the reader's language."""

import re
from functools import cache

from babel import Locale
from django.utils.functional import lazystr
from django.utils.translation import get_language

from sarnakh.lib.text import searchable

CODES: tuple[str, ...] = tuple(
    sorted(
        code
        for code in map(str, Locale("en").territories)
        if len(code) == 2
        and code.isalpha()
        and code not in {"EU", "EZ", "UN", "ZZ"}
        and not code.startswith("X")
    )
)


@cache
def _names(language: str) -> dict[str, str]:
    names = Locale(language).territories
    return {code: str(names.get(code, code)) for code in CODES}


class _Name:
    """Looks the name up when it is shown, in the language of that moment."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return country_name(self.code)


def country_name(code: str, language: str = "") -> str:
    """Name of a country in the given language, else the active one."""
    return _names((language or get_language() or "en")[:2]).get(code, code)


COUNTRIES = [(code, lazystr(_Name(code))) for code in CODES]


def codes(text: str) -> list[str]:
    """ISO codes out of codes or names in any of our languages, in their order.

    Names are separated by commas or semicolons, codes by blanks as well. ValueError
    with the part that is no country.
    """
    found: list[str] = []
    for part in re.split("[,;،؛\n]", text):
        words = part.split()
        if words and all(word.upper() in CODES for word in words):
            found += [word.upper() for word in words]
        elif words:
            code = _by_name().get(searchable(part))
            if code is None:
                raise ValueError(part.strip())
            found.append(code)
    return list(dict.fromkeys(found))


@cache
def _by_name() -> dict[str, str]:
    return {
        searchable(name): code
        for language in ("en", "ar", "fa")
        for code, name in _names(language).items()
    }
