"""Who holds a job: every change of state is guarded by the claim's token."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from sarnakh.jobs import queries
from sarnakh.jobs.backoff import pause
from sarnakh.jobs.limits import ATTEMPTS, ERROR_LENGTH, LANES, LEASE
from sarnakh.jobs.models import Job, State


class LeaseLost(Exception):
    """The job has been given to another worker; this one must stop."""


def claim(
    lane: str = "default", *, limit: int | None = None, now: datetime | None = None
) -> list[Job]:
    """Take up to `limit` due jobs of a lane; those that failed before come last.

    The fresh token makes a late worker harmless. Attempts are counted when a job
    starts, so that one which kills its worker does not use up its neighbours'.
    """
    now = now or timezone.now()
    limit = limit or LANES[lane]
    # An idle look must not queue for the write lock.
    if not queries.is_due(lane, now):
        return []
    token = secrets.token_hex(16)
    with transaction.atomic():
        ids: list[int] = []
        for rows in (queries.abandoned(lane, now), queries.ready(lane, now)):
            rest = limit - len(ids)
            locked = rows.select_for_update(skip_locked=True)
            ids += locked.values_list("pk", flat=True)[:rest] if rest else []
        Job.objects.filter(pk__in=ids).update(
            state=State.RUNNING, claim_token=token, lease_until=now + LEASE
        )
    return list(
        Job.objects.filter(pk__in=ids, claim_token=token).order_by(
            "attempts", "run_after", "pk"
        )
    )


def start(job: Job, *, now: datetime | None = None) -> bool:
    """Begin an attempt; False when the job is no longer ours."""
    now = now or timezone.now()
    changed = _held(job).update(
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        lease_until=now + LEASE,
    )
    job.attempts += changed
    return bool(changed)


def extend(job: Job, *, done: int, total: int) -> None:
    """Prolong the lease and store how far the job is; LeaseLost when too late."""
    now = timezone.now()
    values = {"heartbeat_at": now, "lease_until": now + LEASE}
    if not _held(job).update(**values, done=done, total=total):
        raise LeaseLost


def finish(job: Job, result: Any = None, *, done: int = 0, total: int = 0) -> bool:
    """The work is done; False (and nothing changes) when it is no longer ours."""
    return _end(job, State.DONE, result=result, done=done, total=total, error="")


def fail(job: Job, error: str, *, is_final: bool = False) -> bool:
    """Note a failed attempt: wait and try again, or dead when that was the last."""
    error = error[-ERROR_LENGTH:]
    if is_final or job.attempts >= ATTEMPTS:
        return _end(job, State.DEAD, error=error)
    return _wait_again(job, run_after=timezone.now() + pause(job.attempts), error=error)


def release(jobs: Iterable[Job]) -> int:
    """Give back claimed jobs at once, as if they had not been touched."""
    return sum(_wait_again(job) for job in jobs)


def interrupt(job: Job) -> bool:
    """Give back a running job that was cut short; the attempt does not count."""
    return _wait_again(job, attempts=max(job.attempts - 1, 0))


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.pk, claim_token=job.claim_token, state=State.RUNNING
    )


def _end(job: Job, state: State, **values: Any) -> bool:
    changed = _held(job).update(
        state=state,
        claim_token="",
        lease_until=None,
        finished_at=timezone.now(),
        **values,
    )
    return bool(changed)


def _wait_again(job: Job, **values: Any) -> bool:
    try:
        with transaction.atomic():
            changed = _held(job).update(
                state=State.READY, claim_token="", lease_until=None, **values
            )
        return bool(changed)
    except IntegrityError:
        # A newer job with the same key waits already and will do the same work.
        return _end(job, State.DONE, result={"superseded": True})
