"""Times and deadlines in words: five minutes ago, overdue by three days."""

import datetime as dt
from typing import Literal

from .digits import localize
from .profile import Profile

PluralForm = Literal["zero", "one", "two", "few", "many", "other"]

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400

# Forms of a language that are missing here read "other".
_WORDS: dict[str, dict[str, dict[PluralForm, str]]] = {
    "fa": {
        "now": {"other": "همین حالا"},
        "minutes": {"other": "{n} دقیقه پیش"},
        "hours": {"other": "{n} ساعت پیش"},
        "yesterday_at": {"other": "دیروز {time}"},
        "today_at": {"other": "امروز {time}"},
        "tomorrow_at": {"other": "فردا {time}"},
        "overdue": {"other": "{n} روز گذشته"},
        "today": {"other": "امروز"},
        "tomorrow": {"other": "فردا"},
        "due": {"other": "در {n} روز"},
    },
    "ar": {
        "now": {"other": "الآن"},
        "minutes": {
            "one": "قبل دقيقة",
            "two": "قبل دقيقتين",
            "few": "قبل {n} دقائق",
            "other": "قبل {n} دقيقة",
        },
        "hours": {
            "one": "قبل ساعة",
            "two": "قبل ساعتين",
            "few": "قبل {n} ساعات",
            "other": "قبل {n} ساعة",
        },
        "yesterday_at": {"other": "أمس {time}"},
        "today_at": {"other": "اليوم {time}"},
        "tomorrow_at": {"other": "غدًا {time}"},
        "overdue": {
            "one": "متأخر يومًا واحدًا",
            "two": "متأخر يومين",
            "few": "متأخر {n} أيام",
            "many": "متأخر {n} يومًا",
            "other": "متأخر {n} يوم",
        },
        "today": {"other": "اليوم"},
        "tomorrow": {"other": "غدًا"},
        "due": {
            "one": "خلال يوم واحد",
            "two": "خلال يومين",
            "few": "خلال {n} أيام",
            "many": "خلال {n} يومًا",
            "other": "خلال {n} يوم",
        },
    },
    "en": {
        "now": {"other": "just now"},
        "minutes": {"one": "{n} minute ago", "other": "{n} minutes ago"},
        "hours": {"one": "{n} hour ago", "other": "{n} hours ago"},
        "yesterday_at": {"other": "yesterday {time}"},
        "today_at": {"other": "today {time}"},
        "tomorrow_at": {"other": "tomorrow {time}"},
        "overdue": {"one": "overdue by {n} day", "other": "overdue by {n} days"},
        "today": {"other": "today"},
        "tomorrow": {"other": "tomorrow"},
        "due": {"one": "due in {n} day", "other": "due in {n} days"},
    },
}


def plural_form(n: int, language: str) -> PluralForm:
    """The plural form a count takes (whole numbers, rules of the Unicode project)."""
    if language == "ar":
        rest = n % 100
        small: dict[int, PluralForm] = {0: "zero", 1: "one", 2: "two"}
        if n in small:
            return small[n]
        if 3 <= rest <= 10:
            return "few"
        return "many" if rest >= 11 else "other"
    if language == "fa":
        return "one" if n in (0, 1) else "other"
    return "one" if n == 1 else "other"


def relative_time(moment: dt.datetime, now: dt.datetime, profile: Profile) -> str:
    """An aware instant seen from ``now``.

    Less than a minute, minutes, hours of the same day, yesterday with the time, then
    the date. Coming instants of today and tomorrow show their time.
    """
    seconds = int((now - moment).total_seconds())
    local = profile.local(moment)
    days = (local.date() - profile.today(now)).days
    if abs(seconds) < _MINUTE:
        return _say("now", profile)
    if 0 < seconds < _HOUR:
        return _say("minutes", profile, seconds // _MINUTE)
    if seconds > 0 and days == 0:
        return _say("hours", profile, seconds // _HOUR)
    words = {-1: "yesterday_at", 0: "today_at", 1: "tomorrow_at"}
    if days in words:
        return _say(words[days], profile, time=clock_text(moment, profile))
    return profile.date_text(local.date())


def due_text(day: dt.date, today: dt.date, profile: Profile) -> str:
    """A deadline seen from ``today``: overdue by n days, today, tomorrow, due in n."""
    days = (day - today).days
    words = {0: "today", 1: "tomorrow"}
    if days in words:
        return _say(words[days], profile)
    return _say("overdue" if days < 0 else "due", profile, abs(days))


def clock_text(moment: dt.datetime, profile: Profile) -> str:
    """``۱۴:۰۵``: the local time of an aware instant, 24 hours."""
    return localize(profile.local(moment).strftime("%H:%M"), profile.digits)


def moment_text(moment: dt.datetime, profile: Profile) -> str:
    """``۱۴۰۴/۰۴/۱۲ ۱۴:۰۵``: local date and time of an aware instant."""
    day = profile.date_text(profile.local(moment).date())
    return f"{day} {clock_text(moment, profile)}"


def _say(word: str, profile: Profile, n: int = 0, time: str = "") -> str:
    forms = _WORDS.get(profile.language, _WORDS["en"])[word]
    text = forms.get(plural_form(n, profile.language)) or forms["other"]
    return text.format(n=localize(str(n), profile.digits), time=time)
