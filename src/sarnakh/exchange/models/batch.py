"""One import of one file."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """A file on its way in; also the log of imports.

    `folder` names a folder of ours under the data folder (see `exchange.storage`).
    `reading` says how the file is read, `mapping` where each column goes, `options`
    how the rows are taken in; their shapes are in `exchange.options`. `position`
    counts the rows that are committed, so that a run can go on after them.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        MAPPED = "mapped", _("Mapped")
        TESTING = "testing", _("Testing")
        TESTED = "tested", _("Tested")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    record_type = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_batches"
    )
    company = models.ForeignKey(
        "accounts.Company", models.CASCADE, related_name="import_batches"
    )
    file_name = models.CharField(_("File name"), max_length=150)
    folder = models.CharField(max_length=64)
    table = models.CharField(max_length=64, blank=True, default="")
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    linked = models.PositiveIntegerField(default=0)
    messages = models.JSONField(default=list)
    faults_file = models.CharField(max_length=64, blank=True, default="")
    job_id = models.BigIntegerField(null=True, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("user", "state"), name="import_of_user"),
            models.Index(fields=("state", "uploaded_at"), name="import_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} #{self.pk}"
