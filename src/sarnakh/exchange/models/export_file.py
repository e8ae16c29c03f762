"""One export: what was asked for, and the file it became."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportFile(models.Model):
    """An export as asked for by one user, who alone may open it.

    `rows_wanted` is `{"ids": […]}` or `{"screen": slug, "query": address}`; kept here
    because a selection may be too large for an address. The file lies in
    `folder` and is deleted after a day.
    """

    class State(models.TextChoices):
        CHOOSING = "choosing", _("Choosing fields")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    record_type = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="export_files"
    )
    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="+")
    rows_wanted = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.CHOOSING)
    folder = models.CharField(max_length=64, blank=True, default="")
    file_name = models.CharField(max_length=150, blank=True, default="")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True, default="")
    job_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Export")
        verbose_name_plural = _("Exports")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.record_type} #{self.pk}"
