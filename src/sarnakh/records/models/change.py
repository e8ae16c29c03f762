"""The history of every record: one row per write."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Change(models.Model):
    """What one write did: the fields with their old and new values.

    `values` is `{field: [old, new]}` in JSON; a link is `{"id", "name"}`, so
    that the name stays as it was. `version` is the record's after the write:
    edits made on an older version are merged or refused by looking here.
    `event` is "created", "edited", or a word of the room ("won", "lost").
    """

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    event = models.CharField(max_length=30, default="edited")
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=("record_type", "record_id", "id"), name="change_of"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.record_type} {self.record_id}"
