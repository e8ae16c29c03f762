"""Typed dates and the dates of imported columns."""

import contextlib
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.calendars import GREGORIAN, HIJRI, JALALI, Calendar, Style, reading
from sarnakh.lib.calendars.parsing import (
    Pattern,
    guess_pattern,
    parse_date,
    parse_datetime,
)
from sarnakh.lib.digits import Digits

TODAY = dt.date(2025, 7, 3)
TEHRAN = ZoneInfo("Asia/Tehran")
NOW = dt.datetime(2025, 7, 3, 10, 0, 30, 5, tzinfo=dt.UTC)
TIR_12 = dt.date(2025, 7, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۴/۰۴/۱۲",
        "1404-4-12",
        "1404.4.12",
        "١٤٠٤ ٤ ١٢",
        "04/4/12",
        "12/4/1404",
        "14040412",
        "2025/07/03",
        "2025-07-03",
        "۱۲ تیر ۱۴۰۴",
        "12 تير 1404",
        "پنجشنبه ۱۲ تیر ماه ۱۴۰۴",
        "پنج شنبه، ۱۲ تیر ۱۴۰۴",
        "۱۲ تیر",
        "12 Tir 1404",
        "3 July 2025",
        "July 3, 2025",
        "3-Jul-25",
        "Thu 3rd of July 2025",
        "۳ ژوئیه ۲۰۲۵",
        "3 تموز 2025",
        "3 يوليو 2025 م",
        "8 محرم 1447",
        "۸ محرم ۱۴۴۷ ه.ق",
        "۱۲ سرطان ۱۴۰۴",
        "امروز",
        "today",
        "اليوم",
        " \u200f۱۴۰۴/۰۴/۱۲\u200f ",
    ],
)
def test_many_ways_to_type_one_day(typed: str) -> None:
    assert parse_date(typed, JALALI, TODAY) == TIR_12


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("دیروز", -1),
        ("أمس", -1),
        ("فردا", 1),
        ("غداً", 1),
        ("پس‌فردا", 2),
        ("+3", 3),
        ("+۳", 3),
        ("-2w", -14),
        ("−2w", -14),
        ("+1d", 1),
    ],
)
def test_days_from_today(typed: str, days: int) -> None:
    assert parse_date(typed, JALALI, TODAY) == TODAY + dt.timedelta(days=days)


def test_month_shifts_use_the_calendar() -> None:
    khordad_31 = JALALI.date(1404, 3, 31)
    assert parse_date("+4m", JALALI, khordad_31) == JALALI.date(1404, 7, 30)
    assert parse_date("-1q", JALALI, khordad_31) == JALALI.date(1403, 12, 30)
    assert parse_date("+1y", JALALI, khordad_31) == JALALI.date(1405, 3, 31)


@pytest.mark.parametrize(
    ("typed", "calendar", "expected"),
    [
        ("99/1/1", JALALI, (JALALI, 1399, 1, 1)),
        ("50/1/1", JALALI, (JALALI, 1350, 1, 1)),
        ("49/1/1", JALALI, (JALALI, 1449, 1, 1)),
        ("69/1/1", GREGORIAN, (GREGORIAN, 1969, 1, 1)),
        ("68/1/1", GREGORIAN, (GREGORIAN, 2068, 1, 1)),
        ("1446/9/1", HIJRI, (HIJRI, 1446, 9, 1)),
        ("1446/9/1", JALALI, (JALALI, 1446, 9, 1)),
        ("1404/9/1", GREGORIAN, (JALALI, 1404, 9, 1)),
        ("2025/9/1", HIJRI, (GREGORIAN, 2025, 9, 1)),
    ],
)
def test_the_year_tells_the_calendar(
    typed: str, calendar: Calendar, expected: tuple[Calendar, int, int, int]
) -> None:
    owner, *parts = expected
    assert parse_date(typed, calendar, TODAY) == owner.date(*parts)


