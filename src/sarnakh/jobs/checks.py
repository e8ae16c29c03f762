"""What must hold before anything is enqueued, proved at start-up."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django_tasks.base import Task

from sarnakh.jobs import schedule
from sarnakh.jobs.limits import LANES


@register
def check_lanes(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The task backend knows exactly the lanes that workers empty."""
    from django_tasks import default_task_backend

    if default_task_backend.queues == set(LANES):
        return []
    return [
        Error(
            "The lanes of TASKS are not the lanes of the workers.",
            hint=f"Set QUEUES to {sorted(LANES)}.",
            id="jobs.E001",
        )
    ]


@register
def check_schedule(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each entry of the schedule names a task, and no name comes twice."""
    return list(_faults())


def _faults() -> Iterator[CheckMessage]:
    names: set[str] = set()
    for entry in schedule.entries():
        if entry.name in names:
            yield Error(f"The schedule has {entry.name} twice.", id="jobs.E002")
        names.add(entry.name)
        try:
            found: object = entry.load()
        except ImportError as error:
            found = error
        if not isinstance(found, Task):
            yield Error(f"{entry.task} in the schedule is not a task.", id="jobs.E003")
