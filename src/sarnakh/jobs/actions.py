"""Putting work into the queue, running what is due, tidying up.

Read it as `from sarnakh.jobs import actions as jobs`: `jobs.enqueue(...)`,
`jobs.heartbeat(...)`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from sarnakh.jobs import enqueueing, schedule
from sarnakh.jobs.execution import acting_user_id, heartbeat, run
from sarnakh.jobs.leases import LeaseLost, claim, release
from sarnakh.jobs.limits import ATTEMPTS, KEEP_DEAD, KEEP_DONE, LANES, LEASE
from sarnakh.jobs.models import Job, State

__all__ = [
    "LeaseLost",
    "acting_user_id",
    "claim",
    "discard",
    "enqueue",
    "heartbeat",
    "retry",
    "run_due",
    "sweep",
]


class Acting(Protocol):
    """Somebody on whose behalf a job runs."""

    @property
    def user_id(self) -> int | None: ...


def enqueue(
    task: Task[..., Any],
    *args: Any,
    by: Acting | None = None,
    key: str | None = None,
    lane: str | None = None,
    run_after: datetime | None = None,
    **kwargs: Any,
) -> Job:
    """Store a call of `task` in the caller's transaction; it runs after the commit.

    Arguments are ids and other plain JSON. With a `key` at most one such job waits:
    a second call returns the waiting one, brought forward when it is due earlier.
    `by` is who asks; the job reads it back with `acting_user_id()`.
    """
    chosen = task.using(queue_name=lane, run_after=run_after)
    user_id = by.user_id if by else None
    return enqueueing.store(chosen, args, kwargs, key=key, user_id=user_id)


def run_due(*, lanes: Iterable[str] = tuple(LANES), once: bool = True) -> int:
    """Run everything that is due, here and now, and say how many attempts.

    With `once` (the default) jobs that these jobs enqueue run too, until nothing is
    due; without, only one batch per lane.
    """
    sweep()
    schedule.tick()
    count = 0
    while batch := [job for lane in lanes for job in claim(lane)]:
        try:
            while batch:
                count += run(batch.pop(0))
        finally:
            release(batch)
        if not once:
            break
    return count


def sweep(now: datetime | None = None) -> int:
    """Bury jobs that killed every worker, mend leases, forget old jobs.

    Returns how many jobs died.
    """
    now = now or timezone.now()
    running = Job.objects.filter(state=State.RUNNING)
    died = 0
    # An empty sweep must not queue for the write lock: look first.
    lost = running.filter(lease_until__lt=now, attempts__gte=ATTEMPTS)
    if lost.exists():
        died = lost.update(
            state=State.DEAD,
            claim_token="",
            lease_until=None,
            finished_at=now,
            error="The worker stopped without a word at every attempt.",
        )
    # The clock was ahead when these were leased.
    ahead = running.filter(lease_until__gt=now + 2 * LEASE)
    if ahead.exists():
        ahead.update(lease_until=now + LEASE)
    for state, keep in ((State.DONE, KEEP_DONE), (State.DEAD, KEEP_DEAD)):
        old = Job.objects.filter(state=state, finished_at__lt=now - keep)
        while ids := list(old.values_list("pk", flat=True)[:2_000]):
            Job.objects.filter(pk__in=ids).delete()
    return died


@transaction.atomic
def retry(job: Job) -> bool:
    """Give a dead job five new attempts; False when it is not dead any more."""
    changed = Job.objects.filter(pk=job.pk, state=State.DEAD).update(
        state=State.READY,
        attempts=0,
        run_after=timezone.now(),
        finished_at=None,
        unique_key=None,
    )
    return bool(changed)


def discard(job: Job) -> bool:
    """Forget a dead job; False when it is not dead any more."""
    deleted, _by_model = Job.objects.filter(pk=job.pk, state=State.DEAD).delete()
    return bool(deleted)
