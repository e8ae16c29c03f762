"""Names of months, seasons and weekdays in the languages of the product.

Languages without a table of their own read the English one.
"""

JALALI_MONTHS: dict[str, tuple[str, ...]] = {
    "fa": (
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ),
    "ar": (
        "فروردين",
        "أرديبهشت",
        "خرداد",
        "تير",
        "مرداد",
        "شهريور",
        "مهر",
        "آبان",
        "آذر",
        "دي",
        "بهمن",
        "إسفند",
    ),
    "en": (
        "Farvardin",
        "Ordibehesht",
        "Khordad",
        "Tir",
        "Mordad",
        "Shahrivar",
        "Mehr",
        "Aban",
        "Azar",
        "Dey",
        "Bahman",
        "Esfand",
    ),
}
# The signs of the zodiac are the month names of Afghanistan.
ZODIAC_MONTHS: tuple[str, ...] = (
    "حمل",
    "ثور",
    "جوزا",
    "سرطان",
    "اسد",
    "سنبله",
    "میزان",
    "عقرب",
    "قوس",
    "جدی",
    "دلو",
    "حوت",
)

GREGORIAN_MONTHS: dict[str, tuple[str, ...]] = {
    "fa": (
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ),
    "ar": (
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
LEVANT_MONTHS: tuple[str, ...] = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)

HIJRI_MONTHS: dict[str, tuple[str, ...]] = {
    "fa": (
        "محرم",
        "صفر",
        "ربیع‌الاول",
        "ربیع‌الثانی",
        "جمادی‌الاول",
        "جمادی‌الثانی",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذیقعده",
        "ذیحجه",
    ),
    "ar": (
        "محرم",
        "صفر",
        "ربيع الأول",
        "ربيع الآخر",
        "جمادى الأولى",
        "جمادى الآخرة",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو القعدة",
        "ذو الحجة",
    ),
    "en": (
        "Muharram",
        "Safar",
        "Rabi al-Awwal",
        "Rabi al-Thani",
        "Jumada al-Ula",
        "Jumada al-Akhirah",
        "Rajab",
        "Shaban",
        "Ramadan",
        "Shawwal",
        "Dhu al-Qadah",
        "Dhu al-Hijjah",
    ),
}

JALALI_QUARTERS: dict[str, tuple[str, ...]] = {
    "fa": ("بهار", "تابستان", "پاییز", "زمستان"),
    "ar": ("الربيع", "الصيف", "الخريف", "الشتاء"),
    "en": ("Spring", "Summer", "Autumn", "Winter"),
}
PLAIN_QUARTERS: dict[str, tuple[str, ...]] = {"en": ("Q1", "Q2", "Q3", "Q4")}

# Monday first, as in Python's weekday().
WEEKDAYS: dict[str, tuple[str, ...]] = {
    "fa": ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ar": (
        "الاثنين",
        "الثلاثاء",
        "الأربعاء",
        "الخميس",
        "الجمعة",
        "السبت",
        "الأحد",
    ),
    "en": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
}
WEEKDAY_LETTERS: dict[str, tuple[str, ...]] = {
    "fa": ("د", "س", "چ", "پ", "ج", "ش", "ی"),
    "ar": ("ن", "ث", "ر", "خ", "ج", "س", "ح"),
    "en": ("M", "T", "W", "T", "F", "S", "S"),
}

WEEK_LABELS: dict[str, str] = {
    "fa": "هفتهٔ {week} – {year}",
    "ar": "الأسبوع {week} – {year}",
    "en": "Week {week} – {year}",
}


def in_language(table: dict[str, tuple[str, ...]], lang: str) -> tuple[str, ...]:
    """The row of ``table`` for a language code such as ``fa`` or ``ar-iq``."""
    return table.get(lang.split("-")[0], table["en"])


def weekday_name(weekday: int, lang: str, *, narrow: bool = False) -> str:
    """Name or one-letter name of a weekday, 0 = Monday … 6 = Sunday."""
    return in_language(WEEKDAY_LETTERS if narrow else WEEKDAYS, lang)[weekday]
