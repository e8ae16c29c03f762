"""The month that the date picker shows."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from sarnakh.lib.profile import Profile
from sarnakh.screens import calendar

JALALI = Profile()
GREGORIAN = Profile(language="en", calendar="gregorian", digits="latin", week_start=0)


def answered(query: str, profile: Profile = JALALI, country: str = "IR") -> Any:
    import json

    request = RequestFactory().get(f"/calendar?{query}")
    request.actor = SimpleNamespace(  # type: ignore[attr-defined]
        profile=profile, company=SimpleNamespace(country=country)
    )
    return json.loads(calendar.month(request).content)


def test_a_jalali_month_begins_on_saturday_and_speaks_persian() -> None:
    month = answered("month=2025-07-03")
    own = [day for day in month["days"] if not day["other"]]
    assert month["title"] == "تیر ۱۴۰۴"
    assert [own[0]["iso"], own[-1]["iso"]] == ["2025-06-22", "2025-07-22"]
    assert own[11] | {"today": False} == {
        "iso": "2025-07-03",
        "label": "۱۲",
        "name": "پنجشنبه ۱۲ تیر ۱۴۰۴",
        "text": "۱۴۰۴/۰۴/۱۲",
        "other": False,
        "off": False,
        "today": False,
    }
    assert month["weekdays"][0]["name"] == "شنبه"
    assert len(month["days"]) % 7 == 0
    assert {dt.date.fromisoformat(d["iso"]).weekday() for d in own if d["off"]} == {4}


def test_what_was_typed_is_the_chosen_day() -> None:
    assert answered("text=۱۴۰۴/۴/۱۲")["chosen"] == "2025-07-03"
    assert answered("text=12 Jan 2026", GREGORIAN)["title"] == "January 2026"


@pytest.mark.parametrize("query", ["", "text=nonsense", "month=2025-99-01", "text="])
def test_without_a_date_the_present_month_is_shown(query: str) -> None:
    month = answered(query)
    assert month["chosen"] is None
    assert [day["iso"] for day in month["days"] if day["today"]] == [month["today"]]


def test_months_are_walked_one_by_one() -> None:
    month = answered("month=2025-03-25")
    assert month["title"] == "فروردین ۱۴۰۴"
    assert answered(f"month={month['previous']}")["title"] == "اسفند ۱۴۰۳"
    assert answered(f"month={month['next']}")["title"] == "اردیبهشت ۱۴۰۴"


@pytest.mark.parametrize("calendar_code", ["jalali", "hijri", "gregorian"])
@pytest.mark.parametrize(
    "edge", ["0001-01-01", "1000-01-01", "1500-03-01", "2999-12-31", "9999-12-31"]
)
def test_far_off_months_do_not_break_it(edge: str, calendar_code: str) -> None:
    month = answered(f"month={edge}", Profile(calendar=calendar_code))
    own = [day["iso"] for day in month["days"] if not day["other"]]
    assert 28 <= len(own) <= 31 or own[0] <= month["today"] <= own[-1]


@pytest.mark.parametrize(
    ("country", "days"),
    [("IR", {4}), ("SA", {4, 5}), ("DE", {5, 6}), ("??", {5, 6}), ("", {5, 6})],
)
def test_days_off_are_those_of_the_country(country: str, days: set[int]) -> None:
    assert calendar.weekend(country) == days
