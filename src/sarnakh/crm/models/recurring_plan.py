"""How often a recurring amount comes."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.crm.shipped import RECURRING_PLANS
from sarnakh.records.fields import NameField
from sarnakh.records.models import Record


class RecurringPlan(Record):
    """Monthly, yearly …: the number of months that one amount covers."""

    name = NameField(_("Recurring plan"), max_length=60)
    months = models.PositiveIntegerField(_("Months"), default=1)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Recurring plan")
        verbose_name_plural = _("Recurring plans")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return RECURRING_PLANS.shown(self.name, get_language())
