"""Groups of the calendar, counted by the database."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.lib.profile import Profile
from sarnakh.records import conditions
from sarnakh.records.conditions import buckets

from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS

JALALI = Profile()
DAY, MOMENT = DEALS.fields["day"], DEALS.fields["moment"]


def test_months_of_a_jalali_user_have_their_names_and_edges() -> None:
    found = buckets.edges(DAY, "month", date(2025, 6, 25), date(2025, 8, 1), JALALI)

    assert [(one.start, one.end, one.label) for one in found] == [
        (date(2025, 6, 22), date(2025, 7, 23), "تیر ۱۴۰۴"),
        (date(2025, 7, 23), date(2025, 8, 23), "مرداد ۱۴۰۴"),
    ]


def test_edges_of_instants_are_local_midnights() -> None:
    found = buckets.edges(MOMENT, "month", NOON, NOON, JALALI)

    assert [(one.start, one.end) for one in found] == [
        (
            datetime(2025, 6, 21, 20, 30, tzinfo=UTC),
            datetime(2025, 7, 22, 20, 30, tzinfo=UTC),
        )
    ]


@given(
    first=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    length=st.integers(0, 500),
    unit=st.sampled_from(["week", "month", "quarter", "year"]),
    calendar=st.sampled_from(["jalali", "hijri", "gregorian"]),
)
def test_buckets_follow_each_other_without_gap_and_hold_both_ends(
    first: date, length: int, unit: str, calendar: str
) -> None:
    last = first + timedelta(days=length)
    profile = Profile(calendar=calendar)

    found = buckets.edges(DAY, unit, first, last, profile)  # type: ignore[arg-type]

    assert found[0].start <= first < found[0].end
    assert found[-1].start <= last < found[-1].end
    pairs = pairwise(found)
    assert all(one.end == following.start for one, following in pairs)


def test_the_database_counts_and_sums_in_one_query(
    world: SimpleNamespace, django_assert_num_queries: object
) -> None:
    found = buckets.edges(DAY, "day", date(2025, 6, 1), date(2025, 7, 4), JALALI)

    with django_assert_num_queries(1):  # type: ignore[operator]
        counted = buckets.count(
            Deal.objects.all(), DAY, buckets.bounds(found), ["amount"]
        )

    named = {found[place].start: figures for place, figures in counted.items()}
    assert named == {
        date(2025, 7, 2): (1, {"amount": 0}),
        date(2025, 7, 3): (1, {"amount": 1050}),
        date(2025, 7, 4): (1, {"amount": 0}),
    }


def test_what_lies_outside_or_has_no_day_is_not_counted(world: SimpleNamespace) -> None:
    found = buckets.edges(DAY, "day", date(2025, 7, 3), date(2025, 7, 3), JALALI)

    assert buckets.count(Deal.objects.all(), DAY, buckets.bounds(found)) == {0: (1, {})}
    assert buckets.count(Deal.objects.all(), DAY, []) == {}


def test_the_condition_of_a_bucket_finds_its_records(world: SimpleNamespace) -> None:
    (today,) = buckets.edges(MOMENT, "day", NOON, NOON, JALALI)

    asked = conditions.compile(today.condition("moment"), DEALS, world.actor)

    assert list(Deal.objects.filter(asked).order_by("pk")) == [
        world.deals.full,
        world.deals.half,
    ]


def test_too_many_groups_are_refused() -> None:
    with pytest.raises(conditions.Invalid):
        buckets.edges(DAY, "day", date(1900, 1, 1), date(2100, 1, 1), JALALI)
