"""What variants differ in: colour, size."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class Attribute(Record):
    """A question about a product; some are answered on the line only."""

    name = NameField(_("Attribute"), max_length=60)
    makes_variants = models.BooleanField(_("Makes variants"), default=True)
    sequence = models.PositiveIntegerField(_("Order"), default=10)

    class Meta:
        verbose_name = _("Attribute")
        verbose_name_plural = _("Attributes")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class ValueManager(models.Manager["AttributeValue"]):
    """A value is called by its question and answer, so both come together."""

    def get_queryset(self) -> "models.QuerySet[AttributeValue]":
        return super().get_queryset().select_related("attribute")


class AttributeValue(Record):
    """An answer, and what it adds to the price."""

    attribute = models.ForeignKey(
        Attribute,
        models.CASCADE,
        related_name="values",
        verbose_name=_("Attribute"),
    )
    name = NameField(_("Value"), max_length=60)
    price_extra = FixedField(_("Price extra"), default=Decimal(0))
    is_free_text = models.BooleanField(_("Free text"), default=False)
    sequence = models.PositiveIntegerField(_("Order"), default=10)

    objects = ValueManager()

    class Meta:
        verbose_name = _("Attribute value")
        verbose_name_plural = _("Attribute values")
        ordering = ("attribute", "sequence", "id")

    def __str__(self) -> str:
        return f"{self.attribute.name}: {self.name}"
