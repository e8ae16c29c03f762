"""Putting a call into the queue, at most once per key while it waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from sarnakh.jobs.models import Job, State


@transaction.atomic
def store(
    task: Task[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    *,
    key: str | None = None,
    user_id: int | None = None,
) -> Job:
    """The stored job, or the one that waits already under the same key."""
    job = Job(
        task=task.module_path,
        args=normalize_json(list(args)),
        kwargs=normalize_json(dict(kwargs)),
        lane=task.queue_name,
        run_after=task.run_after or timezone.now(),
        acting_user_id=user_id,
        unique_key=key,
    )
    if key is None:
        job.save(force_insert=True)
        return job
    # A job found waiting may be claimed before it is locked: then insert again.
    for _attempt in range(10):
        Job.objects.bulk_create([job], ignore_conflicts=True)
        waiting = _lock_waiting(key)
        if waiting:
            return _no_later_than(waiting, job.run_after)
    raise RuntimeError(f"the job {key} could neither be stored nor found")


def _lock_waiting(key: str) -> Job | None:
    # The lock lasts until our commit: a worker that started earlier would run
    # without seeing what this transaction is about to write.
    return (
        Job.objects.select_for_update()
        .filter(unique_key=key, state=State.READY)
        .first()
    )


def _no_later_than(waiting: Job, run_after: datetime) -> Job:
    if run_after < waiting.run_after:
        waiting.run_after = run_after
        waiting.save(update_fields=["run_after"])
    return waiting
