"""Names that every installation begins with, in the languages of the product.

A company keeps them in its own language and may change them; whoever reads another
language sees an unchanged one in theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """One name in Persian, Arabic and English."""

    fa: str
    ar: str
    en: str

    def in_language(self, language: str) -> str:
        """The name for a language code such as `fa` or `en-gb`; English if unknown."""
        return str(getattr(self, language[:2], self.en))


class Shipped:
    """Names by what they are called in any of the languages."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_text = {
            text: name for name in names for text in (name.fa, name.ar, name.en)
        }

    def shown(self, text: str, language: str | None) -> str:
        """The text in the reader's language, as it is when it is not one of ours."""
        name = self._by_text.get(text)
        return name.in_language(language) if name and language else text
