"""The clock: recurring tasks, one row per entry, each due time once."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from sarnakh.jobs.enqueueing import store
from sarnakh.jobs.models import Scheduled

Every = timedelta | time


@dataclass(frozen=True)
class Entry:
    """A recurring task: after each `timedelta`, or daily at a company's `time`."""

    name: str
    task: str
    every: Every

    def load(self) -> Task[..., Any]:
        """The task itself."""
        return cast("Task[..., Any]", import_string(self.task))


def entries() -> list[Entry]:
    """What the setting SCHEDULE names, a list of (name, task path, every)."""
    return [Entry(*row) for row in import_string(settings.SCHEDULE)]


def next_run(every: Every, after: datetime, zone: ZoneInfo) -> datetime:
    """The first due time after an instant.

    A clock time that summer time skips or repeats still comes once that day.
    """
    if isinstance(every, timedelta):
        return after + every
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in (0, 1, 2))
    runs = (datetime.combine(day, every, zone).astimezone(UTC) for day in days)
    return next(run for run in runs if run > after)


def tick(now: datetime | None = None, rows: list[Entry] | None = None) -> int:
    """Enqueue what is due and say how many; several workers may do this at once.

    After downtime or a jump of the clock each entry runs once, not once per missed
    time. A due time further off than the entry's own rhythm (the clock was wrong)
    is brought back.
    """
    now = now or timezone.now()
    listed = {row.name: row for row in (entries() if rows is None else rows)}
    known = dict(Scheduled.objects.values_list("name", "next_at"))
    if listed.keys() != known.keys():
        _match(listed, known, now)
    zone = None
    count = 0
    for name in listed.keys() & known.keys():
        entry, seen = listed[name], known[name]
        if now < seen <= now + _longest(entry.every):
            continue
        zone = zone or _zone()
        count += _advance(entry, seen, now, zone)
    return count


@transaction.atomic
def _advance(entry: Entry, seen: datetime, now: datetime, zone: ZoneInfo) -> bool:
    is_due = seen <= now
    row = Scheduled.objects.filter(name=entry.name, next_at=seen)
    moved = row.update(
        next_at=next_run(entry.every, now, zone), **({"last_at": now} if is_due else {})
    )
    if moved and is_due:
        # An earlier run that still waits is enough.
        store(entry.load(), (), {}, key=f"schedule:{entry.name}")
    return bool(moved and is_due)


def _match(listed: dict[str, Entry], known: dict[str, datetime], now: datetime) -> None:
    zone = _zone()
    new = [
        Scheduled(name=name, next_at=next_run(entry.every, now, zone))
        for name, entry in listed.items()
        if name not in known
    ]
    Scheduled.objects.bulk_create(new, ignore_conflicts=True)
    Scheduled.objects.filter(name__in=known.keys() - listed.keys()).delete()


def _longest(every: Every) -> timedelta:
    # A day with a change of summer time has 25 hours.
    return every if isinstance(every, timedelta) else timedelta(hours=26)


def _zone() -> ZoneInfo:
    from sarnakh.accounts.models import Company

    name = Company.objects.order_by("pk").values_list("timezone", flat=True).first()
    return ZoneInfo(name or settings.TIME_ZONE)
