"""When an invoice has to be paid."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.records.fields import FixedField, MoneyField, NameField
from sarnakh.records.models import Record


class PaymentTerm(Record):
    """Parts of an invoice with their days; the last part takes the balance."""

    class EarlyTax(models.TextChoices):
        REDUCED = "reduced", _("On early payment")
        NEVER = "never", _("Never")
        ALWAYS = "always", _("Always")

    name = NameField(_("Payment terms"), max_length=100)
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    note = models.TextField(_("Text on the invoice"), blank=True, default="")
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    early_percent = FixedField(_("Early-payment discount (%)"), default=Decimal(0))
    early_days = models.PositiveIntegerField(_("Days for early payment"), default=0)
    early_tax = models.CharField(
        _("Reduce tax"), max_length=7, choices=EarlyTax, default=EarlyTax.REDUCED
    )
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Payment terms")
        verbose_name_plural = _("Payment terms")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class PaymentTermLine(Record):
    """One part: how much, and how long after the date of the invoice."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percent")
        FIXED = "fixed", _("Fixed amount")

    class Delay(models.TextChoices):
        DAYS = "days", _("days after the invoice date")
        MONTH_END = "month-end", _("days after the end of the month")
        NEXT_MONTH_END = "next-month-end", _("days after the end of the next month")

    term = models.ForeignKey(
        PaymentTerm,
        models.CASCADE,
        related_name="lines",
        verbose_name=_("Payment terms"),
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    kind = models.CharField(_("Kind"), max_length=7, choices=Kind, default=Kind.PERCENT)
    percent = FixedField(_("Percent"), places=6, default=Decimal(100))
    amount = MoneyField(_("Amount"))
    days = models.PositiveIntegerField(_("Days"), default=0)
    delay = models.CharField(
        _("Delay"), max_length=14, choices=Delay, default=Delay.DAYS
    )

    class Meta:
        verbose_name = _("Part of payment terms")
        verbose_name_plural = _("Parts of payment terms")
        ordering = ("term", "sequence", "id")

    def __str__(self) -> str:
        return f"{self.term} {self.sequence}"
