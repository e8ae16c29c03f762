"""What lines of orders and invoices have in common."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.records.fields import FixedField, MoneyField
from sarnakh.records.models import Record


class DocumentLine(Record):
    """A product, a section or a note; amounts are computed at every write.

    `tax_parts` keeps how the tax came about: `[[tax id, base, amount], …]`, base
    and amount as texts in smallest units (they may have decimals when taxes are
    rounded per document).
    """

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product")
        SECTION = "section", _("Section")
        NOTE = "note", _("Note")

    kind = models.CharField(_("Kind"), max_length=7, choices=Kind, default=Kind.PRODUCT)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    description = models.TextField(_("Description"), blank=True, default="")
    quantity = FixedField(_("Quantity"), default=Decimal(1))
    unit_price = FixedField(_("Unit price"), default=Decimal(0))
    discount = FixedField(_("Discount (%)"), places=2, default=Decimal(0))
    subtotal = MoneyField(_("Subtotal"), editable=False)
    tax = MoneyField(_("Tax"), editable=False)
    total = MoneyField(_("Total"), editable=False)
    tax_parts = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True
