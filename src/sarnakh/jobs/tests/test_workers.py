"""Workers as processes: killed, doubled, told to stop."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sarnakh.jobs import actions as jobs
from sarnakh.jobs.models import Job, Scheduled, State
from sarnakh.jobs.tests import tasks
from sarnakh.jobs.tests.conftest import Outside, lines, wait_until


def test_a_job_whose_worker_is_killed_runs_again_after_its_lease(
    outside: Outside, tmp_path
):
    trace = tmp_path / "trace"
    job = jobs.enqueue(tasks.start_then_sleep, str(trace), 1.5)
    first = outside.work()
    wait_until(lambda: lines(trace))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert len(lines(trace)) == 1

    second = outside.work()
    time.sleep(2)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.RUNNING, 1), "the lease still holds"
    Job.objects.update(lease_until=timezone.now())
    wait_until(lambda: "end" in lines(trace))
    wait_until(lambda: Job.objects.get().state == State.DONE)
    assert Job.objects.get().attempts == 2
    second.terminate()
    assert second.wait(10) == 0


def test_two_workers_run_each_job_once(outside: Outside, tmp_path):
    trace = tmp_path / "trace"
    workers = [outside.work(), outside.work()]
    for part in range(6):
        with transaction.atomic():
            for number in range(20):
                jobs.enqueue(tasks.leave_trace, str(trace), f"{part}-{number}")
    wait_until(lambda: Job.objects.filter(state=State.DONE).count() == 120, 40)
    for worker in workers:
        worker.terminate()
        assert worker.wait(10) == 0
    assert len(lines(trace)) == 120
    assert len(set(lines(trace))) == 120


def test_a_worker_told_to_stop_finishes_its_job_and_leaves_the_rest(
    outside: Outside, tmp_path
):
    trace = tmp_path / "trace"
    for _ in range(3):
        jobs.enqueue(tasks.start_then_sleep, str(trace), 1.0)
    worker = outside.work()
    wait_until(lambda: lines(trace))
    worker.terminate()
    assert worker.wait(10) == 0
    assert lines(trace)[1:] == ["end"]
    states = Job.objects.order_by("state").values_list("state", "attempts")
    assert list(states) == [("done", 1), ("ready", 0), ("ready", 0)]


def test_a_long_job_gives_claimed_neighbours_back(outside: Outside, tmp_path):
    slow, quick = tmp_path / "slow", tmp_path / "quick"
    jobs.enqueue(tasks.start_then_sleep, str(slow), 30)
    jobs.enqueue(tasks.leave_trace, str(quick))
    outside.work()
    wait_until(lambda: lines(slow))
    outside.work()
    wait_until(lambda: lines(quick), 15)
    assert "end" not in lines(slow)


def test_a_long_import_does_not_hold_up_the_mail(outside: Outside, tmp_path):
    slow, quick = tmp_path / "slow", tmp_path / "quick"
    jobs.enqueue(tasks.start_then_sleep, str(slow), 30, lane="imports")
    worker = outside.work()
    wait_until(lambda: lines(slow))
    jobs.enqueue(tasks.leave_trace_by_mail, str(quick))
    wait_until(lambda: lines(quick), 10)
    assert worker.poll() is None


def test_once_runs_what_is_due_and_ends(outside: Outside, tmp_path):
    jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"))
    later = timezone.now() + timedelta(hours=1)
    jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"), run_after=later)
    assert outside.work("--once").wait(20) == 0
    assert lines(tmp_path / "trace") == ["ran"]
    assert Scheduled.objects.exists(), "the schedule was looked at too"


def test_an_uncommitted_job_runs_only_after_the_commit(outside: Outside, tmp_path):
    trace = tmp_path / "trace"
    outside.work()
    wait_until(Scheduled.objects.exists)
    with transaction.atomic():
        jobs.enqueue(tasks.leave_trace, str(trace), "first", key="k")
        time.sleep(1.5)
        assert not lines(trace)
    wait_until(lambda: lines(trace) == ["first"])


@pytest.mark.skipif(
    not os.environ.get("DATABASE_URL"), reason="SQLite has one writer at a time"
)
def test_a_waiting_job_is_not_started_under_a_writer_who_counts_on_it(
    outside: Outside, tmp_path
):
    trace = tmp_path / "trace"
    later = timezone.now() + timedelta(hours=1)
    jobs.enqueue(tasks.leave_trace, str(trace), key="k", run_after=later)
    outside.work()
    wait_until(Scheduled.objects.exists)
    with transaction.atomic():
        jobs.enqueue(tasks.leave_trace, str(trace), key="k")
        time.sleep(1.5)
        assert not lines(trace)
    wait_until(lambda: lines(trace))
    assert connection.vendor == "postgresql"
