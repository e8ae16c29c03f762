"""What every editable record has."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """Version for concurrent edits; who made it and who touched it last."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(
        _("Created on"), default=timezone.now, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("Created by"),
    )
    updated_at = models.DateTimeField(
        _("Updated on"), default=timezone.now, editable=False
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("Updated by"),
    )

    class Meta:
        abstract = True
