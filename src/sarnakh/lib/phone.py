"""Phone numbers: international form, quality, and keys to find fragments."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from .digits import to_latin
from .text import letters

_SHORTEST_INTERNATIONAL = 11
_MAX_LENGTH = 60
_NOT_DIGIT = re.compile(r"[^0-9]+")
# What people put between the digits of one number.
_SEPARATORS = re.compile(r"[\s/.()\-\\–—−]+")
_FRAGMENT = 3


def normalize(text: str, country: str | None) -> str:
    """E.164 (``+989121234567``) of a number that can exist, else empty.

    ``country`` (ISO, two letters) tells how numbers without prefix are meant. ``00…``
    and a missing ``+`` of a number too long for its country are understood.
    """
    number = _parsed(text, country)
    if number is None:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def quality(text: str, country: str | None) -> str:
    """``correct``, ``incorrect``, or empty if there is no number."""
    if not text or not text.strip():
        return ""
    return "incorrect" if _parsed(text, country) is None else "correct"


def international(text: str, country: str | None) -> str:
    """``+98 912 123 4567`` if the number can exist, else the text as it is."""
    number = _parsed(text, country)
    if number is None:
        return text
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def digits_key(text: str) -> str:
    """Only the digits, ASCII, without the ``00`` of an international prefix."""
    digits = _NOT_DIGIT.sub("", to_latin(text))
    return digits.removeprefix("00")


def search_digits(text: str, country: str | None) -> str:
    """What a search column stores: the digits as typed, international, and national.

    A fragment of digits (``digits_key``) of any of the forms is found in it.
    """
    keys = [digits_key(text)]
    number = _parsed(text, country)
    if number is not None:
        forms = (PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL)
        keys += [digits_key(phonenumbers.format_number(number, form)) for form in forms]
    return " ".join(dict.fromkeys(key for key in keys if key))


def is_fragment(text: str) -> bool:
    """Whether a search text looks like part of a number: three digits, no letters."""
    rest = _SEPARATORS.sub("", to_latin(text)).removeprefix("+")
    return len(rest) >= _FRAGMENT and rest.isascii() and rest.isdigit()


@lru_cache(maxsize=2_048)
def _parsed(text: str, country: str | None) -> PhoneNumber | None:
    """A valid number or None; one record asks for the same number several times."""
    typed = letters(text)
    if not typed or len(typed) > _MAX_LENGTH:
        return None
    region = (country or "").upper() or None
    for candidate, where in _candidates(typed, region):
        try:
            number = phonenumbers.parse(candidate, where)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


def _candidates(typed: str, region: str | None) -> list[tuple[str, str | None]]:
    digits = _NOT_DIGIT.sub("", typed)
    found: list[tuple[str, str | None]] = [(typed, region)]
    if "+" in typed:
        return found
    if digits.startswith("00"):
        found.append((f"+{digits[2:]}", None))
    elif len(digits) >= _SHORTEST_INTERNATIONAL and not digits.startswith("0"):
        found.append((f"+{digits}", None))
    return found
