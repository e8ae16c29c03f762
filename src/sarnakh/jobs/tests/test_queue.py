"""Enqueue, claim, run: the rules within one process."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from sarnakh.jobs import actions as jobs
from sarnakh.jobs import execution, leases, queries, worker
from sarnakh.jobs.execution import Running
from sarnakh.jobs.limits import ATTEMPTS, LEASE
from sarnakh.jobs.models import Job, State
from sarnakh.jobs.tests import tasks
from sarnakh.jobs.tests.conftest import lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_schedule(settings):
    settings.SCHEDULE = "sarnakh.jobs.tests.test_schedule.NOTHING"


def test_the_standard_interface_stores_runs_and_returns(tmp_path):
    result = tasks.leave_trace.enqueue(str(tmp_path / "trace"), word="hello")
    assert result.status == TaskResultStatus.READY
    assert jobs.run_due() == 1
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == 5
    assert result.attempts == 1
    assert lines(tmp_path / "trace") == ["hello"]


def test_an_unknown_result_is_said_to_be_missing():
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("999999")
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("robert'); drop table")


def test_a_task_for_an_unknown_lane_is_refused():
    with pytest.raises(InvalidTaskError):
        tasks.leave_trace.using(queue_name="express")


def test_a_rolled_back_transaction_leaves_no_job(tmp_path):
    with transaction.atomic():
        jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"))
        jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"), key="k")
        assert Job.objects.count() == 2
        transaction.set_rollback(True)
    assert jobs.run_due() == 0
    assert not Job.objects.exists()


def test_a_job_for_later_waits(tmp_path):
    later = timezone.now() + timedelta(hours=1)
    jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"), run_after=later)
    assert jobs.run_due() == 0
    assert len(leases.claim(now=later)) == 1


def test_the_same_key_waits_only_once_and_may_be_brought_forward(tmp_path):
    path = str(tmp_path / "trace")
    later = timezone.now() + timedelta(hours=1)
    first = jobs.enqueue(tasks.leave_trace, path, key="k", run_after=later)
    second = jobs.enqueue(tasks.leave_trace, path, key="k")
    assert first.pk == second.pk
    assert jobs.run_due() == 1
    third = jobs.enqueue(tasks.leave_trace, path, key="k")
    assert third.pk != first.pk


def test_a_key_may_wait_again_while_its_job_runs():
    first = jobs.enqueue(tasks.fail_always, key="k")
    [claimed] = jobs.claim()
    second = jobs.enqueue(tasks.fail_always, key="k")
    assert second.pk != first.pk
    leases.start(claimed)
    leases.fail(claimed, "broken")
    first.refresh_from_db()
    assert (first.state, first.result) == (State.DONE, {"superseded": True})
    assert Job.objects.filter(state=State.READY).count() == 1


def test_a_failing_job_waits_longer_each_time_and_dies_at_the_fifth_attempt():
    job = jobs.enqueue(tasks.fail_always)
    waits = []
    for attempt in range(1, ATTEMPTS + 1):
        now = timezone.now()
        assert jobs.run_due() == 1
        job.refresh_from_db()
        assert job.attempts == attempt
        waits.append((job.run_after - now).total_seconds())
        Job.objects.filter(state=State.READY).update(run_after=now)
    assert job.state == State.DEAD
    assert "ObjectDoesNotExist" in job.error
    assert all(7 * 4**n <= wait <= 14 * 4**n for n, wait in enumerate(waits[:-1])), (
        waits
    )
    assert jobs.run_due() == 0
    assert list(queries.dead()) == [job]


def test_what_a_job_raises_stays_out_of_the_log(caplog):
    jobs.enqueue(tasks.fail_always)
    jobs.run_due()
    assert "fail_always" in caplog.text
    assert "secret name" not in caplog.text


def test_a_refusal_ends_the_job_at_once():
    job = jobs.enqueue(tasks.refuse)
    jobs.run_due()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DEAD, 1)
    assert job.error == "This month is closed."


def test_a_dead_job_gets_new_attempts_from_a_person():
    job = jobs.enqueue(tasks.refuse)
    jobs.run_due()
    assert jobs.retry(job)
    assert not jobs.retry(job)
    assert jobs.run_due() == 1
    assert jobs.discard(job)
    assert not Job.objects.exists()


def test_a_task_that_is_gone_does_not_stop_the_others(tmp_path):
    Job.objects.create(task="sarnakh.nowhere.at_all")
    Job.objects.create(task="os.getcwd")
    jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"))
    assert jobs.run_due() == 3
    assert lines(tmp_path / "trace") == ["ran"]
    assert Job.objects.filter(state=State.READY, attempts=1).count() == 2


def test_a_job_may_enqueue_another(tmp_path):
    jobs.enqueue(tasks.enqueue_another, str(tmp_path / "trace"))
    assert jobs.run_due() == 2
    assert lines(tmp_path / "trace") == ["second"]


def test_a_lane_takes_only_its_own(tmp_path):
    jobs.enqueue(tasks.leave_trace_by_mail, str(tmp_path / "trace"))
    jobs.enqueue(tasks.leave_trace, str(tmp_path / "trace"), lane="imports")
    assert jobs.run_due(lanes=["default"]) == 0
    assert jobs.run_due(lanes=["mail"]) == 1
    assert lines(tmp_path / "trace") == ["mail"]


def test_the_acting_user_travels_with_the_job():
    job = jobs.enqueue(tasks.tell_actor, by=SimpleNamespace(user_id=7))
    jobs.run_due()
    job.refresh_from_db()
    assert job.result == 7
    assert jobs.acting_user_id() is None
    assert queries.progress(job.pk, user_id=8) is None


def test_progress_is_stored():
    job = jobs.enqueue(tasks.tell_progress, 3)
    jobs.run_due()
    progress = queries.progress(job.pk)
    assert (progress.done, progress.total, progress.is_over) == (3, 3, True)


def test_a_context_tells_the_attempt():
    job = jobs.enqueue(tasks.tell_attempt)
    jobs.run_due()
    job.refresh_from_db()
    assert job.result == 1


def test_a_late_worker_cannot_overwrite():
    jobs.enqueue(tasks.leave_trace, "unused")
    [late] = jobs.claim()
    assert leases.start(late)
    [again] = leases.claim(now=timezone.now() + LEASE + timedelta(seconds=1))
    assert leases.start(again)
    assert again.attempts == 2
    assert not leases.finish(late, "late")
    with pytest.raises(leases.LeaseLost):
        leases.extend(late, done=1, total=1)
    assert leases.finish(again, "second")
    assert Job.objects.get().result == "second"


def test_jobs_claimed_together_lose_no_attempt_when_their_worker_dies():
    for _ in range(3):
        jobs.enqueue(tasks.leave_trace, "unused")
    batch = jobs.claim()
    assert len(batch) == 3
    poison = batch[0]
    now = timezone.now()
    for attempt in range(1, ATTEMPTS + 1):
        leases.start(next(job for job in batch if job.pk == poison.pk), now=now)
        now += LEASE + timedelta(seconds=1)
        batch = leases.claim(now=now)
        # Whoever brought a worker down runs after the others.
        ids = [job.pk for job in batch]
        assert ids[-1] == poison.pk or attempt == ATTEMPTS
    assert {job.attempts for job in batch} == {0}
    assert len(batch) == 2
    assert jobs.sweep(now=now) == 1
    assert Job.objects.get(pk=poison.pk).state == State.DEAD


def test_a_lease_from_a_wrong_clock_is_mended():
    jobs.enqueue(tasks.leave_trace, "unused")
    now = timezone.now()
    leases.claim(now=now)
    Job.objects.update(lease_until=now + timedelta(days=365))
    jobs.sweep(now=now)
    assert Job.objects.get().lease_until == now + LEASE


def test_released_jobs_run_at_once_elsewhere():
    jobs.enqueue(tasks.leave_trace, "unused")
    batch = jobs.claim()
    assert jobs.claim() == []
    assert leases.release(batch) == 1
    assert not leases.start(batch[0])
    assert [job.attempts for job in jobs.claim()] == [0]


def test_old_jobs_are_forgotten_dead_ones_later():
    now = timezone.now()
    for state, age in (("done", 6), ("done", 8), ("dead", 29), ("dead", 31)):
        finished = now - timedelta(days=age)
        Job.objects.create(task="x", state=state, finished_at=finished)
    jobs.sweep(now=now)
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "done"]


def test_an_idle_look_takes_no_write_lock(django_assert_num_queries):
    with django_assert_num_queries(2) as seen:
        assert jobs.claim() == []
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)


def test_lag_is_the_age_of_the_oldest_due_job():
    now = timezone.now()
    assert queries.lag(now) == timedelta(0)
    past = now - timedelta(minutes=9)
    jobs.enqueue(tasks.leave_trace, "unused", run_after=past)
    assert queries.lag(now) == timedelta(minutes=9)


def test_finding_due_jobs_uses_the_index(db):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("plans of an empty table say nothing there")
    now = timezone.now()
    for rows in (queries.ready("default", now), queries.abandoned("default", now)):
        assert "job_" in rows[:10].explain(), rows[:10].explain()


def test_a_job_that_hangs_counts_as_failed_and_the_worker_starts_anew(monkeypatch):
    left = []
    monkeypatch.setattr(worker, "_leave", left.append)
    job = jobs.enqueue(tasks.leave_trace, "unused")
    [claimed] = jobs.claim()
    leases.start(claimed)
    hanging = worker.Worker(["default"])
    hanging.lanes[0].running = Running(claimed)
    hanging._look_for_the_silent()
    assert left == []
    hanging.lanes[0].running.seen -= LEASE.total_seconds() + 1
    hanging._look_for_the_silent()
    assert left == [worker.TRY_AGAIN]
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.READY, 1)
    assert job.run_after > timezone.now()


def test_a_job_that_lost_its_lease_stops_at_the_next_sign_of_life(monkeypatch):
    monkeypatch.setattr(execution, "HEARTBEAT", 0)
    job = jobs.enqueue(tasks.tell_progress, 3)
    [claimed] = jobs.claim()

    def take_over(running: Running) -> None:
        Job.objects.filter(pk=job.pk).update(claim_token="another")

    assert execution.run(claimed, watch=take_over)
    job.refresh_from_db()
    assert (job.state, job.claim_token, job.done) == (State.RUNNING, "another", 0)
