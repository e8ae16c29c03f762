"""Dynamic values: `@today`, `@me` and their kin.

A stored condition stays alive because "today" and "me" are worked out when it
is used, for the person who uses it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sarnakh.accounts.actor import Actor
from sarnakh.lib.calendars import Unit
from sarnakh.lib.profile import Profile

Family = Literal["day", "instant", "record", "records"]

FAMILIES: dict[str, Family] = {
    "today": "day",
    "week_start": "day",
    "month_start": "day",
    "quarter_start": "day",
    "year_start": "day",
    "now": "instant",
    "me": "record",
    "my_contact": "record",
    "my_team": "record",
    "company": "record",
    "my_teams": "records",
    "companies": "records",
}
YEARS = range(1800, 2201)
"""Years that a condition may speak about: every calendar can show them."""
LONGEST = 80
NAME = re.compile(r"@([a-z_]{2,20})")
SHIFT = re.compile(r"([+-])([0-9]{1,5})(min|[dwmqyh])")
PERIODS: dict[str, Unit] = {
    "week_start": "week",
    "month_start": "month",
    "quarter_start": "quarter",
    "year_start": "year",
}
MONTHS = {"m": 1, "q": 3}
CLOCK = {"h": timedelta(hours=1), "min": timedelta(minutes=1)}


class NoValue(Exception):
    """The token means nothing for this actor; its triple matches nothing."""


class Unknown(Exception):
    """A string that begins like a token and is none, or leads out of time."""


@dataclass(frozen=True)
class Token:
    """A dynamic value with its shifts, e.g. `@month_start+1m-1d`."""

    name: str
    shifts: tuple[tuple[int, str], ...] = ()

    @property
    def family(self) -> Family:
        """What kind of value it stands for."""
        return FAMILIES[self.name]

    def __str__(self) -> str:
        return f"@{self.name}" + "".join(f"{n:+d}{unit}" for n, unit in self.shifts)


def read(text: str) -> Token:
    """The token written in a string that starts with `@`; raises Unknown."""
    found = NAME.match(text) if len(text) <= LONGEST else None
    if found is None or found[1] not in FAMILIES:
        raise Unknown(text)
    family = FAMILIES[found[1]]
    shifts = []
    position = found.end()
    while position < len(text):
        shift = SHIFT.match(text, position)
        if shift is None or not _may_shift(family, shift[3]):
            raise Unknown(text)
        shifts.append((int(shift[1] + shift[2]), shift[3]))
        position = shift.end()
    return Token(found[1], tuple(shifts))


def literal(text: str) -> str:
    """Typed text as a condition value: a leading at-sign stays an at-sign."""
    return f"@{text}" if text.startswith("@") else text


def value(
    token: Token, actor: Actor, now: datetime
) -> date | datetime | int | tuple[int, ...]:
    """What the token stands for; raises NoValue, or Unknown outside of time."""
    match token.family:
        case "record":
            return _record(token.name, actor)
        case "records":
            return _records(token.name, actor)
    found: date | datetime
    try:
        if token.family == "instant":
            found = _shifted_instant(now, token.shifts, actor.profile)
        else:
            start = _day(token.name, now, actor)
            found = _shifted_day(start, token.shifts, actor.profile)
    except (OverflowError, ValueError) as error:
        raise Unknown(str(token)) from error
    if found.year not in YEARS:
        raise Unknown(str(token))
    return found


def _may_shift(family: Family, unit: str) -> bool:
    return family == "instant" or (family == "day" and unit not in CLOCK)


def _record(name: str, actor: Actor) -> int:
    found: int | None = None
    if name == "company":
        found = actor.company.pk
    elif name == "me":
        found = actor.user_id
    elif name == "my_team" and actor.user_id is not None:
        found = next(iter(actor.team_ids), None)
    # Users have no contact card, so `@my_contact` never has a value.
    if found is None:
        raise NoValue(name)
    return found


def _records(name: str, actor: Actor) -> tuple[int, ...]:
    if name == "companies":
        return tuple(actor.company_ids)
    if actor.user_id is None:
        raise NoValue(name)
    return tuple(actor.team_ids)


def _day(name: str, now: datetime, actor: Actor) -> date:
    profile = actor.profile
    today = profile.today(now)
    if name == "today":
        return today
    return profile.cal.start_of(today, PERIODS[name], profile.week_start)


def _shifted_day(
    day: date, shifts: tuple[tuple[int, str], ...], profile: Profile
) -> date:
    for count, unit in shifts:
        if unit == "d":
            day += timedelta(days=count)
        elif unit == "w":
            day += timedelta(weeks=count)
        elif unit == "y":
            day = profile.cal.add_years(day, count)
        else:
            day = profile.cal.add_months(day, count * MONTHS[unit])
    return day


def _shifted_instant(
    instant: datetime, shifts: tuple[tuple[int, str], ...], profile: Profile
) -> datetime:
    for count, unit in shifts:
        if unit in CLOCK:
            instant += CLOCK[unit] * count
            continue
        local = instant.astimezone(profile.tz)
        day = _shifted_day(local.date(), ((count, unit),), profile)
        # A wall time inside a clock change moves forward by the gap's length.
        moved = datetime.combine(day, local.time(), profile.tz)
        instant = moved.astimezone(UTC)
    return instant
