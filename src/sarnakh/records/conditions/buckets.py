"""Groups of the user's calendar: the database counts by Jalali months at once.

The calendar works out where each period starts; the database only compares
with these edges, so neither side has to know the other's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from sarnakh.lib.calendars import Unit
from sarnakh.lib.calendars.periods import day_start
from sarnakh.lib.profile import Profile
from sarnakh.records.conditions.refusal import too_much
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field

Moment: TypeAlias = date | datetime
MOST_BUCKETS = 4_000


@dataclass(frozen=True)
class Bucket:
    """One period: its first day, where it starts and ends in the column, its name."""

    day: date
    start: Moment
    end: Moment
    label: str

    def condition(self, path: str) -> list[Any]:
        """The condition of the records in it, as plain triples."""
        return [
            "&",
            [path, ">=", _written(self.start)],
            [path, "<", _written(self.end)],
        ]


def edges(
    field: Field, unit: Unit, first: Moment, last: Moment, profile: Profile
) -> list[Bucket]:
    """The periods from the one that holds `first` to the one that holds `last`.

    Without gaps, chronological; raises Invalid when there would be too many.
    """
    with_time = field.kind == Kind.DATETIME
    day = _local_day(first, profile)
    end = _local_day(last, profile)
    start = profile.cal.start_of(day, unit, profile.week_start)
    found: list[Bucket] = []
    while start <= end:
        if len(found) == MOST_BUCKETS:
            raise too_much("groups", MOST_BUCKETS)
        following = profile.cal.next_start(start, unit, profile.week_start)
        found.append(
            Bucket(
                start,
                day_start(start, profile.tz) if with_time else start,
                day_start(following, profile.tz) if with_time else following,
                bucket_label(start, unit, profile),
            )
        )
        start = following
    return found


def bucket_label(start: date, unit: Unit, profile: Profile) -> str:
    """What the period is called in the user's calendar, language and digits."""
    return profile.cal.label(
        start, unit, profile.language, profile.digits, profile.week_start
    )


def bucket_case(column: str, bounds: Sequence[Moment]) -> Combinable:
    """The number of the bucket that a row belongs to; NULL outside and without value.

    Bucket n reaches from `bounds[n]` to just before `bounds[n + 1]`. A row is
    compared as one looks up a word in a dictionary, so a day in ten years costs
    twelve comparisons and not thousands.
    """
    nothing = Value(None, output_field=IntegerField())
    if len(bounds) < len(("start", "end")):
        return nothing
    inside = Q(**{f"{column}__gte": bounds[0], f"{column}__lt": bounds[-1]})
    return Case(
        When(inside, then=_halved(column, bounds, 0, len(bounds) - 1)),
        default=nothing,
        output_field=IntegerField(),
    )


def count(
    rows: "QuerySet[Any]",
    field: Field,
    bounds: Sequence[Moment],
    sums: Sequence[str] = (),
) -> dict[int, tuple[int, dict[str, int]]]:
    """Per non-empty bucket: how many rows, and the sums of the named columns.

    One query, whatever the number of buckets.
    """
    totals = {f"sum_{name}": Sum(name) for name in sums}
    found = (
        rows.order_by()
        .annotate(bucket=bucket_case(field.column, bounds))
        .filter(bucket__isnull=False)
        .values("bucket")
        .annotate(how_many=Count("pk"), **totals)
    )
    return {
        row["bucket"]: (
            row["how_many"],
            {name: int(row[f"sum_{name}"] or 0) for name in sums},
        )
        for row in found
    }


def _halved(column: str, bounds: Sequence[Moment], low: int, high: int) -> Combinable:
    if high - low == 1:
        return Value(low, output_field=IntegerField())
    middle = (low + high) // 2
    return Case(
        When(
            Q(**{f"{column}__lt": bounds[middle]}),
            then=_halved(column, bounds, low, middle),
        ),
        default=_halved(column, bounds, middle, high),
        output_field=IntegerField(),
    )


def bounds(buckets: Sequence[Bucket]) -> list[Moment]:
    """Where the buckets start, and the end of the last one."""
    return [bucket.start for bucket in buckets] + [
        bucket.end for bucket in buckets[-1:]
    ]


def _written(moment: Moment) -> str:
    return moment.isoformat()


def _local_day(moment: Moment, profile: Profile) -> date:
    if isinstance(moment, datetime):
        return profile.local(moment).date()
    return moment
