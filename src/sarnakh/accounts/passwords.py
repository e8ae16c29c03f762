"""What a password must not be; and its form before hashing.

There are no rules of composition. A password is refused when, after everything
that is easy to guess has been taken out of it - common words of Persian, Arabic and
English speakers, names of the person and the company, years, runs like 123456 -
too little is left.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sarnakh.lib.digits import to_latin

MINIMUM, MAXIMUM = 12, 128
# Normalising is slow on huge texts; beyond this a password is only hashed.
LONGEST_TYPED = 1024
# So many characters have to be there besides what is easy to guess.
OWN_CHARACTERS = 6
SHORTEST_WORD = 3
PRODUCT = ("sarnakh", "سرنخ")

# The same keys pressed with the Latin layout on: سلام becomes sghl.
_KEYS = dict(
    zip(
        "ضصثقفغعهخحجچ" + "شسیبلاتنمکگ" + "ظطزرذدپو",
        "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,",
        strict=True,
    )
)
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا"})
_UNSEEN = re.compile("[\u200b-\u200f\u0640\u064b-\u0655\u0670]")
_SEPARATORS = re.compile(r"[\W_]+")
_YEARS = re.compile(r"(?:1[34]\d\d|19\d\d|20\d\d)")
_REPEATS = re.compile(r"(.{1,4}?)\1{2,}")
_RUNS = (
    "0123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "ضصثقفغعهخحجچ",
    "شسیبلاتنمکگ",
    "ظطزرذدپو",
    "qazwsxedcrfv",
    "1q2w3e4r5t6y",
)
_SHORTEST_RUN = 4


def prepared(typed: str) -> str:
    """The form of a typed password that is hashed: trimmed and NFKC."""
    if len(typed) > LONGEST_TYPED:
        return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()
    return unicodedata.normalize("NFKC", typed.strip())


def is_easy(password: str, personal: Iterable[str] = ()) -> bool:
    """Whether little is left of a password without what is easy to guess.

    `personal` are names, address and company of the person.
    """
    text = _folded(prepared(password)[: MAXIMUM * 2])
    words = [*_personal_words(personal), *PRODUCT]
    for word in sorted(set(words), key=len, reverse=True):
        text = text.replace(word, " ")
    text = _without_common_words(text)
    text = _YEARS.sub(" ", _without_runs(text))
    text = _REPEATS.sub(" ", text)
    left = _SEPARATORS.sub("", text)
    return len(left) < OWN_CHARACTERS


@cache
def common_words() -> frozenset[str]:
    """Words that passwords are made of, also as typed on the wrong layout."""
    path = Path(__file__).with_name("common_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    words = {_folded(line) for line in lines if line and not line.startswith("#")}
    typed = {
        "".join(_KEYS.get(letter, letter) for letter in word)
        for word in words
        if any(letter in _KEYS for letter in word)
    }
    return frozenset(word for word in words | typed if len(word) >= SHORTEST_WORD)


def _without_common_words(text: str) -> str:
    """Longest words first, read from the start; a word must not be a mere piece."""
    words = common_words()
    longest = max(map(len, words))
    kept: list[str] = []
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), SHORTEST_WORD - 1, -1):
            if text[at : at + size] in words:
                kept.append(" ")
                at += size
                break
        else:
            kept.append(text[at])
            at += 1
    return "".join(kept)


def _without_runs(text: str) -> str:
    for run in _RUNS:
        for line in (run, run[::-1]):
            for size in range(len(line), _SHORTEST_RUN - 1, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], " ")
    return text


def _personal_words(personal: Iterable[str]) -> Iterable[str]:
    for text in personal:
        for word in re.split(r"[\W_]+", _folded(text)):
            if len(word) >= SHORTEST_WORD:
                yield word


def _folded(text: str) -> str:
    """Small letters, one form of every Arabic letter, Latin digits."""
    text = to_latin(unicodedata.normalize("NFKC", text).casefold())
    return _UNSEEN.sub("", text).translate(_LETTERS)
