"""Letters on their way: one job for each, and a sweep that misses none."""

from django_tasks import task


@task(queue_name="mail")
def deliver(letter_id: int) -> None:
    """Send one letter if it still waits."""
    from sarnakh.mail import sending

    sending.deliver(letter_id)


@task(queue_name="mail")
def sweep() -> None:
    """Carry letters that no job carries: the rows are what counts."""
    from sarnakh.mail import sending

    sending.sweep()
