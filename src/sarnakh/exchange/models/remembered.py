"""Which field a header went to the last time."""

from django.db import models


class RememberedMapping(models.Model):
    """A decision of an earlier import; an empty `field` means: left out.

    `header` is folded as `exchange.memory` does it.
    """

    record_type = models.CharField(max_length=40)
    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="+")
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("record_type", "company", "header"),
                name="remembered_header_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.header} → {self.field}"
