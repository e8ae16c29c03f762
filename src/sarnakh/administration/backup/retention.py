"""Which backups may go."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import TypeVar

DAYS, WEEKS = 7, 4

T = TypeVar("T")


def superfluous(backups: Sequence[tuple[datetime, T]]) -> list[tuple[datetime, T]]:
    """All but the newest of each of the last 7 days and 4 weeks that have one.

    `backups` is newest first.
    """
    kept: set[datetime] = set()
    for period_of, limit in ((_day, DAYS), (_week, WEEKS)):
        newest: dict[Hashable, datetime] = {}
        for at, _thing in backups:
            newest.setdefault(period_of(at), at)
        kept.update(list(newest.values())[:limit])
    return [(at, thing) for at, thing in backups if at not in kept]


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    return at.isocalendar()[:2]
