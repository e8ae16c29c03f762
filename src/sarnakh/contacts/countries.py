"""Countries by their ISO code, named in the reader's language."""

from functools import cache

from babel import Locale
from django.utils.functional import lazystr
from django.utils.translation import get_language

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
