"""Amounts in words, as official invoices and cheques want them. Pure.

Persian names rials (or tomans where asked for), Arabic follows the rules of counted
nouns (three to ten in the plural, eleven to ninety-nine in the accusative), English
is plain.
"""

from dataclasses import dataclass

from sarnakh.lib.currencies import CURRENCIES

__all__ = ["amount_in_words", "number_in_words"]

LIMIT = 10**21


def amount_in_words(
    minor: int, currency: str, language: str, *, toman: bool = False
) -> str:
    """`یک میلیون و دویست هزار ریال`: an amount given in smallest units.

    `toman` writes rials as tomans where they are whole tomans.
    """
    words = {"fa": _persian_amount, "ar": _arabic_amount}.get(language, _english_amount)
    size = abs(minor)
    if toman and currency == "IRR" and size % 10 == 0:
        size, currency = size // 10, "TOMAN"
    text = words(size, currency)
    return f"{_MINUS.get(language, _MINUS['en'])} {text}" if minor < 0 else text


def number_in_words(number: int, language: str) -> str:
    """A whole number in words; ValueError beyond ±10^21."""
    if abs(number) >= LIMIT:
        raise ValueError("too_large")
    words = {"fa": _persian, "ar": _arabic}.get(language, _english)
    text = words(abs(number))
    return f"{_MINUS.get(language, _MINUS['en'])} {text}" if number < 0 else text


_MINUS = {"fa": "منفی", "ar": "سالب", "en": "minus"}


def _divided(size: int, currency: str) -> tuple[int, int]:
    decimals = 0 if currency == "TOMAN" else CURRENCIES[currency].decimals
    return divmod(size, 10**decimals)


def _triples(number: int) -> list[tuple[int, int]]:
    """Groups of three digits with their power of a thousand, largest first."""
    found = []
    power = 0
    while number:
        number, group = divmod(number, 1000)
        if group:
            found.append((group, power))
        power += 1
    return found[::-1]


# --- Persian --------------------------------------------------------------------

