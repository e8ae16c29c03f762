"""The tables behind text comparison: data for Python and for PostgreSQL alike.

Every table maps one character to one character, so that a database can apply it with
``translate()``.
"""

import sys
import unicodedata
from functools import cache

from .digits import ARABIC, LATIN, PERSIAN

# Ranges are pairs of code points, both ends included.
Ranges = tuple[tuple[int, int], ...]

# Not seen and without meaning of their own: soft hyphen, Arabic letter mark, the zero
# width family (with the joiners), directional marks, embeddings, isolates, BOM.
INVISIBLE: Ranges = (
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xFEFF, 0xFEFF),
)
TATWEEL: Ranges = ((0x0640, 0x0640),)
ARABIC_MARKS: Ranges = ((0x064B, 0x065F), (0x0670, 0x0670))

# What NFKC leaves of white space besides the plain space itself.
WHITE_SPACE: Ranges = (
    (0x0009, 0x000D),
    (0x001C, 0x0020),
    (0x0085, 0x0085),
    (0x1680, 0x1680),
    (0x2028, 0x2029),
)

ARABIC_LETTERS: Ranges = (
    (0x0620, 0x063F),
    (0x0641, 0x064A),
    (0x066E, 0x066F),
    (0x0671, 0x06D3),
    (0x06D5, 0x06D5),
    (0x06EE, 0x06EF),
    (0x06FA, 0x06FC),
    (0x06FF, 0x06FF),
    (0x0750, 0x077F),
    (0x0870, 0x0887),
    (0x0889, 0x088E),
    (0x08A0, 0x08C9),
)

# Level 1: forms of one letter. The Arabic thousands separator is not here because it
# disappears only between digits.
LETTER_MAP: dict[str, str] = {
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ے": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ۀ": "ه",
    "٫": ".",
    "٪": "%",
    **dict(zip(PERSIAN + ARABIC, LATIN + LATIN, strict=True)),
}
ARABIC_GROUPING = "٬"

# Level 2, applied to decomposed lower-case text without marks.
SEARCH_MAP: dict[str, str] = {
    # Decomposing can bring these back (ئ holds ي, ۓ holds ے).
    "ي": "ی",
    "ى": "ی",
    "ے": "ی",
    "ٱ": "ا",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "’": "'",
    "‘": "'",
    "‐": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "،": ",",
    "؛": ";",
    "؟": "?",
    # Lower case depends on the place in the word; folded case does not.
    "ς": "σ",
}
SEARCH_REMOVED = "ء"
SEARCH_EXPANDED: dict[str, str] = {"ß": "ss"}

# Sorting: the Persian alphabet takes the 33 ASCII places between the digits and the
# small Latin letters, so that plain code-point order is the order of the language.
PERSIAN_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
FIRST_SORT_PLACE = ord("9") + 1
# Stands for آ while the search level would make it an ا.
KEPT_ALEF_MADDA = "\ue000"
# Letters of neighbouring languages stand with the letter they are a form of.
SORTED_AS: dict[str, str] = {
    "ٹ": "ت",
    "ټ": "ت",
    "ځ": "ج",
    "څ": "چ",
    "ڈ": "د",
    "ډ": "د",
    "ړ": "ر",
    "ڑ": "ر",
    "ڕ": "ر",
    "ږ": "ژ",
    "ښ": "س",
    "ڤ": "ف",
    "ګ": "گ",
    "ڭ": "ک",
    "ڵ": "ل",
    "ں": "ن",
    "ڼ": "ن",
    "ۆ": "و",
    "ۇ": "و",
    "ۈ": "و",
    "ۋ": "و",
    "ێ": "ی",
}
# Any other Arabic letter follows the alphabet: this sign and the letter itself.
OTHER_ARABIC = "["
PUNCTUATION = "!"
BEYOND_BMP = "\ufffd"


def sort_map() -> dict[str, str]:
    """One character to its sort place; what is not named keeps its own."""
    places = {
        letter: chr(FIRST_SORT_PLACE + number)
        for number, letter in enumerate(PERSIAN_ALPHABET)
    }
    places[KEPT_ALEF_MADDA] = places.pop("آ")
    places |= {form: places[letter] for form, letter in SORTED_AS.items()}
    # Signs that would stand among or after the letters.
    signs = ":;<=>?@[\\]^_`{|}~\x7f" + ARABIC_GROUPING + "۔•·"
    return dict.fromkeys(signs, PUNCTUATION) | places


@cache
def combining_marks() -> Ranges:
    """All characters with a combining class, as ranges."""
    ranges: list[tuple[int, int]] = []
    for code in range(sys.maxunicode + 1):
        if not unicodedata.combining(chr(code)):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return tuple(ranges)


def character_class(ranges: Ranges) -> str:
    """The inside of a regular expression's ``[...]`` for Python and PostgreSQL."""
    return "".join(
        _escaped(first) if first == last else f"{_escaped(first)}-{_escaped(last)}"
        for first, last in ranges
    )


def _escaped(code: int) -> str:
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
