"""Comparison keys of text: letter form, search, compact, sort order.

The same functions exist in PostgreSQL (``text_sql``); whatever changes here changes
stored keys and indexes there.
"""

import re
import unicodedata

from .bidi import isolate
from .text_tables import (
    ARABIC_GROUPING,
    ARABIC_LETTERS,
    ARABIC_MARKS,
    BEYOND_BMP,
    INVISIBLE,
    KEPT_ALEF_MADDA,
    LETTER_MAP,
    OTHER_ARABIC,
    SEARCH_EXPANDED,
    SEARCH_MAP,
    SEARCH_REMOVED,
    TATWEEL,
    WHITE_SPACE,
    character_class,
    sort_map,
)

__all__ = [
    "letters",
    "searchable",
    "compact",
    "contains",
    "search_text",
    "sort_key",
    "clean",
    "isolate",
    "LETTER_MAP",
    "SEARCH_MAP",
    "SEARCH_REMOVED",
]

# From so many letters on a needle may be found with the spaces left out.
COMPACT_NEEDLE = 3

_UNSEEN = re.compile(f"[{character_class(INVISIBLE + TATWEEL)}]")
_REMOVED = re.compile(f"[{character_class(INVISIBLE + TATWEEL + ARABIC_MARKS)}]")
_GROUPING = re.compile(f"(?<=[0-9]){ARABIC_GROUPING}(?=[0-9])")
_WHITE = re.compile(f"[{character_class(WHITE_SPACE)}]+")
_ARABIC = f"[{character_class(ARABIC_LETTERS)}]"
_JOINED = re.compile(f"(?<={_ARABIC}) (?={_ARABIC})")
_ARABIC_LETTER = re.compile(f"({_ARABIC})")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_LETTER_TABLE = str.maketrans(LETTER_MAP)
_SEARCH_TABLE = str.maketrans(
    SEARCH_MAP | dict.fromkeys(SEARCH_REMOVED, "") | SEARCH_EXPANDED
)
_SORT_TABLE = str.maketrans(sort_map())


def letters(text: str) -> str:
    """Level 1, letter form: equal when two texts are the same but for how they are typed.

    Presentation forms, Arabic and Persian twins of one letter, vowel marks, invisible
    characters, digit styles and runs of white space make no difference; case, accents
    and hamza do.
    """
    if text.isascii():
        return _one_space(text)
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    text = _REMOVED.sub("", text).translate(_LETTER_TABLE)
    return _one_space(_GROUPING.sub("", text))


def searchable(text: str) -> str:
    """Level 2, search: case, accents, hamza and typographic signs make no difference."""
    if text.isascii():
        return _one_space(text.lower())
    text = unicodedata.normalize("NFD", letters(text))
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.lower().translate(_SEARCH_TABLE)
    return _one_space(unicodedata.normalize("NFC", text))


def compact(text: str) -> str:
    """Level 3: the search form without the spaces between Arabic-script letters."""
    return _JOINED.sub("", searchable(text))


def contains(text: str, needle: str) -> bool:
    """Whether a search for ``needle`` finds ``text``; an empty needle always does."""
    if searchable(needle) in searchable(text):
        return True
    short = compact(needle)
    return len(short) >= COMPACT_NEEDLE and short in compact(text)


def search_text(*parts: str) -> str:
    """What a search column stores for these texts.

    It starts with a space, so that one or two letters can be looked up at the start of
    a word with ``LIKE '% ab%'``; longer needles with ``LIKE '%needle%'`` for their
    search form or their compact form.
    """
    found = [searchable(part) for part in parts if part]
    found = [part for part in found if part]
    joined = [compact(part) for part in found]
    extra = [short for short, long in zip(joined, found, strict=True) if short != long]
    return " " + " | ".join(found + extra)


def sort_key(text: str) -> str:
    """A key whose plain code-point order is the Persian alphabetical order.

    Signs, then digits, then Arabic script, then Latin, then everything else; آ before
    ا, و before ه; half-spaces, vowel marks, case and accents make no difference.
    """
    kept = letters(text).replace("آ", KEPT_ALEF_MADDA)
    key = searchable(kept).translate(_SORT_TABLE)
    # Letters with a place are ASCII by now; only strangers are still Arabic.
    return _BEYOND.sub(BEYOND_BMP, _ARABIC_LETTER.sub(rf"{OTHER_ARABIC}\1", key))


def clean(text: str) -> str:
    """``text`` as it is stored: NFC, trimmed, without control characters.

    Tab and newline stay; the line ends of other systems become newlines.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    kept = "".join(
        char
        for char in text
        if char in "\t\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return kept.strip()


def _one_space(text: str) -> str:
    return _WHITE.sub(" ", text).strip(" ")