_FA_ONES = [
    "صفر",
    "یک",
    "دو",
    "سه",
    "چهار",
    "پنج",
    "شش",
    "هفت",
    "هشت",
    "نه",
    "ده",
    "یازده",
    "دوازده",
    "سیزده",
    "چهارده",
    "پانزده",
    "شانزده",
    "هفده",
    "هجده",
    "نوزده",
]
_FA_TENS = [".", ".", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
_FA_HUNDREDS = [
    ".",
    "یکصد",
    "دویست",
    "سیصد",
    "چهارصد",
    "پانصد",
    "ششصد",
    "هفتصد",
    "هشتصد",
    "نهصد",
]
_FA_SCALES = (
    "",
    "هزار",
    "میلیون",
    "میلیارد",
    "هزار میلیارد",
    "میلیون میلیارد",
    "میلیارد میلیارد",
)
_FA_UNITS = {
    "IRR": ("ریال", ""),
    "TOMAN": ("تومان", ""),
    "AFN": ("افغانی", ""),
    "IQD": ("دینار عراق", ""),
    "AED": ("درهم امارات", "فلس"),
    "SAR": ("ریال سعودی", "هلله"),
    "QAR": ("ریال قطر", "درهم"),
    "EGP": ("پوند مصر", "قرش"),
    "TRY": ("لیر ترکیه", "کوروش"),
    "USD": ("دلار آمریکا", "سنت"),
    "EUR": ("یورو", "سنت"),
    "KWD": ("دینار کویت", "فلس"),
    "BHD": ("دینار بحرین", "فلس"),
    "OMR": ("ریال عمان", "بیسه"),
    "JOD": ("دینار اردن", "فلس"),
}


def _persian(number: int) -> str:
    if not number:
        return _FA_ONES[0]
    words = []
    for group, power in _triples(number):
        text = _persian_triple(group)
        # Official papers write «یک هزار», so that nothing can be put before it.
        words.append(f"{text} {_FA_SCALES[power]}".strip())
    return " و ".join(words)


def _persian_triple(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [_FA_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        words.append(_FA_TENS[rest // 10])
        rest %= 10
    if rest:
        words.append(_FA_ONES[rest])
    return " و ".join(words)


def _persian_amount(size: int, currency: str) -> str:
    whole, part = _divided(size, currency)
    unit, subunit = _FA_UNITS[currency]
    words = [f"{_persian(whole)} {unit}"] if whole or not part else []
    if part:
        words.append(f"{_persian(part)} {subunit}")
    return " و ".join(words)


# --- English --------------------------------------------------------------------

_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = [
    ".",
    ".",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_EN_SCALES = (
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
)
# One and many of the unit, one and many of its part.
_EN_UNITS = {
    "IRR": ("Iranian rial", "Iranian rials", "", ""),
    "TOMAN": ("toman", "tomans", "", ""),
    "AFN": ("afghani", "afghanis", "", ""),
    "IQD": ("Iraqi dinar", "Iraqi dinars", "", ""),
    "AED": ("UAE dirham", "UAE dirhams", "fils", "fils"),
    "SAR": ("Saudi riyal", "Saudi riyals", "halala", "halalas"),
    "QAR": ("Qatari riyal", "Qatari riyals", "dirham", "dirhams"),
    "EGP": ("Egyptian pound", "Egyptian pounds", "piastre", "piastres"),
    "TRY": ("Turkish lira", "Turkish lira", "kuruş", "kuruş"),
    "USD": ("US dollar", "US dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "KWD": ("Kuwaiti dinar", "Kuwaiti dinars", "fils", "fils"),
    "BHD": ("Bahraini dinar", "Bahraini dinars", "fils", "fils"),
    "OMR": ("Omani rial", "Omani rials", "baisa", "baisa"),
    "JOD": ("Jordanian dinar", "Jordanian dinars", "fils", "fils"),
}


def _english(number: int) -> str:
    if not number:
        return _EN_ONES[0]
    return " ".join(
        f"{_english_triple(group)} {_EN_SCALES[power]}".strip()
        for group, power in _triples(number)
    )


def _english_triple(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(f"{_EN_TENS[tens]}-{_EN_ONES[ones]}" if ones else _EN_TENS[tens])
    elif rest:
        words.append(_EN_ONES[rest])
    return " ".join(words)


def _english_amount(size: int, currency: str) -> str:
    whole, part = _divided(size, currency)
    one, many, small, smalls = _EN_UNITS[currency]
    words = []
    if whole or not part:
        words.append(f"{_english(whole)} {one if whole == 1 else many}")
    if part:
        words.append(f"{_english(part)} {small if part == 1 else smalls}")
    return " and ".join(words)


# --- Arabic ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Noun:
    """A counted noun: one, two, three to ten, eleven to ninety-nine, hundreds."""

    one: str
    two: str
    few: str
    many: str
    is_feminine: bool = False
    # What follows the noun: an adjective for one and many, two, few, accusative.
    after: tuple[str, str, str, str] = ("", "", "", "")


def _noun(
    one: str,
    two: str,
    few: str,
    many: str,
    *after: str,
    feminine: bool = False,
) -> _Noun:
    given = (after[0], after[1], after[2], after[3]) if after else ("",) * 4
    return _Noun(one, two, few, many, feminine, (*given,))


_RIYAL = ("ريال", "ريالان", "ريالات", "ريالًا")
_DIRHAM = ("درهم", "درهمان", "دراهم", "درهمًا")
_DINAR = ("دينار", "ديناران", "دنانير", "دينارًا")
_POUND = ("جنيه", "جنيهان", "جنيهات", "جنيهًا")
_FILS = _noun("فلس", "فلسان", "فلوس", "فلسًا")
_CENT = _noun("سنت", "سنتان", "سنتات", "سنتًا")
_AR_UNITS: dict[str, tuple[_Noun, _Noun]] = {
    "IRR": (
        _noun(*_RIYAL, "إيراني", "إيرانيان", "إيرانية", "إيرانيًا"),
        _noun("دينار", "ديناران", "دنانير", "دينارًا"),
    ),
    "TOMAN": (_noun("تومان", "تومانان", "تومانات", "تومانًا"), _FILS),
    "AFN": (
        _noun("أفغاني", "أفغانيان", "أفغانيات", "أفغانيًا"),
        _noun("بول", "بولان", "بولات", "بولًا"),
    ),
    "IQD": (_noun(*_DINAR, "عراقي", "عراقيان", "عراقية", "عراقيًا"), _FILS),
    "AED": (_noun(*_DIRHAM, "إماراتي", "إماراتيان", "إماراتية", "إماراتيًا"), _FILS),
    "SAR": (
        _noun(*_RIYAL, "سعودي", "سعوديان", "سعودية", "سعوديًا"),
        _noun("هللة", "هللتان", "هللات", "هللة", feminine=True),
    ),
    "QAR": (
        _noun(*_RIYAL, "قطري", "قطريان", "قطرية", "قطريًا"),
        _noun(*_DIRHAM),
    ),
    "EGP": (
        _noun(*_POUND, "مصري", "مصريان", "مصرية", "مصريًا"),
        _noun("قرش", "قرشان", "قروش", "قرشًا"),
    ),
    "TRY": (
        _noun(
            "ليرة",
            "ليرتان",
            "ليرات",
            "ليرة",
            "تركية",
            "تركيتان",
            "تركية",
            "تركية",
            feminine=True,
        ),
        _noun("قرش", "قرشان", "قروش", "قرشًا"),
    ),
    "USD": (
        _noun(
            "دولار",
            "دولاران",
            "دولارات",
            "دولارًا",
            "أمريكي",
            "أمريكيان",
            "أمريكية",
            "أمريكيًا",
        ),
        _CENT,
    ),
    "EUR": (_noun("يورو", "يورو", "يورو", "يورو"), _CENT),
    "KWD": (_noun(*_DINAR, "كويتي", "كويتيان", "كويتية", "كويتيًا"), _FILS),
    "BHD": (_noun(*_DINAR, "بحريني", "بحرينيان", "بحرينية", "بحرينيًا"), _FILS),
    "OMR": (
        _noun(*_RIYAL, "عماني", "عمانيان", "عمانية", "عمانيًا"),
        _noun("بيسة", "بيستان", "بيسات", "بيسة", feminine=True),
    ),
    "JOD": (_noun(*_DINAR, "أردني", "أردنيان", "أردنية", "أردنيًا"), _FILS),
}

# Forms for masculine nouns (which from three on look feminine) and feminine ones.
_AR_ONES = {
    False: [
        "صفر",
        "واحد",
        "اثنان",
        "ثلاثة",
        "أربعة",
        "خمسة",
        "ستة",
        "سبعة",
        "ثمانية",
        "تسعة",
        "عشرة",
    ],
    True: [
        "صفر",
        "واحدة",
        "اثنتان",
        "ثلاث",
        "أربع",
        "خمس",
        "ست",
        "سبع",
        "ثمان",
        "تسع",
        "عشر",
    ],
}
_AR_TEENS = {
    False: [
        "أحد عشر",
        "اثنا عشر",
        "ثلاثة عشر",
        "أربعة عشر",
        "خمسة عشر",
        "ستة عشر",
        "سبعة عشر",
        "ثمانية عشر",
        "تسعة عشر",
    ],
    True: [
        "إحدى عشرة",
        "اثنتا عشرة",
        "ثلاث عشرة",
        "أربع عشرة",
        "خمس عشرة",
        "ست عشرة",
        "سبع عشرة",
        "ثماني عشرة",
        "تسع عشرة",
    ],
}
_AR_TENS = [
    ".",
    ".",
    "عشرون",
    "ثلاثون",
    "أربعون",
    "خمسون",
    "ستون",
    "سبعون",
    "ثمانون",
    "تسعون",
]
_AR_HUNDREDS = [
    ".",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
]
_AR_SCALES = (
    _Noun("", "", "", ""),
    _Noun("ألف", "ألفان", "آلاف", "ألفًا"),
    _Noun("مليون", "مليونان", "ملايين", "مليونًا"),
    _Noun("مليار", "ملياران", "مليارات", "مليارًا"),
    _Noun("تريليون", "تريليونان", "تريليونات", "تريليونًا"),
    _Noun("كوادريليون", "كوادريليونان", "كوادريليونات", "كوادريليونًا"),
    _Noun("كوينتيليون", "كوينتيليونان", "كوينتيليونات", "كوينتيليونًا"),
)


def _arabic(number: int, *, feminine: bool = False) -> str:
    if not number:
        return "صفر"
    words = []
    for group, power in _triples(number):
        if not power:
            words.append(_arabic_triple(group, feminine=feminine))
            continue
        words.append(_scaled(group, _AR_SCALES[power]))
    return " و".join(words)


def _scaled(group: int, noun: _Noun) -> str:
    """A group of thousands, millions …: the scale is itself a counted noun."""
    if group == 1:
        return noun.one
    if group == 2:
        return noun.two
    text = _arabic_triple(group, feminine=False)
    if text.endswith("مئتان"):
        text = text.removesuffix("ن")
    return f"{text} {_counted(group, noun)}"


def _counted(number: int, noun: _Noun) -> str:
    """The form of a noun after a number that is said in words before it."""
    rest = number % 100
    if 3 <= rest <= 10:
        return noun.few
    if rest >= 11:
        return noun.many
    return noun.one


def _arabic_triple(group: int, *, feminine: bool) -> str:
    hundreds, rest = divmod(group, 100)
    words = [_AR_HUNDREDS[hundreds]] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        if ones:
            words.append(_ones_before_tens(ones, feminine=feminine))
        words.append(_AR_TENS[tens])
    elif rest > 10:
        words.append(_AR_TEENS[feminine][rest - 11])
    elif rest:
        words.append(_AR_ONES[feminine][rest])
    return " و".join(words)


def _ones_before_tens(ones: int, *, feminine: bool) -> str:
    if feminine and ones == 1:
        return "إحدى"
    if feminine and ones == 8:
        return "ثمانٍ"
    return _AR_ONES[feminine][ones]


def _arabic_amount(size: int, currency: str) -> str:
    whole, part = _divided(size, currency)
    unit, subunit = _AR_UNITS[currency]
    words = [_arabic_counted(whole, unit)] if whole or not part else []
    if part:
        words.append(_arabic_counted(part, subunit))
    return " و".join(words)


def _arabic_counted(number: int, noun: _Noun) -> str:
    one, two, few, many = noun.after
    if number == 1:
        said = "واحدة" if noun.is_feminine else "واحد"
        return " ".join(word for word in (noun.one, one, said) if word)
    if number == 2:
        return f"{noun.two} {two}".strip()
    rest = number % 100
    text = _arabic(number, feminine=noun.is_feminine)
    form = _counted(number, noun)
    if form == noun.few and 3 <= rest <= 10:
        adjective = few
    elif rest >= 11:
        adjective = many
    else:
        adjective = one
        # A dual before its noun drops its last letter: «مئتا ريال», «ألفا ريال».
        for dual in ("مئتان", "ألفان", "مليونان", "ملياران", "تريليونان"):
            if not rest and text.endswith(dual):
                text = text.removesuffix("ن")
        # So does an accusative: «خمسة عشر ألف درهم».
        if not rest:
            text = text.removesuffix("ًا")
    return f"{text} {form} {adjective}".strip()
