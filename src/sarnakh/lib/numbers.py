"""Numbers in and out: grouping, digits, magnitude words, percent."""

import decimal
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from .bidi import ltr
from .digits import localize, to_latin
from .profile import Profile
from .text import compact
from .text_tables import INVISIBLE, WHITE_SPACE, character_class

# Enough for every amount below, whatever the thread's own precision.
_EXACT = decimal.Context(prec=120, rounding=ROUND_HALF_UP)

MAX_TEXT = 100
MAX_DIGITS = 40
MAX_EXPONENT = 30
LIMIT = Decimal(10) ** 21

_THOUSAND, _MILLION, _BILLION, _TRILLION = 3, 6, 9, 12

# Largest first, as powers of ten.
UNITS: dict[str, tuple[tuple[int, str], ...]] = {
    "fa": (
        (_TRILLION, "هزار میلیارد"),
        (_BILLION, "میلیارد"),
        (_MILLION, "میلیون"),
        (_THOUSAND, "هزار"),
    ),
    "ar": ((_BILLION, "مليار"), (_MILLION, "مليون"), (_THOUSAND, "ألف")),
    "en": (
        (_TRILLION, "T"),
        (_BILLION, "B"),
        (_MILLION, "M"),
        (_THOUSAND, "K"),
    ),
}
_TENS = {power: Decimal(10) ** power for units in UNITS.values() for power, _ in units}
_WORDS: dict[str, int] = {
    compact(word).replace(" ", ""): power
    for power, words in {
        _THOUSAND: ("هزار", "ألف", "آلاف", "k", "thousand"),
        _MILLION: ("میلیون", "مليون", "ملايين", "m", "mn", "million"),
        _BILLION: ("میلیارد", "مليار", "مليارات", "b", "bn", "billion"),
        _TRILLION: ("هزار میلیارد", "تریلیون", "تريليون", "t", "tn", "trillion"),
    }.items()
    for word in words
}

_UNSEEN = re.compile(f"[{character_class(INVISIBLE)}]")
# Besides line ends and the like also the wide and narrow spaces of typesetting.
_SPACE = re.compile(
    f"[{character_class(WHITE_SPACE)}\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
)
# Full-width signs and digits to ASCII.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TAIL = re.compile(r"[^\W\d_][^\d]*$")
_SCIENTIFIC = re.compile(r"([^eE]+)[eE]([+\-−]?)([0-9]+)")
_PLAIN = re.compile(r"-?\d{1,18}(\.\d{1,10})?", re.ASCII)
_MINUS = "-−"
_SIGNS = "+" + _MINUS
_GROUPING_ONLY = "٬، "
_DECIMAL_ONLY = "٫/"


