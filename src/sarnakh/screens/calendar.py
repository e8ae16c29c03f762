"""A month for the date picker: days, names and texts in the reader's calendar."""

import datetime as dt
from functools import cache

from babel import Locale, UnknownLocaleError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.calendars import parsing, weekday_name
from sarnakh.lib.digits import localize
from sarnakh.lib.profile import Profile

SHOWN = range(1000, 3000)
"""Years that can be leafed through; beyond, arithmetic with dates ends."""


@login_needed
@require_GET
def month(request: HttpRequest) -> JsonResponse:
    """The weeks of a month, as JSON.

    `month` is an ISO date of any day in it; `text` is what stands in the field, in
    the reader's own way of writing. Without either, or when they say nothing, it is
    the present month.
    """
    actor = request.actor  # type: ignore[attr-defined]
    profile: Profile = actor.profile
    today = profile.today()
    chosen = _typed(request.GET.get("text", ""), profile, today)
    shown = _iso(request.GET.get("month", "")) or chosen or today
    # Outside of its limits a calendar gives way to the Gregorian one.
    calendar = profile.cal.shown(shown)
    start = profile.cal.start_of(shown, "month")
    weeks = calendar.month_weeks(*calendar.parts(start)[:2], profile.week_start)
    off = weekend(actor.company.country)
    end = profile.cal.next_start(start, "month")
    return JsonResponse(
        {
            "title": profile.cal.label(
                start, "month", profile.language, profile.digits
            ),
            "weekdays": [_weekday(day, profile) for day in weeks[0]],
            "days": [
                {
                    **_day(day, profile),
                    "other": not start <= day < end,
                    "off": day.weekday() in off,
                    "today": day == today,
                }
                for week in weeks
                for day in week
            ],
            "chosen": chosen and chosen.isoformat(),
            "today": today.isoformat(),
            "today_text": profile.date_text(today),
            "previous": _beside(profile, start, -1),
            "next": _beside(profile, start, 1),
        }
    )


def _day(day: dt.date, profile: Profile) -> dict[str, str]:
    number = profile.cal.parts(day)[2]
    return {
        "iso": day.isoformat(),
        "label": localize(str(number), profile.digits),
        "name": profile.date_text(day, "long"),
        "text": profile.date_text(day),
    }


def _weekday(day: dt.date, profile: Profile) -> dict[str, str]:
    return {
        "label": weekday_name(day.weekday(), profile.language, narrow=True),
        "name": weekday_name(day.weekday(), profile.language),
    }


def _beside(profile: Profile, start: dt.date, months: int) -> str:
    """A day of the month before or after; of this one where the calendar ends."""
    try:
        return profile.cal.add_months(start, months).isoformat()
    except (ValueError, OverflowError):
        return start.isoformat()


def _iso(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in SHOWN else None


def _typed(text: str, profile: Profile, today: dt.date) -> dt.date | None:
    try:
        return parsing.parse_date(text, profile.cal, today)
    except ValueError:
        return None


@cache
def weekend(country: str) -> frozenset[int]:
    """Days off in a country, 0 = Monday: Friday in Iran."""
    try:
        place = Locale.parse(f"und_{country}")
    except (ValueError, UnknownLocaleError):
        place = Locale("en", "001")
    first, last = place.weekend_start, place.weekend_end
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