def test_order_decides_what_the_year_leaves_open() -> None:
    day = parse_date
    assert day("3/7/2025", GREGORIAN, TODAY) == TIR_12
    assert day("7/3/2025", GREGORIAN, TODAY, "mdy") == TIR_12
    assert day("3/7/25", GREGORIAN, TODAY, "dmy") == TIR_12
    assert day("2025/7/3", GREGORIAN, TODAY, "mdy") == TIR_12


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("x" * 100, "too_long"),
        ("سلام", "not_a_date"),
        ("12", "not_a_date"),
        ("12/4", "not_a_date"),
        ("1404/4-12", "not_a_date"),
        ("تیر ۱۴۰۴", "incomplete"),
        ("1404/12/30", "impossible_date"),
        ("1404/7/31", "impossible_date"),
        ("1404/13/1", "impossible_date"),
        ("7/13/2025", "impossible_date"),
        ("۳۱ مهر ۱۴۰۴", "impossible_date"),
        ("2025/2/29", "impossible_date"),
        ("1700/1/1", "year_out_of_range"),
        ("404/1/1", "year_out_of_range"),
        ("12 تیر 2025", "year_out_of_range"),
        ("+99999w", "out_of_range"),
        ("+99999y", "out_of_range"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_date(typed, JALALI, TODAY)


def test_no_month_name_means_two_months() -> None:
    assert all(len(found) == 1 for found in reading._months().values())


calendars_ = st.sampled_from([JALALI, HIJRI, GREGORIAN])
all_digits = st.sampled_from(["fa", "ar", "latin"])
languages = st.sampled_from(["fa", "ar", "en"])
styles = st.sampled_from(["short", "long"])


@given(
    calendars_,
    st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)),
    styles,
    languages,
    all_digits,
)
def test_what_is_shown_can_be_typed(
    calendar: Calendar, day: dt.date, style: Style, lang: str, digits: Digits
) -> None:
    shown = calendar.format(day, style, lang, digits)
    assert parse_date(shown, calendar, TODAY) == day


@given(st.text(max_size=90), calendars_)
def test_any_text_is_a_date_or_refused(typed: str, calendar: Calendar) -> None:
    for read in (
        lambda: parse_date(typed, calendar, TODAY),
        lambda: parse_datetime(typed, calendar, NOW, TEHRAN),
        lambda: guess_pattern([typed], calendar),
    ):
        with contextlib.suppress(ValueError):
            found = read()
            assert found is None or isinstance(found, (dt.date, Pattern))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("۱۴۰۴/۰۴/۱۲ ۱۴:۰۵", "2025-07-03T10:35:00"),
        ("۱۴:۰۵ ۱۴۰۴/۰۴/۱۲", "2025-07-03T10:35:00"),
        ("1404/4/12 ساعت 14:05:09", "2025-07-03T10:35:09"),
        ("1404/4/12", "2025-07-02T20:30:00"),
        ("14:05", "2025-07-03T10:35:00"),
        ("2025-07-03T10:00:00Z", "2025-07-03T10:00:00"),
        ("2025-07-03 10:00:00.25+03:30", "2025-07-03T06:30:00"),
        ("2025-07-03T10:00-0200", "2025-07-03T12:00:00"),
        ("1404/4/12 02:30 ب.ظ", "2025-07-03T11:00:00"),
        ("1404/4/12 02:30 ق.ظ", "2025-07-02T23:00:00"),
        ("1404/4/12 2:30 م", "2025-07-03T11:00:00"),
        ("ص 10:15 1404/4/12", "2025-07-03T06:45:00"),
        ("3 July 2025 12:00 AM", "2025-07-02T20:30:00"),
        ("3 July 2025 12:00 PM", "2025-07-03T08:30:00"),
        ("3 July 2025 at 5pm", "2025-07-03T13:30:00"),
        ("now", "2025-07-03T10:00:30"),
        ("+2h", "2025-07-03T12:00:30"),
        ("-30min", "2025-07-03T09:30:30"),
        # 00:00–01:00 did not exist on 2 Farvardin 1400: moved forward by the gap.
        ("1400/1/2 00:30", "2021-03-21T21:00:00"),
        # 23:00–24:00 came twice on 30 Shahrivar 1400: the first one.
        ("1400/6/30 23:30", "2021-09-21T19:00:00"),
    ],
)
def test_times_with_dates(typed: str, expected: str) -> None:
    found = parse_datetime(typed, JALALI, NOW, TEHRAN)
    assert found == dt.datetime.fromisoformat(expected).replace(tzinfo=dt.UTC)
    assert found.tzinfo is dt.UTC


