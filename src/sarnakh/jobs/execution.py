"""Running one claimed job, and what the job may say meanwhile."""

import logging
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial

from django.db import OperationalError, connections
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.utils import normalize_json

from sarnakh.jobs import leases, results
from sarnakh.jobs.models import Job
from sarnakh.lib.errors import Refused

logger = logging.getLogger(__name__)

# Progress is stored at most once in so many seconds.
HEARTBEAT = 1.0


@dataclass
class Running:
    """The attempt that this thread is making."""

    job: Job
    done: int = 0
    total: int = 0
    since: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)
    stored: float = field(default_factory=time.monotonic)


_running: ContextVar[Running | None] = ContextVar("running_job", default=None)


def heartbeat(*, done: int | None = None, total: int | None = None) -> None:
    """Say that the job is alive, and how far: call it as often as you like.

    Does nothing outside a job. Raises LeaseLost when another worker has the job:
    let it pass. Inside one long transaction others see it only after the commit,
    so commit at least every few minutes.
    """
    running = _running.get()
    if running is None:
        return
    running.seen = time.monotonic()
    running.done = running.done if done is None else done
    running.total = running.total if total is None else total
    if running.seen - running.stored >= HEARTBEAT:
        leases.extend(running.job, done=running.done, total=running.total)
        running.stored = running.seen


def acting_user_id() -> int | None:
    """On whose behalf the present job runs; None for the system or outside."""
    running = _running.get()
    return running.job.acting_user_id if running else None


def run(job: Job, watch: Callable[[Running], None] | None = None) -> bool:
    """Make one attempt at a claimed job; False when it is no longer ours.

    Never raises what the job raises: a refusal by the business ends the job, any
    other error is tried again later.
    """
    if not leases.start(job):
        return False
    running = Running(job)
    if watch:
        watch(running)
    mark = _running.set(running)
    try:
        result = _call(job)
    except leases.LeaseLost:
        logger.warning("job %s (%s) was taken over", job.pk, job.task)
    except Refused as refusal:
        _settle(partial(leases.fail, job, str(refusal), is_final=True))
    except Exception as error:
        # The message may hold somebody's data: it stays in the row.
        logger.error(  # noqa: TRY400, RUF100
            "job %s (%s) failed at attempt %s: %s",
            job.pk,
            job.task,
            job.attempts,
            type(error).__name__,
        )
        _settle(partial(leases.fail, job, traceback.format_exc()))
    else:
        _settle(
            partial(leases.finish, job, result, done=running.done, total=running.total)
        )
    finally:
        _running.reset(mark)
    return True


def _call(job: Job) -> object:
    task = import_string(job.task)
    if not isinstance(task, Task):
        raise TypeError(f"{job.task} is not a task")
    context = [TaskContext(task_result=results.of(job))] if task.takes_context else []
    return normalize_json(task.call(*context, *job.args, **job.kwargs))


def _settle(note: Callable[[], bool]) -> None:
    """Note the outcome, over a moment in which the database is busy or away."""
    for wait in (0.2, 1.0, 4.0):
        try:
            note()
            return
        except OperationalError:
            for connection in connections.all(initialized_only=True):
                connection.close_if_unusable_or_obsolete()
            time.sleep(wait)
    note()
