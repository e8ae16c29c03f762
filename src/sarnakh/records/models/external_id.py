"""The names that other systems know our records by."""

from django.db import models


class ExternalId(models.Model):
    """`namespace.name` of a record, for imports that come again."""

    key = models.CharField(max_length=200, unique=True)
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("record_type", "record_id"), name="external_id_of"),
        )

    def __str__(self) -> str:
        return self.key
