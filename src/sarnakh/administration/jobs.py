"""Housekeeping that nobody asks for."""

from django.core.management import call_command
from django_tasks import task

from sarnakh.administration import statistics
from sarnakh.administration.backup import actions


@task(queue_name="imports")
def back_up() -> str:
    """Make the backup of the day; the result is its file name."""
    return actions.back_up().name


@task()
def tend_database() -> None:
    """Let the database look at tables that have grown."""
    statistics.refresh()


@task()
def clear_sessions() -> None:
    """Forget sessions that have ended."""
    call_command("clearsessions")
