"""The currencies the product knows by itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Currency:
    """A currency: ISO code, stored decimals, texts per language.

    ``symbols`` is what stands beside an amount, before it in English and after it in
    Persian and Arabic. ``words`` are further spellings accepted on input.
    """

    code: str
    decimals: int
    names: dict[str, str]
    symbols: dict[str, str]
    words: tuple[str, ...] = ()

    def symbol(self, language: str) -> str:
        """The sign or word beside an amount in a language."""
        return self.symbols.get(language, self.symbols["en"])

    def name(self, language: str) -> str:
        """The name of the currency in a language."""
        return self.names.get(language, self.names["en"])


def _currency(
    code: str,
    decimals: int,
    fa: tuple[str, str],
    ar: tuple[str, str],
    en: tuple[str, str],
    *words: str,
) -> Currency:
    """Each language gives the name and the symbol."""
    texts = {"fa": fa, "ar": ar, "en": en}
    return Currency(
        code,
        decimals,
        {lang: text[0] for lang, text in texts.items()},
        {lang: text[1] for lang, text in texts.items()},
        words,
    )


_RIAL = ("ریال", "rial", "rials", "riyal", "riyals")
_DINAR = ("دینار", "dinar", "dinars")
_POUND = ("پوند", "جنيه", "pound", "pounds")

CURRENCIES: dict[str, Currency] = {
    currency.code: currency
    for currency in (
        _currency(
            "IRR",
            0,
            ("ریال ایران", "ریال"),
            ("ريال إيراني", "ريال إيراني"),
            ("Iranian rial", "IRR"),
            *_RIAL,
        ),
        _currency(
            "AFN",
            0,
            ("افغانی", "افغانی"),
            ("أفغاني", "أفغاني"),
            ("Afghan afghani", "AFN"),
            "؋",
            "afghani",
        ),
        _currency(
            "IQD",
            0,
            ("دینار عراق", "دینار عراق"),
            ("دينار عراقي", "د.ع."),
            ("Iraqi dinar", "IQD"),
            *_DINAR,
        ),
        _currency(
            "AED",
            2,
            ("درهم امارات", "درهم"),
            ("درهم إماراتي", "د.إ."),
            ("UAE dirham", "AED"),
            "dirham",
            "dirhams",
            "dhs",
        ),
        _currency(
            "SAR",
            2,
            ("ریال عربستان", "ریال سعودی"),
            ("ريال سعودي", "ر.س."),
            ("Saudi riyal", "SAR"),
            *_RIAL,
            "SR",
        ),
        _currency(
            "QAR",
            2,
            ("ریال قطر", "ریال قطر"),
            ("ريال قطري", "ر.ق."),
            ("Qatari riyal", "QAR"),
            *_RIAL,
            "QR",
        ),
        _currency(
            "EGP",
            2,
            ("پوند مصر", "پوند مصر"),
            ("جنيه مصري", "ج.م."),
            ("Egyptian pound", "EGP"),
            *_POUND,
            "LE",
        ),
        _currency(
            "TRY",
            2,
            ("لیرهٔ ترکیه", "لیر"),
            ("ليرة تركية", "ل.ت."),
            ("Turkish lira", "₺"),
            "لیره",
            "lira",
            "liras",
            "TL",
        ),
        _currency(
            "USD",
            2,
            ("دلار آمریکا", "دلار"),
            ("دولار أمريكي", "دولار"),
            ("US dollar", "$"),
            "US$",
            "dollar",
            "dollars",
        ),
        _currency(
            "EUR",
            2,
            ("یورو", "یورو"),
            ("يورو", "يورو"),
            ("Euro", "€"),
            "euros",
        ),
        _currency(
            "KWD",
            3,
            ("دینار کویت", "دینار کویت"),
            ("دينار كويتي", "د.ك."),
            ("Kuwaiti dinar", "KWD"),
            *_DINAR,
            "KD",
        ),
        _currency(
            "BHD",
            3,
            ("دینار بحرین", "دینار بحرین"),
            ("دينار بحريني", "د.ب."),
            ("Bahraini dinar", "BHD"),
            *_DINAR,
            "BD",
        ),
        _currency(
            "OMR",
            3,
            ("ریال عمان", "ریال عمان"),
            ("ريال عماني", "ر.ع."),
            ("Omani rial", "OMR"),
            *_RIAL,
        ),
        _currency(
            "JOD",
            3,
            ("دینار اردن", "دینار اردن"),
            ("دينار أردني", "د.أ."),
            ("Jordanian dinar", "JOD"),
            *_DINAR,
            "JD",
        ),
    )
}
