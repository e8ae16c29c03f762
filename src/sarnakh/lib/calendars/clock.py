"""The time of day inside typed text, and local times as instants."""

import datetime as dt
import re
from dataclasses import dataclass

from sarnakh.lib.text import searchable

_NOON = 12


def _marks(*words: str) -> tuple[str, ...]:
    found = {searchable(word) for word in words}
    return tuple(sorted(found, key=len, reverse=True))


# Clear enough to follow a bare hour.
_AM_CLEAR = _marks("am", "a.m.", "ق.ظ", "ق.ظ.", "ق ظ", "قبل از ظهر", "صبح", "صباحًا")
_PM_CLEAR = _marks(
    "pm", "p.m.", "ب.ظ", "ب.ظ.", "ب ظ", "بعد از ظهر", "بعدازظهر", "عصر", "مساءً", "مساء"
)
_AM = (*_AM_CLEAR, "ص")
_PM = (*_PM_CLEAR, "م")


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


_MARK = rf"(?<!\w)(?:{_either(_AM + _PM)})(?!\w)"
_AFTER = rf"(?:{_either(_AM + _PM)})(?!\w)"
_TIME = re.compile(
    rf"(?<![\d:.])(?:(?P<before>{_MARK})\s*)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
    rf"(?:\s*(?P<after>{_AFTER}))?"
    r"(?:\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}))?(?![\d:])"
)
_HOUR_ONLY = re.compile(
    rf"(?<![\d:./-])(?P<hour>\d{{1,2}})\s*(?P<after>{_either(_AM_CLEAR + _PM_CLEAR)})(?!\w)"
)
# What may stand between a date and its time: ISO's T, the word "o'clock", a dash.
_JOINT = re.compile(r"(?<=\d)t\s*$|(?<!\w)(?:ساعت|الساعه|at)(?!\w)|(?<=\s)-+\s*$")


@dataclass(frozen=True)
class Clock:
    """A time of day; ``zone`` is the offset written with it, if any."""

    time: dt.time
    zone: dt.timezone | None = None


def take_time(text: str) -> tuple[str, Clock | None]:
    """Split search-normalised ``text`` into what is left and its time of day.

    ValueError (``impossible_time``) for hours, minutes or offsets that do not exist.
    """
    found = _TIME.search(text) or _HOUR_ONLY.search(text)
    if found is None:
        return text.strip(), None
    parts = found.groupdict()
    hour = int(parts["hour"])
    mark = parts.get("before") or parts["after"]
    if mark:
        hour = _by_half_day(hour, afternoon=mark in _PM)
    try:
        time = dt.time(
            hour, int(parts.get("minute") or 0), int(parts.get("second") or 0)
        )
        zone = _offset(parts.get("zone") or "")
    except ValueError:
        raise ValueError("impossible_time") from None
    before = _JOINT.sub(" ", text[: found.start()])
    rest = f"{before} {_JOINT.sub(' ', text[found.end() :])}"
    return " ".join(rest.split()), Clock(time, zone)


def to_instant(value: dt.date | dt.datetime, tz: dt.tzinfo) -> dt.datetime:
    """A local time (or the start of a local day) of ``tz`` as an aware UTC instant.

    A time that does not exist moves forward by the gap, an ambiguous one is its first
    occurrence; a value with an offset of its own keeps it.
    """
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time.min)
    if value.tzinfo is None:
        value = value.replace(tzinfo=tz, fold=0)
    try:
        return value.astimezone(dt.UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueError("out_of_range") from None


def _by_half_day(hour: int, *, afternoon: bool) -> int:
    if afternoon:
        # 14:05 with a mark is redundant, not wrong; hour 0 has no half.
        return hour + _NOON if 0 < hour < _NOON else hour or 24
    if not 0 < hour <= _NOON:
        raise ValueError("impossible_time")
    return hour % _NOON


def _offset(zone: str) -> dt.timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return dt.UTC
    digits = zone[1:].replace(":", "")
    span = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-span if zone[0] == "-" else span)
