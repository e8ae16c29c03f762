"""Housekeeping of the programming interface."""

from django_tasks import task

from sarnakh.api import idempotency


@task()
def forget_answers() -> int:
    """Remove answers to repeated requests that are older than a day."""
    return idempotency.forget_old()
