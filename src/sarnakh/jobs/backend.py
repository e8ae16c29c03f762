"""The standard task interface, over our own table."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist


class LeasedBackend(BaseTaskBackend):
    """Stores tasks as rows of the caller's transaction; works on both databases.

    The table is reached late, because tasks are declared before models are ready.
    """

    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Store the call; it runs after the commit."""
        from sarnakh.jobs import results
        from sarnakh.jobs.enqueueing import store

        self.validate_task(task)
        return results.of(store(task, args, kwargs))

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The present state of a job; TaskResultDoesNotExist when there is none."""
        from sarnakh.jobs import results
        from sarnakh.jobs.models import Job

        job = Job.objects.filter(pk=result_id).first() if result_id.isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return results.of(job)