class NumberError(ValueError):
    """Text that is not a number; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# --- out ------------------------------------------------------------------------


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """``value`` with so many decimals, half away from zero."""
    return value.quantize(_step(decimals), context=_EXACT)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def format_number(
    value: Decimal | int, profile: Profile, decimals: int | None = None
) -> str:
    """``۱٬۲۳۴٫۵``; without ``decimals`` just as many as the value has.

    In Persian and Arabic a negative number is an isolate with its sign on the left.
    """
    number = Decimal(value)
    if decimals is not None:
        number = round_half_away(number, decimals)
    text = _unsigned(abs(number), profile, keep_zeros=decimals is not None)
    return signed(text, profile, negative=number < 0)


def compact_number(value: Decimal | int, profile: Profile) -> str:
    """``۴٫۳ میلیارد``: the largest unit that fits, one decimal unless it is zero."""
    number = abs(Decimal(value))
    units = UNITS.get(profile.language, UNITS["en"])
    chosen, larger = 0, None
    for power, _word in units:
        if number >= _TENS[power]:
            chosen = power
            break
        larger = power
    rounded = round_half_away(_scaled(number, -chosen), 1)
    if larger is not None and _scaled(rounded, chosen) >= _TENS[larger]:
        chosen = larger
        rounded = round_half_away(_scaled(number, -chosen), 1)
    text = _unsigned(rounded, profile, keep_zeros=False)
    text = signed(text, profile, negative=value < 0 and rounded != 0)
    word = dict(units).get(chosen, "")
    if not word:
        return text
    return f"{text}{word}" if units is UNITS["en"] else f"{text} {word}"


def format_percent(
    value: Decimal | int, profile: Profile, decimals: int | None = None
) -> str:
    """A value of 0–100 with the percent sign of the language and digits."""
    number = Decimal(value)
    if decimals is not None:
        number = round_half_away(number, decimals)
    sign = "٪" if profile.language == "fa" or profile.digits != "latin" else "%"
    text = _unsigned(abs(number), profile, keep_zeros=decimals is not None)
    return signed(text + sign, profile, negative=number < 0)


def signed(text: str, profile: Profile, *, negative: bool) -> str:
    """An unsigned number with its minus sign where readers expect it."""
    if not negative:
        return text
    return f"-{text}" if profile.language == "en" else ltr(f"-{text}")


def _unsigned(number: Decimal, profile: Profile, *, keep_zeros: bool) -> str:
    text = f"{number:f}"
    whole, _, fraction = text.partition(".")
    if not keep_zeros:
        fraction = fraction.rstrip("0")
    latin = profile.digits == "latin"
    groups = f"{int(whole):,}".replace(",", "," if latin else "٬")
    if fraction:
        groups += ("." if latin else "٫") + fraction
    return localize(groups, profile.digits)


def _scaled(number: Decimal, power: int) -> Decimal:
    return number.scaleb(power, context=_EXACT)


# --- in -------------------------------------------------------------------------


def parse_number(
    text: str, *, decimal: str = ".", grouping: str = ",", percent: bool = False
) -> Decimal:
    """The number somebody typed or a file holds, exact.

    Digits of any style; a sign before or after, parentheses for negative; groups of
    exactly three with ``, . ٬ ،`` or spaces; ``٫`` and a single ``/`` are decimal;
    ``decimal`` and ``grouping`` decide a lone comma or point; magnitude words multiply;
    ``1.5e3``. A percent sign is accepted (and dropped) only with ``percent``.

    NumberError codes: ``empty``, ``too_long``, ``invalid``, ``grouping``, ``separator``,
    ``sign``, ``percent``, ``exponent``, ``too_large``.
    """
    if len(text) > MAX_TEXT:
        raise NumberError("too_long")
    rest = _SPACE.sub(" ", _UNSEEN.sub("", to_latin(text)).translate(_WIDE)).strip()
    if not rest:
        raise NumberError("empty")
    rest, negative = _sign(rest, percent=percent)
    rest, power = _magnitude(rest)
    rest, exponent = _exponent(rest)
    whole, fraction = _split(rest, decimal, grouping)
    if len(whole) + len(fraction) > MAX_DIGITS:
        raise NumberError("too_long")
    number = _scaled(Decimal(f"{whole or 0}.{fraction or 0}"), power + exponent)
    if number >= LIMIT:
        raise NumberError("too_large")
    # No trailing zeros and no exponent: 12.0 and 1.2e1 are both 12.
    number = number.normalize(_EXACT)
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1), context=_EXACT)
    return -number if negative and number else number


def parse_decimal(text: str) -> Decimal:
    """A decimal of a programming interface: at most 18 digits before, 10 after the point.

    Plain ASCII, no exponent, no grouping; the text is measured before it is converted.
    NumberError codes: ``invalid``.
    """
    if not _PLAIN.fullmatch(text):
        raise NumberError("invalid")
    return Decimal(text)


def _sign(text: str, *, percent: bool) -> tuple[str, bool]:
    """The text without its one sign, and whether it is negative."""
    found = ""
    if text.startswith("(") and text.endswith(")"):
        found, text = "-", text[1:-1].strip()
    has_percent = False
    for _ in range(2):
        # A sign may stand outside or inside of the percent sign.
        signs = [char for char in (text[:1], text[1:][-1:]) if char and char in _SIGNS]
        if len(signs) + bool(found) > 1:
            raise NumberError("sign")
        if signs:
            found = "-" if signs[0] in _MINUS else "+"
            text = text[1:] if text[0] in _SIGNS else text[:-1]
            text = text.strip()
        if text[:1] in ("%", "٪") or text[-1:] in ("%", "٪"):
            if not percent or has_percent:
                raise NumberError("percent")
            has_percent = True
            text = (text[1:] if text[0] in "%٪" else text[:-1]).strip()
    return text, found == "-"


def _magnitude(text: str) -> tuple[str, int]:
    tail = _TAIL.search(text)
    if tail is None:
        return text, 0
    power = _WORDS.get(compact(tail[0]).replace(" ", ""))
    if power is None:
        raise NumberError("invalid")
    return text[: tail.start()].strip(), power


def _exponent(text: str) -> tuple[str, int]:
    found = _SCIENTIFIC.fullmatch(text)
    if found is None:
        return text, 0
    digits = found[3].lstrip("0")
    # Measured as text: a short exponent can make a number that never ends.
    if len(digits) > 2 or int(digits or 0) > MAX_EXPONENT:
        raise NumberError("exponent")
    exponent = int(digits or 0)
    return found[1], -exponent if found[2] and found[2] in _MINUS else exponent


def _split(text: str, decimal_sign: str, grouping: str) -> tuple[str, str]:
    """Digits before and after the decimal sign, groups checked and joined."""
    sign = _decimal_sign(text, decimal_sign, grouping)
    if sign:
        whole, _, fraction = text.rpartition(sign)
    else:
        whole, fraction = text, ""
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        raise NumberError(
            "grouping" if set(fraction) & set(",." + _GROUPING_ONLY) else "invalid"
        )
    separators = {char for char in whole if not char.isdigit()}
    if separators - set(",." + _GROUPING_ONLY):
        raise NumberError("invalid")
    if len(separators) > 1:
        raise NumberError("separator")
    if separators:
        first, *others = whole.split(separators.pop())
        if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in others):
            raise NumberError("grouping")
        whole = "".join([first, *others])
    if not whole.isascii() or not (whole or fraction):
        raise NumberError("invalid")
    return whole, fraction


def _decimal_sign(text: str, decimal_sign: str, grouping: str) -> str:
    """The one sign that separates the decimals, empty if there is none."""
    fixed = [char for char in text if char in _DECIMAL_ONLY]
    if len(fixed) > 1:
        raise NumberError("invalid")
    if fixed:
        before, _, after = text.partition(fixed[0])
        # A fraction bar needs digits on both sides.
        if fixed[0] == "/" and not (before[-1:].isdigit() and after[:1].isdigit()):
            raise NumberError("invalid")
        return fixed[0]
    marks = [char for char in text if char in ".,"]
    if not marks:
        return ""
    if len(set(marks)) > 1:
        if marks.count(marks[-1]) > 1:
            raise NumberError("separator")
        return marks[-1]
    if len(marks) > 1:
        return ""
    if marks[0] == decimal_sign:
        return decimal_sign
    if marks[0] == grouping:
        return ""
    raise NumberError("separator")
