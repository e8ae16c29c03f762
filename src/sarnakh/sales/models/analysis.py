"""Sold lines as rows of a database view, to group and add up."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, ProductCategory, Unit
from sarnakh.contacts.models import Contact
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import FixedField, MoneyField
from sarnakh.sales.models.order import Order
from sarnakh.sales.models.template import QuotationTemplate
from sarnakh.sources.models import Campaign, Medium, Source
from sarnakh.teams.models import Team


def _link(to: type[models.Model], label: Any) -> Any:
    """A column of the view that holds the number of a record."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=label,
    )


class SoldLine(models.Model):
    """One product line of an order; amounts in the currency of the company.

    Quantities are in the product's own unit. The view stands in the migration; it is
    read-only, and sections, notes and down payments are left out.
    """

    order = _link(Order, pgettext_lazy("sales", "Order"))
    state = models.CharField(_("Status"), max_length=9, choices=Order.State)
    invoice_status = models.CharField(
        _("Invoicing"), max_length=10, choices=Order.InvoiceStatus
    )
    ordered_at = models.DateTimeField(_("Order date"))
    customer = _link(Contact, _("Customer"))
    country = models.CharField(_("Country"), max_length=2)
    province = models.CharField(_("State"), max_length=100)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("Salesperson"),
    )
    team = _link(Team, _("Sales team"))
    company = _link(Company, _("Company"))
    pricelist = _link(Pricelist, _("Price list"))
    template = _link(QuotationTemplate, _("Quotation template"))
    campaign = _link(Campaign, _("Campaign"))
    medium = _link(Medium, _("Medium"))
    source = _link(Source, _("Source"))
    product = _link(Product, _("Product"))
    category = _link(ProductCategory, _("Product category"))
    unit = _link(Unit, _("Unit"))
    quantity = FixedField(_("Ordered"))
    delivered = FixedField(_("Delivered"))
    to_deliver = FixedField(_("To deliver"))
    invoiced = FixedField(_("Invoiced"))
    untaxed = MoneyField(_("Untaxed amount"))
    total = MoneyField(_("Total"))
    untaxed_invoiced = MoneyField(_("Untaxed invoiced"))
    discount_amount = MoneyField(_("Discount amount"))
    margin = MoneyField(_("Margin"))

    class Meta:
        managed = False
        db_table = "sales_analysis"
        verbose_name = _("Sold line")
        verbose_name_plural = _("Sales analysis")

    def __str__(self) -> str:
        return f"{self.order} · {self.product or ''}"
