"""What is planned: on a record, for a person, at the earliest."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import (
    Case,
    CharField,
    Count,
    Min,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone
from django.utils.functional import Promise

from sarnakh.accounts.actor import Actor
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.records.types import all_types

Instants = tuple[dt.datetime | None, dt.datetime | None]
# SQLite takes a limited number of values in one statement.
_CHUNK = 5_000
STATES = ("overdue", "today", "planned")


@dataclass(frozen=True)
class DueCounts:
    """How many open activities of a person concern one record type."""

    record_type: str
    label: str | Promise
    overdue: int = 0
    today: int = 0
    planned: int = 0

    @property
    def due(self) -> int:
        """What waits to be done now."""
        return self.overdue + self.today


def open_of(record_type_name: str, record_id: int) -> "QuerySet[Activity]":
    """Open activities of a record, the earliest first."""
    return (
        Activity.objects.filter(
            record_type=record_type_name, record_id=record_id, done_at=None
        )
        .select_related("type", "user")
        .order_by("deadline", "pk")
    )


def open_for(actor: Actor) -> "QuerySet[Activity]":
    """Open activities assigned to the actor, the earliest first."""
    return (
        Activity.objects.filter(user=actor.user_id, done_at=None)
        .select_related("type", "user")
        .order_by("deadline", "pk")
    )


def earliest(record_type_name: str, ids: Collection[int]) -> dict[int, Instants]:
    """The earliest `today_from` and `overdue_from` of the open activities by record.

    Every given id has an answer; (None, None) says that nothing is open.
    """
    found: dict[int, Instants] = dict.fromkeys(ids, (None, None))
    for chunk in _chunks(list(found)):
        rows = (
            Activity.objects.filter(
                record_type=record_type_name, record_id__in=chunk, done_at=None
            )
            .order_by()
            .values("record_id")
            .annotate(today=Min("today_from"), overdue=Min("overdue_from"))
        )
        for row in rows:
            found[row["record_id"]] = (row["today"], row["overdue"])
    return found


def due_counts(actor: Actor) -> list[DueCounts]:
    """The actor's open activities by record type and state, in one statement."""
    if actor.user_id is None:
        return []
    now = timezone.now()
    state = Case(
        When(overdue_from__lte=now, then=Value("overdue")),
        When(today_from__lte=now, then=Value("today")),
        default=Value("planned"),
        output_field=CharField(),
    )
    rows = (
        Activity.objects.filter(user=actor.user_id, done_at=None)
        .order_by()
        .annotate(state_now=state)
        .values("record_type", "state_now")
        .annotate(count=Count("pk"))
    )
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["record_type"], {})[row["state_now"]] = row["count"]
    return [
        DueCounts(name, one.label_plural, **counts[name])
        for name, one in all_types().items()
        if name in counts
    ]


def due_total(actor: Actor) -> int:
    """The badge of the clock: the actor's overdue activities and those of today."""
    if actor.user_id is None:
        return 0
    return Activity.objects.filter(
        user=actor.user_id, done_at=None, today_from__lte=timezone.now()
    ).count()


def types() -> "QuerySet[ActivityType]":
    """Types that can be planned, in their order."""
    return ActivityType.objects.filter(active=True)


def types_for(actor: Actor) -> list[ActivityType]:
    """The same, read once in a request."""
    found: list[ActivityType] = actor.once("activity-types", lambda: list(types()))
    return found


def usual_type(actor: Actor) -> ActivityType | None:
    """What is offered first: a to-do, else the first type."""
    found = types_for(actor)
    return next((one for one in found if one.code == "todo"), next(iter(found), None))


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
