"""Rounding of totals to what can be paid in cash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.records.fields import MoneyField, NameField
from sarnakh.records.models import Record


class CashRounding(Record):
    """A step in whole smallest units, e.g. 1,000 rials, and how to reach it."""

    class Method(models.TextChoices):
        HALF_UP = "half-up", _("Nearest")
        UP = "up", _("Up")
        DOWN = "down", _("Down")

    class Strategy(models.TextChoices):
        LINE = "line", _("Add a rounding line")
        TAX = "tax", _("Change the biggest tax")

    name = NameField(_("Name"), max_length=100)
    step = MoneyField(_("Step"))
    method = models.CharField(
        _("Method"), max_length=7, choices=Method, default=Method.HALF_UP
    )
    strategy = models.CharField(
        _("Strategy"), max_length=4, choices=Strategy, default=Strategy.LINE
    )
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Cash rounding")
        verbose_name_plural = _("Cash roundings")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
