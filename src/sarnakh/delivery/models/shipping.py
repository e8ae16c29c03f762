"""Ways of sending goods, and what they cost."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.records.fields import FixedField, MoneyField, NameField
from sarnakh.records.models import Record


class ShippingMethod(Record):
    """A carrier's offer: where it goes and how its price is found."""

    class Provider(models.TextChoices):
        FIXED = "fixed", _("Fixed price")
        RULES = "rules", _("Based on rules")

    class Invoicing(models.TextChoices):
        ESTIMATED = "estimated", _("Estimated cost")
        REAL = "real", _("Real cost")

    name = NameField(_("Shipping method"), max_length=100)
    provider = models.CharField(
        _("Price"), max_length=5, choices=Provider, default=Provider.FIXED
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        related_name="+",
        verbose_name=_("Delivery product"),
    )
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    # Lists as people type them, parted by commas or lines; empty means anywhere.
    countries = models.TextField(_("Countries"), blank=True, default="")
    states = models.TextField(_("States"), blank=True, default="")
    zip_prefixes = models.TextField(
        _("Postal codes"),
        blank=True,
        default="",
        help_text=_("Beginnings of postal codes; “123$” means exactly 123."),
    )
    margin_percent = FixedField(_("Margin (%)"), default=Decimal(0))
    margin_amount = MoneyField(_("Fixed margin"))
    free_over = MoneyField(_("Free from"), null=True, blank=True, default=None)
    invoicing = models.CharField(
        _("Invoice"), max_length=9, choices=Invoicing, default=Invoicing.ESTIMATED
    )
    description = models.TextField(
        _("Description for the customer"), blank=True, default=""
    )
    tracking_url = models.CharField(
        _("Tracking address"), max_length=300, blank=True, default=""
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Shipping method")
        verbose_name_plural = _("Shipping methods")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class ShippingRule(Record):
    """`variable op value` holds: base + factor price × factor."""

    class Variable(models.TextChoices):
        WEIGHT = "weight", _("Weight")
        VOLUME = "volume", _("Volume")
        WEIGHT_VOLUME = "weight-volume", _("Weight × volume")
        PRICE = "price", _("Price")
        QUANTITY = "quantity", _("Quantity")

    class Operator(models.TextChoices):
        EQUAL = "=", "="
        LESS = "<", "<"
        AT_MOST = "<=", "≤"
        MORE = ">", ">"
        AT_LEAST = ">=", "≥"

    method = models.ForeignKey(
        ShippingMethod,
        models.CASCADE,
        related_name="rules",
        verbose_name=_("Shipping method"),
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    variable = models.CharField(
        _("Variable"), max_length=13, choices=Variable, default=Variable.WEIGHT
    )
    operator = models.CharField(
        _("Comparison"), max_length=2, choices=Operator, default=Operator.AT_MOST
    )
    # Weight in kg, volume in m³, price in major units of the company's currency.
    value = FixedField(_("Value"))
    base_price = MoneyField(_("Base price"))
    factor_price = MoneyField(_("Price for each"))
    factor = models.CharField(
        _("of"), max_length=13, choices=Variable, default=Variable.WEIGHT
    )

    class Meta:
        verbose_name = _("Shipping rule")
        verbose_name_plural = _("Shipping rules")
        ordering = ("method", "sequence", "factor_price", "id")

    def __str__(self) -> str:
        return f"{self.method}: {self.variable} {self.operator} {self.value}"
