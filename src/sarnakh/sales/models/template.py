"""Quotation templates: what is often offered together."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, Unit
from sarnakh.money.models.lines import DocumentLine
from sarnakh.records.fields import FixedField, NameField, RichTextField
from sarnakh.records.models import Record


class QuotationTemplate(Record):
    """Lines, options and conditions for a new quotation."""

    name = NameField(_("Quotation template"), max_length=100)
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    # 0: the company's own.
    validity_days = models.PositiveIntegerField(
        _("Days a quotation is valid"), default=0
    )
    asks_signature = models.BooleanField(_("Online signature"), default=True)
    asks_payment = models.BooleanField(_("Online payment"), default=False)
    prepayment_percent = FixedField(_("Prepayment (%)"), default=Decimal(100))
    terms = RichTextField(_("Terms and conditions"), blank=True, default="")
    mails_confirmation = models.BooleanField(
        _("Mail the customer on confirmation"), default=False
    )
    is_company_default = models.BooleanField(_("Default"), default=False)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Quotation template")
        verbose_name_plural = _("Quotation templates")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class TemplateLine(Record):
    """A line of a template, or (`is_option`) an optional product."""

    template = models.ForeignKey(
        QuotationTemplate,
        models.CASCADE,
        related_name="lines",
        verbose_name=_("Quotation template"),
    )
    kind = models.CharField(
        _("Kind"),
        max_length=7,
        choices=DocumentLine.Kind,
        default=DocumentLine.Kind.PRODUCT,
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product"),
    )
    description = models.TextField(_("Description"), blank=True, default="")
    quantity = FixedField(_("Quantity"), default=Decimal(1))
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Unit"),
    )
    is_option = models.BooleanField(_("Optional"), default=False)

    class Meta:
        verbose_name = _("Template line")
        verbose_name_plural = _("Template lines")
        ordering = ("template", "is_option", "sequence", "id")

    def __str__(self) -> str:
        return str(self.product or self.description)
