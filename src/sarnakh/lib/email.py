"""E-mail addresses in typed text."""

import re

from email_validator import EmailNotValidError, validate_email

from .text import letters
from .text_tables import INVISIBLE, character_class

_MAX_TEXT = 10_000
_NAME_BEFORE = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*<)')
_BETWEEN = re.compile(r"[\s<>,;:،؛\"()\[\]|]+")
_UNSEEN = re.compile(f"[{character_class(INVISIBLE)}]")
_ANGLE = re.compile(r"<[^<>]*>")
_EDGE = "'`.«»"


def split(text: str) -> list[str]:
    """The addresses in a text such as ``"Name" <a@b.c>, Name d@e.f``, as typed."""
    # A quoted name may itself look like an address; the one in brackets counts.
    text = _NAME_BEFORE.sub(" ", _UNSEEN.sub("", text[:_MAX_TEXT]))
    words = (word.strip(_EDGE) for word in _BETWEEN.split(text))
    return [
        word
        for word in words
        if word.count("@") == 1 and not word.startswith("@") and not word.endswith("@")
    ]


def normalize(text: str) -> str:
    """The first address, comparable; empty if there is none.

    The domain is lower case; the part before it too if it is plain ASCII.
    """
    addresses = split(text)
    if not addresses:
        return ""
    local, _, domain = addresses[0].rpartition("@")
    return f"{local.lower() if local.isascii() else local}@{domain.lower()}"


def normalize_all(text: str) -> list[str]:
    """All addresses, comparable, each once and in written order."""
    return list(dict.fromkeys(normalize(address) for address in split(text)))


def quality(text: str) -> str:
    """``correct`` if one address is valid, ``incorrect`` if none, empty without text."""
    if not text or not text.strip():
        return ""
    valid = any(_is_valid(address) for address in split(text))
    return "correct" if valid else "incorrect"


def domain_criterion(text: str, free_domains: frozenset[str]) -> str:
    """What two records of one organisation share: ``@domain``, or the whole address.

    Addresses of free mailbox providers stand for one person only. Text without an
    address is compared as it is, case folded.
    """
    address = normalize(text) or text.strip().casefold()
    before, at, domain = address.rpartition("@")
    if not at or not domain:
        return address
    if domain in free_domains:
        return address
    return f"@{domain}" if before else address


def display_name(text: str) -> str:
    """The name beside the first address as typed, else the address itself."""
    text = text[:_MAX_TEXT].strip()
    quoted = _NAME_BEFORE.match(text)
    if quoted:
        name = re.sub(r"\\(.)", r"\1", quoted[0][1:-1]).strip()
        if name:
            return name
    addresses = split(text)
    if not addresses:
        return text
    before = text[: text.find(addresses[0])]
    name = _ANGLE.sub(" ", before).strip(" \t\n<\"',;:").strip()
    return name if letters(name) else addresses[0]


def _is_valid(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
