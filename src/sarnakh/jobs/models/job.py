"""One piece of work to be done later, with its lease."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Failed for good")


class Job(models.Model):
    """A call of a task function, stored in the transaction that asked for it.

    A worker holds a running job by `claim_token` until `lease_until`; after that
    anybody may take it. `acting_user_id` is a plain number on purpose: when the
    user is gone the job must find nobody, not become the system's.
    """

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    lane = models.CharField(max_length=20, default="default")
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    unique_key = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 - absent keys must not clash
    acting_user_id = models.BigIntegerField(null=True, blank=True)
    run_after = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim_token = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Job")
        verbose_name_plural = _("Jobs")
        ordering = ("run_after", "id")
        indexes = (
            models.Index(
                fields=["state", "lane", "run_after", "id"], name="job_waiting"
            ),
            models.Index(fields=["state", "lane", "lease_until"], name="job_leased"),
            models.Index(fields=["state", "finished_at"], name="job_finished"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=models.Q(state="ready"),
                name="job_key_waits_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
