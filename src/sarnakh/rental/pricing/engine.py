"""What a rental costs. Plain Python (spec sales §21).

Hours are real hours, a day has 24 of them, a week 7 days; months and years are those
of the company's calendar. Of all price lines one is used: the one that comes
cheapest.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from sarnakh.lib.calendars import Calendar

HOUR = dt.timedelta(hours=1)
LENGTHS = {"hour": HOUR, "day": 24 * HOUR, "week": 7 * 24 * HOUR}
MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True)
class PriceLine:
    """So much for each so many units of time; for one price list, or for all."""

    duration: int
    unit: str
    price: Decimal
    pricelist_id: int | None = None


@dataclass(frozen=True)
class Clock:
    """The calendar and time zone that months are counted in."""

    calendar: Calendar
    zone: dt.tzinfo


@dataclass(frozen=True)
class Cost:
    """What one unit costs for the whole period, and by which line."""

    line: PriceLine
    periods: int
    price: Decimal


def cheapest(
    lines: Sequence[PriceLine],
    starts_at: dt.datetime,
    returns_at: dt.datetime,
    *,
    clock: Clock,
    pricelist_id: int | None = None,
) -> Cost | None:
    """The cheapest line for a period; None without lines.

    Lines of the order's price list go before those for all.
    """
    own = [
        line
        for line in lines
        if line.pricelist_id and line.pricelist_id == pricelist_id
    ]
    usable = own or [line for line in lines if line.pricelist_id is None]
    costs = [
        Cost(line, count, count * line.price)
        for line in usable
        for count in [periods(line, starts_at, returns_at, clock)]
    ]
    return min(costs, key=lambda cost: cost.price, default=None)


def periods(
    line: PriceLine, starts_at: dt.datetime, returns_at: dt.datetime, clock: Clock
) -> int:
    """How many times the price is due: begun ones count, at least one."""
    if line.unit in LENGTHS:
        length = line.duration * LENGTHS[line.unit]
        return max(1, -(-(returns_at - starts_at) // length))
    needed = months(starts_at, returns_at, clock)
    return max(1, ceil(needed / (line.duration * MONTHS[line.unit])))


def months(starts_at: dt.datetime, returns_at: dt.datetime, clock: Clock) -> int:
    """Months from a day to the same day of a later one; what remains is one more."""
    begins = starts_at.astimezone(clock.zone)
    ends = returns_at.astimezone(clock.zone)
    count = max(0, (ends.date() - begins.date()).days // 32)
    while _after(begins, count, clock) < ends.replace(tzinfo=None):
        count += 1
    return max(1, count)


def _after(begins: dt.datetime, count: int, clock: Clock) -> dt.datetime:
    day = clock.calendar.add_months(begins.date(), count)
    return dt.datetime.combine(day, begins.time())


def late_fee(
    delay: dt.timedelta,
    *,
    per_day: Decimal,
    per_hour: Decimal,
    tolerance_hours: Decimal,
) -> Decimal:
    """For one unit: nothing within the tolerance, the whole delay beyond it, in full
    days and full hours."""
    if delay.total_seconds() <= float(tolerance_hours) * 3600:
        return Decimal(0)
    days, rest = divmod(delay, dt.timedelta(days=1))
    return days * per_day + floor(rest / HOUR) * per_hour


def round_up_to_hour(moment: dt.datetime) -> dt.datetime:
    """The next full hour; a full one stays."""
    full = moment.replace(minute=0, second=0, microsecond=0)
    return full if full == moment else full + HOUR
