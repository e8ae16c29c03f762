"""How one person (or company) wants to see dates, numbers and amounts."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import calendars
from .calendars.calendar import SATURDAY
from .digits import Digits


@dataclass(frozen=True)
class Profile:
    """Language, calendar, digits, time zone, first weekday (0 = Monday) and Toman.

    The defaults are those of Iran. ``toman`` shows and reads rial amounts in Toman.
    """

    language: str = "fa"
    calendar: str = "jalali"
    digits: Digits = "fa"
    timezone: str = "Asia/Tehran"
    week_start: int = SATURDAY
    toman: bool = False

    @property
    def cal(self) -> calendars.Calendar:
        """The calendar itself."""
        return calendars.get(self.calendar)

    @property
    def tz(self) -> ZoneInfo:
        """The time zone; UTC if the name is empty or unknown."""
        return _zone(self.timezone)

    def today(self, now: dt.datetime | None = None) -> dt.date:
        """The current local date, or that of the aware instant ``now``."""
        return self.local(now or dt.datetime.now(dt.UTC)).date()

    def local(self, moment: dt.datetime) -> dt.datetime:
        """An aware instant in local time."""
        return moment.astimezone(self.tz)

    def date_text(self, day: dt.date, style: calendars.Style = "short") -> str:
        """A date in this calendar, language and digits."""
        return self.cal.format(day, style, self.language, self.digits)


_SPOKEN: dict[str, tuple[str, Digits]] = {
    "fa": ("jalali", "fa"),
    "ar": ("gregorian", "ar"),
    "en": ("gregorian", "latin"),
}


def speaking(profile: Profile, language: str) -> Profile:
    """The profile for a reader of another language: its usual calendar and digits.

    Whoever speaks the language of the profile already gets just that.
    """
    if language == profile.language or language not in _SPOKEN:
        return profile
    calendar, digits = _SPOKEN[language]
    return replace(profile, language=language, calendar=calendar, digits=digits)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
