"""How written dates are understood: months, years, the three numbers."""

import datetime as dt
import re
from functools import cache

from sarnakh.lib.text import compact, searchable

from . import names
from .calendar import GREGORIAN, Calendar
from .hijri import HIJRI
from .jalali import JALALI

MAX_LENGTH = 80
_MAX_DAY = 31

# Dates beyond these are refused everywhere (the display of every calendar survives).
FIRST_DATE = dt.date(1800, 1, 1)
LAST_DATE = dt.date(2200, 12, 31)

JALALI_YEARS = range(1200, 1501)
GREGORIAN_YEARS = range(1800, 2201)
# In a Jalali profile a year cannot mean anything else in this wider span.
_ALL_JALALI_YEARS = range(JALALI.parts(FIRST_DATE)[0], JALALI.parts(LAST_DATE)[0] + 1)

Triple = tuple[str, str, str]

_TRIPLE = re.compile(r"(\d{1,4})\s*([/\-. ])\s*(\d{1,2})\s*([/\-. ])\s*(\d{1,4})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(r"(?:[^\W_]|[\s/\-.])+")
# Letters after a day number, "of", "month", and the marks of an era.
_FILLERS = frozenset(
    searchable(word)
    for word in (
        *("st", "nd", "rd", "th", "of", "the"),
        *("ماه", "سال", "شهر", "من", "سنة", "عام"),
        *("ه", "هـ", "ش", "ق", "م", "ه‍.ش", "ad", "ce", "ah", "ap"),
    )
)

_MORE_NAMES: tuple[tuple[Calendar, int, tuple[str, ...]], ...] = (
    (JALALI, 5, ("امرداد",)),
    (GREGORIAN, 1, ("Jan", "جنوری")),
    (GREGORIAN, 2, ("Feb", "فبروری")),
    (GREGORIAN, 3, ("Mar", "مارچ")),
    (GREGORIAN, 4, ("Apr", "اپریل", "آپریل")),
    (GREGORIAN, 5, ("می",)),
    (GREGORIAN, 6, ("Jun", "جون", "يونية")),
    (GREGORIAN, 7, ("Jul", "جولای", "ژولیه", "يولية")),
    (GREGORIAN, 8, ("Aug", "آگوست", "اگست")),
    (GREGORIAN, 9, ("Sep", "Sept")),
    (GREGORIAN, 10, ("Oct",)),
    (GREGORIAN, 11, ("Nov",)),
    (GREGORIAN, 12, ("Dec",)),
    (HIJRI, 3, ("ربیع الاولی",)),
    (HIJRI, 4, ("ربیع الآخر", "ربيع الثاني")),
    (HIJRI, 5, ("جمادی الاولی", "جمادى الأول")),
    (HIJRI, 6, ("جمادی الآخر", "جمادى الثانية")),
    (HIJRI, 11, ("ذی القعده", "ذی‌قعده", "ذي القعدة")),
    (HIJRI, 12, ("ذی الحجه", "ذی‌حجه", "ذي الحجة")),
)


def normal(text: str) -> str:
    """Typed text with ASCII digits, folded letters and no commas.

    ValueError ``empty`` or ``too_long``.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError("too_long")
    found = searchable(searchable(text).replace(",", " "))
    if not found:
        raise ValueError("empty")
    return found


def triple(text: str) -> Triple | None:
    """The three numbers of ``1404/04/12`` in written order, None if it is not such."""
    found = _TRIPLE.fullmatch(text)
    if found is None or found[2] != found[4]:
        return None
    return found[1], found[3], found[5]


def eight_digits(text: str) -> Triple | None:
    """Year, month and day of ``YYYYMMDD``."""
    found = _EIGHT.fullmatch(text)
    return None if found is None else (found[1], found[2], found[3])


def separator(text: str) -> str:
    """The sign between the numbers of a three-number date, empty if it is not such."""
    found = _TRIPLE.fullmatch(text)
    return found[2] if found else ""


def named(text: str, calendar: Calendar, today: dt.date) -> dt.date | None:
    """A date with a month name; without a year it lies in the year of ``today``.

    None if there is no month name in it; ValueError if there is but no date.
    """
    words = [word for word in _WORDS.findall(text) if word not in _FILLERS]
    if not words or not _NAMED.fullmatch(text):
        return None
    found = _month("".join(words), calendar.code)
    if found is None:
        return None
    shown, month = found
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 1 and int(numbers[0]) <= _MAX_DAY:
        year = shown.parts(today)[0]
        return checked(shown, year, month, int(numbers[0]))
    if len(numbers) != 2:
        raise ValueError("incomplete")
    first, second = numbers
    day, year_text = (first, second) if _can_be_day(first) else (second, first)
    if not _can_be_day(day):
        raise ValueError("impossible_date")
    return checked(shown, _year_in(shown, year_text), month, int(day))


def numeric(year: str, month: str, day: str, calendar: Calendar) -> dt.date:
    """A date of three numbers in a profile of ``calendar``; the year tells its own."""
    shown = calendar
    number = int(year)
    if len(year) <= 2:
        number = full_year(number, calendar)
    else:
        shown = calendar_of_year(number, calendar)
    return checked(shown, number, int(month), int(day))


def calendar_of_year(year: int, calendar: Calendar) -> Calendar:
    """The calendar a written year belongs to. ValueError ``year_out_of_range``."""
    if calendar is HIJRI and year in JALALI_YEARS:
        if year in HIJRI.years:
            return HIJRI
        raise ValueError("year_out_of_range")
    if year in JALALI_YEARS or (calendar is JALALI and year in _ALL_JALALI_YEARS):
        return JALALI
    if year in GREGORIAN_YEARS:
        return GREGORIAN
    raise ValueError("year_out_of_range")


def full_year(year: int, calendar: Calendar) -> int:
    """A two-digit year with its century."""
    if calendar is JALALI:
        return year + (1300 if year >= 50 else 1400)
    if calendar is HIJRI:
        return year + 1400
    return year + (1900 if year >= 69 else 2000)


def checked(calendar: Calendar, year: int, month: int, day: int) -> dt.date:
    """The date, or ValueError ``impossible_date`` / ``out_of_range``."""
    found = calendar.date(year, month, day)
    if not FIRST_DATE <= found <= LAST_DATE:
        raise ValueError("out_of_range")
    return found


def in_range(day: dt.date) -> dt.date:
    """``day`` itself, or ValueError ``out_of_range``."""
    if not FIRST_DATE <= day <= LAST_DATE:
        raise ValueError("out_of_range")
    return day


def _can_be_day(number: str) -> bool:
    return len(number) <= 2 and 1 <= int(number) <= _MAX_DAY


def _year_in(calendar: Calendar, text: str) -> int:
    if len(text) <= 2:
        return full_year(int(text), calendar)
    allowed = {JALALI.code: _ALL_JALALI_YEARS, GREGORIAN.code: GREGORIAN_YEARS}
    if int(text) not in allowed.get(calendar.code, calendar.years):
        raise ValueError("year_out_of_range")
    return int(text)


def _key(name: str) -> str:
    return compact(name).replace(" ", "").replace("-", "")


@cache
def _months() -> dict[str, tuple[tuple[Calendar, int], ...]]:
    found: dict[str, list[tuple[Calendar, int]]] = {}
    for calendar in (JALALI, GREGORIAN, HIJRI):
        rows = [*calendar.month_names.values(), *calendar.month_variants.values()]
        for row in rows:
            for number, name in enumerate(row, start=1):
                found.setdefault(_key(name), []).append((calendar, number))
    for owner, number, more in _MORE_NAMES:
        for name in more:
            found.setdefault(_key(name), []).append((owner, number))
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items()}


@cache
def _weekdays() -> tuple[str, ...]:
    words = {_key(name) for row in names.WEEKDAYS.values() for name in row}
    words |= {_key(name)[:3] for name in names.WEEKDAYS["en"]}
    words |= {"ادینه", "الاثنین", "اثنین"}
    return tuple(sorted(words, key=len, reverse=True))


def _month(word: str, code: str) -> tuple[Calendar, int] | None:
    """The month a word names, with or without a weekday around it."""
    for candidate in _without_weekday(word.removesuffix("ماه")):
        found = _months().get(candidate)
        if found:
            own = [entry for entry in found if entry[0].code == code]
            return (own or found)[0]
    return None


def _without_weekday(word: str) -> list[str]:
    found = [word]
    for weekday in _weekdays():
        if word.startswith(weekday):
            found.append(word[len(weekday) :])
        if word.endswith(weekday):
            found.append(word[: -len(weekday)])
    return found
