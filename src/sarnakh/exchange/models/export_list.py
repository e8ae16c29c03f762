"""Chosen fields of an export, kept under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportList(models.Model):
    """Fields in the order they are exported; own, or shared with everybody."""

    record_type = models.CharField(max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="export_lists"
    )
    name = models.CharField(_("Name"), max_length=100)
    fields = models.JSONField(default=list)
    is_shared = models.BooleanField(_("Share with all users"), default=False)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("record_type", "user", "name"), name="export_list_name"
            ),
        )

    def __str__(self) -> str:
        return self.name
