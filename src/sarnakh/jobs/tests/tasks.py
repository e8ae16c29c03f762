"""Tasks that leave traces, for the tests of the queue."""

import os
import time
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import TaskContext, task

from sarnakh.jobs import actions as jobs
from sarnakh.lib.errors import Refused


@task()
def leave_trace(path: str, word: str = "ran") -> int:
    """Append a line to a file and say how long the word is."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")
    return len(word)


@task(queue_name="mail")
def leave_trace_by_mail(path: str) -> None:
    """The same, in the mail lane."""
    leave_trace.func(path, "mail")


@task()
def fail_always() -> None:
    """Never works."""
    raise ObjectDoesNotExist("the secret name of a customer")


@task()
def refuse() -> None:
    """The business says no."""
    raise Refused("This month is closed.", "closed")


@task()
def tell_progress(steps: int) -> None:
    """Report each step."""
    for step in range(steps):
        jobs.heartbeat(done=step + 1, total=steps)


@task()
def tell_actor() -> int | None:
    """Whose job this is."""
    return jobs.acting_user_id()


@task(takes_context=True)
def tell_attempt(context: TaskContext) -> int:
    """Which attempt this is."""
    return context.attempt


@task()
def start_then_sleep(path: str, seconds: float) -> None:
    """Leave a trace, take time, leave another."""
    leave_trace.func(path, f"start {os.getpid()}")
    time.sleep(seconds)
    leave_trace.func(path, "end")


@task()
def enqueue_another(path: str) -> None:
    """A job that makes a job."""
    leave_trace.enqueue(path, "second")
