"""Digits of the three styles."""

from typing import Literal

Digits = Literal["fa", "ar", "latin"]

LATIN = "0123456789"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"

_TO_LATIN = str.maketrans(PERSIAN + ARABIC, LATIN + LATIN)
_FROM_LATIN = {
    "fa": str.maketrans(LATIN, PERSIAN),
    "ar": str.maketrans(LATIN, ARABIC),
}


def to_latin(text: str) -> str:
    """``text`` with Persian and Arabic-Indic digits written as 0-9."""
    return text.translate(_TO_LATIN)


def localize(text: str, style: Digits) -> str:
    """``text`` with ASCII digits written in ``style``; other styles stay as typed."""
    table = _FROM_LATIN.get(style)
    return text if table is None else text.translate(table)
