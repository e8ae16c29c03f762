"""What waits, what runs late, what failed for good, how far a job is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from sarnakh.jobs.limits import ATTEMPTS
from sarnakh.jobs.models import Job, Scheduled, State


@dataclass(frozen=True)
class Progress:
    """How far a job is; `done` of `total` steps, total 0 while unknown."""

    state: str
    done: int
    total: int
    error: str
    result: object

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (State.DONE, State.DEAD)


def ready(lane: str, now: datetime) -> QuerySet[Job]:
    """Jobs of a lane that wait and are due, oldest first."""
    return Job.objects.filter(
        state=State.READY, lane=lane, run_after__lte=now
    ).order_by("run_after", "pk")


def abandoned(lane: str, now: datetime) -> QuerySet[Job]:
    """Jobs of a lane whose worker let the lease run out, and may be tried again."""
    return Job.objects.filter(
        state=State.RUNNING, lane=lane, lease_until__lt=now, attempts__lt=ATTEMPTS
    ).order_by("lease_until", "pk")


def is_due(lane: str, now: datetime | None = None) -> bool:
    """Whether a claim would find something; takes no write lock."""
    now = now or timezone.now()
    return ready(lane, now).exists() or abandoned(lane, now).exists()


def dead() -> QuerySet[Job]:
    """Jobs that failed for good and wait for a person, newest first."""
    return Job.objects.filter(state=State.DEAD).order_by("-finished_at", "-pk")


def counts() -> dict[str, int]:
    """How many jobs there are in each state."""
    rows = Job.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows)


def lag(now: datetime | None = None) -> timedelta:
    """How long the oldest due job or scheduled task has been waiting for a worker."""
    now = now or timezone.now()
    oldest = [
        Job.objects.filter(state=State.READY, run_after__lte=now)
        .order_by()
        .aggregate(at=Min("run_after"))["at"],
        Scheduled.objects.filter(next_at__lte=now)
        .order_by()
        .aggregate(at=Min("next_at"))["at"],
    ]
    return max((now - at for at in oldest if at is not None), default=timedelta(0))


def progress(job_id: int, *, user_id: int | None = None) -> Progress | None:
    """How far a job is; None when there is none, or when it is another user's.

    Give the looking user's id wherever a request asks.
    """
    jobs = Job.objects.filter(pk=job_id)
    if user_id is not None:
        jobs = jobs.filter(acting_user_id=user_id)
    row = jobs.values_list("state", "done", "total", "error", "result").first()
    return Progress(*row) if row else None
