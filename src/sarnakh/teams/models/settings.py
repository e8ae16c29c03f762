"""Switches of the sales app."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SalesSettings(models.Model):
    """One row: features that are on for everybody."""

    ONLY: ClassVar[int] = 1

    uses_leads = models.BooleanField(
        _("Leads"),
        default=False,
        help_text=_("Qualify contacts as leads before they become opportunities."),
    )
    uses_multi_teams = models.BooleanField(
        _("Multi teams"),
        default=False,
        help_text=_("A salesperson may belong to several teams."),
    )
    uses_recurring_revenue = models.BooleanField(
        _("Recurring revenues"),
        default=False,
        help_text=_("Follow monthly or yearly income beside one-time amounts."),
    )

    def __str__(self) -> str:
        return "sales settings"

    @classmethod
    def current(cls) -> "SalesSettings":
        """The row, or its defaults while nobody saved any."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)