@pytest.mark.parametrize("typed", ["1404/4/12 25:00", "10:60", "13:00 AM", "0:10 pm"])
def test_impossible_times_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="impossible_time"):
        parse_datetime(typed, JALALI, NOW, TEHRAN)


def guessed(*samples: str, calendar: Calendar = JALALI) -> str:
    pattern = guess_pattern(samples, calendar)
    return "" if pattern is None else pattern.text


def test_the_first_pattern_that_fits_every_sample_is_taken() -> None:
    assert guessed("1404/04/12", "", "  ", "1404/1/1") == "YYYY/MM/DD"
    assert guessed("2024-01-15 10:00:00") == "YYYY-MM-DD HH:MM"
    assert guessed("03/07/2025") == "DD/MM/YYYY"
    assert guessed("03/07/2025", "07/13/2025") == "MM/DD/YYYY"
    assert guessed("04.04.12") == "YY.MM.DD"
    assert guessed("1/15/24", "12/31/24", calendar=GREGORIAN) == "MM/DD/YY"
    assert guessed("1/15/24", "12/31/24", calendar=JALALI) == "MM/DD/YY"
    assert guessed("", " ") == ""
    assert guessed("1404/04/12", "سلام") == ""


def test_day_first_and_month_first_are_never_mixed() -> None:
    assert guess_pattern(["13/02/2025", "02/13/2025"], GREGORIAN) is None
    pattern = guess_pattern(["13/02/2025", "03/02/2025"], GREGORIAN)
    assert pattern is not None
    assert pattern.parse("03/02/2025") == dt.date(2025, 2, 3)
    with pytest.raises(ValueError, match="impossible_date"):
        pattern.parse("02/13/2025")
    with pytest.raises(ValueError, match="other_order"):
        pattern.parse("2025/02/13")


def test_an_impossible_day_does_not_hide_the_pattern() -> None:
    pattern = guess_pattern(["1404/12/30", "1404/01/02"], JALALI)
    assert pattern is not None
    with pytest.raises(ValueError, match="impossible_date"):
        pattern.parse("1404/12/30")


def test_calendars_may_change_from_value_to_value() -> None:
    pattern = guess_pattern(["12/04/1404", "03/07/2025"], JALALI)
    assert pattern is not None
    assert pattern.parse("12/04/1404") == pattern.parse("03/07/2025") == TIR_12
    strict = Pattern(JALALI, "dmy", strict_calendar=True)
    with pytest.raises(ValueError, match="year_out_of_range"):
        strict.parse("03/07/2025")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("45841", dt.date(2025, 7, 3)),
        ("45841.0", dt.date(2025, 7, 3)),
        ("۴۵۸۴۱٫۵", dt.datetime(2025, 7, 3, 12, 0)),  # noqa: DTZ001
        ("45840.999999", dt.datetime(2025, 7, 3, 0, 0)),  # noqa: DTZ001
        ("20250703", dt.date(2025, 7, 3)),
        ("14040412", dt.date(2025, 7, 3)),
        ("۱۲ تیر ۱۴۰۴", dt.date(2025, 7, 3)),
    ],
)
def test_serials_and_clear_forms_fit_every_pattern(
    cell: str, expected: dt.date
) -> None:
    for order in ("ymd", "dmy", "mdy"):
        assert Pattern(JALALI, order).parse(cell) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["19999", "80001", "5", "123456", "۱۲ تیر"])
def test_other_numbers_are_no_dates(cell: str) -> None:
    with pytest.raises(ValueError, match="not_a_date"):
        Pattern(JALALI).parse(cell)


def test_an_offset_in_a_cell_is_kept_and_local_times_stay_naive() -> None:
    pattern = Pattern(GREGORIAN, has_time=True)
    assert pattern.parse("2025-07-03T10:00:00Z") == dt.datetime(
        2025, 7, 3, 10, tzinfo=dt.UTC
    )
    local = pattern.parse("2025-07-03 10:00")
    assert isinstance(local, dt.datetime)
    assert local.tzinfo is None
