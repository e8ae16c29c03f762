"""Numbers without gaps."""

from django.db import models


class Counter(models.Model):
    """The last number given in a series, e.g. `("invoice", company, "1404")`."""

    series = models.CharField(max_length=120, unique=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
