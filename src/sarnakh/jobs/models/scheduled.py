"""When a recurring task runs next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scheduled(models.Model):
    """One row per entry of the schedule; changing `next_at` is the claim."""

    name = models.CharField(max_length=100, unique=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Scheduled task")
        verbose_name_plural = _("Scheduled tasks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
