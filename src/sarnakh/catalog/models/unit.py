"""Units of measure."""

from decimal import Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.catalog.shipped import UNIT_CATEGORIES, UNITS
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class UnitCategory(Record):
    """Units that convert into each other: weight, length, pieces."""

    name = NameField(_("Unit category"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("Unit category")
        verbose_name_plural = _("Unit categories")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return UNIT_CATEGORIES.shown(self.name, get_language())


class Unit(Record):
    """`ratio` times bigger or smaller than the reference of its category."""

    class Size(models.TextChoices):
        REFERENCE = "reference", _("Reference unit")
        BIGGER = "bigger", _("Bigger than the reference")
        SMALLER = "smaller", _("Smaller than the reference")

    name = NameField(_("Unit"), max_length=60)
    category = models.ForeignKey(
        UnitCategory,
        models.PROTECT,
        related_name="units",
        verbose_name=_("Unit category"),
    )
    size = models.CharField(
        _("Size"), max_length=9, choices=Size, default=Size.REFERENCE
    )
    ratio = FixedField(_("Ratio"), places=6, default=Decimal(1))
    rounding = FixedField(_("Rounding step"), places=6, default=Decimal("0.01"))
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Unit of measure")
        verbose_name_plural = _("Units of measure")
        ordering = ("category", "sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("category",),
                condition=models.Q(size="reference"),
                name="unit_one_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(ratio__gt=0, rounding__gt=0), name="unit_positive"
            ),
        )

    def __str__(self) -> str:
        return UNITS.shown(self.name, get_language())
