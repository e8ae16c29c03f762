"""A job as the standard task interface shows it."""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import TaskError, TaskResult, TaskResultStatus

from sarnakh.jobs.models import Job, State

STATUS = {
    State.READY: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
}


def of(job: Job) -> TaskResult[Any]:
    """The job's standard result; `attempts` counts the attempts made."""
    task = import_string(job.task)
    result: TaskResult[Any] = TaskResult(
        task=task.using(queue_name=job.lane),
        id=str(job.pk),
        status=STATUS[State(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[
            TaskError(exception_class_path="builtins.Exception", traceback=job.error)
        ]
        if job.error
        else [],
        worker_ids=[job.claim_token or "worker"] * job.attempts,
    )
    # The field has no place in the constructor of the frozen standard class.
    object.__setattr__(result, "_return_value", job.result)
    return result
