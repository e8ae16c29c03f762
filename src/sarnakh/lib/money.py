"""Amounts: whole minor units inside, texts outside.

An amount is stored as an integer of the currency's smallest unit (``CURRENCIES``), so
nothing is ever lost. Toman is a way to show and type rials, not a currency.
"""

import decimal
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from .currencies import CURRENCIES, Currency
from .numbers import NumberError, compact_number, format_number, parse_number, signed
from .profile import Profile
from .text import letters
from .text_tables import INVISIBLE, LETTER_MAP, character_class

__all__ = [
    "CURRENCIES",
    "Currency",
    "Reading",
    "TOMAN_IN_RIAL",
    "decimal_text",
    "format_money",
    "parse_money",
    "read_money",
    "shows_toman",
    "to_major",
    "to_minor",
]

RIAL = "IRR"
TOMAN_IN_RIAL = 10
MAX_MINOR = 10**18
_MAX_TEXT = 120
_NBSP = "\u00a0"
_EXACT = decimal.Context(prec=120, rounding=ROUND_HALF_UP)

_TOMAN_LABELS = {"fa": "تومان", "ar": "تومان", "en": "Toman"}
_TOMAN_WORDS = ("تومان", "تومن", "toman", "tomans", "tuman", "IRT")
# Well-known strangers: an amount that names them is not one of the row's currency.
_FOREIGN = (
    "£",
    "¥",
    "₹",
    "₽",
    "GBP",
    "CNY",
    "JPY",
    "INR",
    "RUB",
    "CHF",
    "یوان",
    "روپیه",
)

_UNSEEN = re.compile(f"[{character_class(INVISIBLE)}]")
_SAME_LETTERS = str.maketrans(
    # Digits and separators keep their own rules.
    {key: value for key, value in LETTER_MAP.items() if key.isalpha()} | {"﷼": "ریال"}
)


def to_minor(amount: Decimal, currency_code: str) -> int:
    """Minor units of an amount in major units, half away from zero.

    KeyError for unknown currencies; NumberError ``too_large`` beyond 10^18.
    """
    if not amount.is_finite() or amount.adjusted() > 18:
        raise NumberError("too_large")
    scaled = amount.scaleb(CURRENCIES[currency_code].decimals, context=_EXACT)
    minor = int(scaled.quantize(Decimal(1), context=_EXACT))
    if abs(minor) > MAX_MINOR:
        raise NumberError("too_large")
    return minor


def to_major(minor: int, currency_code: str) -> Decimal:
    """The exact amount in major units, with the currency's decimals."""
    decimals = CURRENCIES[currency_code].decimals
    return Decimal(minor).scaleb(-decimals, context=_EXACT)


def decimal_text(minor: int, code: str) -> str:
    """``1200.50``: the amount for programming interfaces and files."""
    return f"{to_major(minor, code):f}"


def shows_toman(currency_code: str, profile: Profile) -> bool:
    """Whether this reader sees and types rials in Toman."""
    return profile.toman and currency_code == RIAL


def format_money(
    minor: int,
    currency_code: str,
    profile: Profile,
    compact: bool = False,
    symbol: bool = True,
) -> str:
    """An amount as its reader expects it: ``۱٬۲۰۰٬۰۰۰ ریال``, ``$1,200.50``.

    Rials are shown in Toman if the profile wants so. ``compact`` shortens to
    ``۴٫۳ میلیارد ریال``; without ``symbol`` only the number is given.
    """
    currency = CURRENCIES[currency_code]
    amount = to_major(abs(minor), currency_code)
    decimals: int | None = currency.decimals
    label = currency.symbol(profile.language)
    toman = shows_toman(currency_code, profile)
    if toman:
        amount = amount.scaleb(-1, context=_EXACT)
        # A tenth of a toman is a rial; it is shown only where there is one.
        decimals = None
        label = _TOMAN_LABELS.get(profile.language, _TOMAN_LABELS["en"])
    number = (
        compact_number(amount, profile)
        if compact
        else format_number(amount, profile, decimals)
    )
    before = profile.language == "en" and not toman
    if before and symbol:
        space = _NBSP if label.isalpha() else ""
        return f"{'-' if minor < 0 else ''}{label}{space}{number}"
    if minor < 0:
        # In right-to-left text the sign belongs to the digits, not to the words.
        digits, space, unit = number.partition(" ")
        number = signed(digits, profile, negative=True) + space + unit
    return f"{number}{_NBSP}{label}" if symbol else number


@dataclass(frozen=True)
class Reading:
    """An amount that was read, and whether rounding has changed it."""

    minor: int
    rounded: bool


def parse_money(text: str, currency_code: str, profile: Profile) -> int:
    """Minor units of a typed amount; see ``read_money``."""
    return read_money(text, currency_code, profile).minor


def read_money(
    text: str,
    currency_code: str,
    profile: Profile,
    *,
    decimal: str = ".",
    grouping: str = ",",
) -> Reading:
    """An amount as typed or imported, rounded to the currency's decimals.

    Words and symbols of the currency are dropped; Toman multiplies into rials, and so
    does a bare number if the profile shows Toman. NumberError as for numbers, and
    ``other_currency`` if the text names another one.
    """
    if len(text) > _MAX_TEXT:
        raise NumberError("too_long")
    bare, named = _without_label(_UNSEEN.sub("", text).translate(_SAME_LETTERS))
    if named and currency_code not in named:
        raise NumberError("other_currency")
    amount = parse_number(bare, decimal=decimal, grouping=grouping)
    toman = _TOMAN in named or (not named and profile.toman and currency_code == RIAL)
    if toman:
        amount = amount.scaleb(1, context=_EXACT)
    minor = to_minor(amount, currency_code)
    return Reading(minor, to_major(minor, currency_code) != amount)


_TOMAN = "toman"


def _without_label(text: str) -> tuple[str, frozenset[str]]:
    """The text without the currency it names, and the currencies that may be meant."""
    found = _label_pattern().search(text)
    if found is None:
        return text, frozenset()
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    return rest, _labels()[_folded(found[0])]


@cache
def _labels() -> dict[str, frozenset[str]]:
    """Every spelling of every currency, folded, with the codes it can stand for."""
    found: dict[str, set[str]] = {}
    for currency in CURRENCIES.values():
        spellings = {
            currency.code,
            *currency.names.values(),
            *currency.symbols.values(),
            *currency.words,
        }
        for spelling in spellings:
            found.setdefault(_folded(spelling), set()).add(currency.code)
    for word in _TOMAN_WORDS:
        found[_folded(word)] = {RIAL, _TOMAN}
    for word in _FOREIGN:
        found[_folded(word)] = {"foreign"}
    return {spelling: frozenset(codes) for spelling, codes in found.items()}


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = sorted(_labels(), key=len, reverse=True)
    # A word must not be part of a longer one; digits and signs may touch it (5USD, 5M$).
    return re.compile("|".join(_bounded(label) for label in labels), re.IGNORECASE)


def _bounded(label: str) -> str:
    before = r"(?<![^\W\d_])" if label[0].isalpha() else ""
    after = r"(?![^\W\d_])" if label[-1].isalpha() else ""
    return before + re.escape(label).replace(r"\ ", r"\s+") + after


def _folded(label: str) -> str:
    return " ".join(letters(label).lower().split())
