"""What one row of a file became."""

from django.db import models


class ImportedRow(models.Model):
    """A record that an import made or changed; the base of undoing and resuming.

    `row` is the row number of the file. `version` is the record's after the write.
    A record made on the fly for a link has `is_link`; the row is then the one that
    named it first. Each row of the file writes at most one record of its own, which
    the constraint keeps true over interruptions.
    """

    batch = models.ForeignKey(
        "exchange.ImportBatch", models.CASCADE, related_name="rows"
    )
    row = models.PositiveIntegerField()
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    was_created = models.BooleanField(default=True)
    is_link = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "row"),
                condition=models.Q(is_link=False),
                name="imported_row_once",
            ),
        )
        indexes = (
            models.Index(fields=("batch", "record_type"), name="imported_of_batch"),
        )

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} of row {self.row}"
