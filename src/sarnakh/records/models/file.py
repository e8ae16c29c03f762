"""Files attached to records."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """A file beside a record; access follows the record.

    `digest` (SHA-256) names the bytes on disk, so equal files are kept once.
    The user's file name is data only and never becomes part of a path.
    """

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    message_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("record_type", "record_id"), name="file_of"),)

    def __str__(self) -> str:
        return self.name
