"""Why a deal was lost."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.crm.shipped import LOST_REASONS
from sarnakh.records.fields import NameField
from sarnakh.records.models import Record


class LostReason(Record):
    """One answer to the question why."""

    name = NameField(_("Lost reason"), max_length=100)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Lost reason")
        verbose_name_plural = _("Lost reasons")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return LOST_REASONS.shown(self.name, get_language())
