"""A column of the pipeline."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.crm.shipped import STAGES
from sarnakh.records.fields import NameField
from sarnakh.records.models import Record
from sarnakh.teams.models import Team


class Stage(Record):
    """A step from first contact to the contract; for one team or for all."""

    name = NameField(_("Stage"), max_length=80)
    sequence = models.PositiveIntegerField(_("Order"), default=1)
    is_won = models.BooleanField(_("Is the won stage"), default=False)
    is_folded = models.BooleanField(_("Folded"), default=False)
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("Sales team"),
    )
    requirements = models.TextField(
        _("Requirements"),
        blank=True,
        default="",
        help_text=_("What must be true of a record here; shown over the column."),
    )
    stale_after_days = models.PositiveIntegerField(
        _("Stale after days"),
        default=0,
        help_text=_("Cards that stay longer are marked; 0 switches it off."),
    )

    class Meta:
        verbose_name = _("Stage")
        verbose_name_plural = _("Stages")
        ordering = ("sequence", "name", "id")

    def __str__(self) -> str:
        return STAGES.shown(self.name, get_language())
