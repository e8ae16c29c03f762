"""The clock: each due time once, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.jobs import schedule
from sarnakh.jobs.models import Job, Scheduled
from sarnakh.jobs.schedule import Entry

NOTHING: list[tuple] = []
HOURLY = Entry("hourly", "sarnakh.jobs.tests.tasks.fail_always", timedelta(hours=1))
NIGHTLY = Entry("nightly", "sarnakh.jobs.tests.tasks.refuse", time(2, 30))
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_entry_runs_after_its_interval_and_once():
    assert schedule.tick(NOON, [HOURLY]) == 0
    assert schedule.tick(NOON + timedelta(minutes=59), [HOURLY]) == 0
    assert schedule.tick(NOON + timedelta(minutes=60), [HOURLY]) == 1
    assert schedule.tick(NOON + timedelta(minutes=60), [HOURLY]) == 0
    assert Job.objects.get().unique_key == "schedule:hourly"


@pytest.mark.django_db
def test_downtime_and_a_clock_jumping_ahead_bring_one_run():
    schedule.tick(NOON, [HOURLY])
    late = NOON + timedelta(days=40)
    assert schedule.tick(late, [HOURLY]) == 1
    assert schedule.tick(late + timedelta(seconds=1), [HOURLY]) == 0


@pytest.mark.django_db
def test_a_clock_set_back_does_not_silence_an_entry():
    schedule.tick(NOON + timedelta(days=300), [HOURLY])
    assert schedule.tick(NOON, [HOURLY]) == 0
    assert Scheduled.objects.get().next_at == NOON + timedelta(hours=1)
    assert schedule.tick(NOON + timedelta(hours=1), [HOURLY]) == 1


@pytest.mark.django_db
def test_two_workers_advance_an_entry_once():
    schedule.tick(NOON, [HOURLY])
    due = NOON + timedelta(hours=1)
    zone = ZoneInfo("UTC")
    seen = Scheduled.objects.get().next_at
    assert schedule._advance(HOURLY, seen, due, zone)
    assert not schedule._advance(HOURLY, seen, due, zone)
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_an_entry_taken_off_the_list_is_forgotten():
    schedule.tick(NOON, [HOURLY, NIGHTLY])
    schedule.tick(NOON, [NIGHTLY])
    assert [row.name for row in Scheduled.objects.all()] == ["nightly"]


def test_a_clock_time_is_the_companys():
    tehran = ZoneInfo("Asia/Tehran")
    after = datetime(2026, 3, 10, 22, 59, tzinfo=UTC)
    assert schedule.next_run(time(2, 30), after, tehran) == datetime(
        2026, 3, 10, 23, 0, tzinfo=UTC
    )


@given(st.integers(0, 47), st.sampled_from(["Europe/Berlin", "Asia/Beirut"]))
def test_each_day_has_one_run_over_changes_of_summer_time(half_hour, name):
    zone = ZoneInfo(name)
    at = time(half_hour // 2, 30 * (half_hour % 2))
    now = datetime(2026, 3, 20, tzinfo=UTC)
    runs = []
    while now < datetime(2026, 11, 5, tzinfo=UTC):
        now = schedule.next_run(at, now, zone)
        runs.append(now)
    gaps = {later - earlier for earlier, later in pairwise(runs)}
    assert gaps <= {timedelta(hours=hours) for hours in (23, 24, 25)}
