"""What is sold: goods and services, with simple variants."""

from decimal import Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models.attribute import AttributeValue
from sarnakh.catalog.models.unit import Unit
from sarnakh.catalog.shipped import CATEGORIES
from sarnakh.money.models import Tax, TradeSettings
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class ProductCategory(Record):
    """A drawer of the catalogue; drawers lie in drawers.

    `path` is "/1/7/": the ids from the root down to this one.
    """

    name = NameField(_("Product category"), max_length=100)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Parent category"),
    )
    path = models.CharField(max_length=200, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Product category")
        verbose_name_plural = _("Product categories")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return CATEGORIES.shown(self.name, get_language())


class Product(Record):
    """One thing to sell. A family (`has_variants`) is sold through its variants.

    A variant is a product of its own whose `family` it shares; what it does not
    say itself it takes from the family when it is made or the family changes.
    """

    class Kind(models.TextChoices):
        CONSUMABLE = "consumable", _("Consumable")
        STORABLE = "storable", _("Storable")
        SERVICE = "service", _("Service")

    class Notice(models.TextChoices):
        NONE = "none", _("No warning")
        WARN = "warn", _("Warning")
        BLOCK = "block", _("Blocking message")

    name = NameField(_("Product"), max_length=200)
    kind = models.CharField(
        _("Product type"), max_length=10, choices=Kind, default=Kind.CONSUMABLE
    )
    reference = models.CharField(
        _("Internal reference"), max_length=60, blank=True, default="", db_index=True
    )
    barcode = models.CharField(
        _("Barcode"), max_length=60, blank=True, default="", db_index=True
    )
    category = models.ForeignKey(
        ProductCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Product category"),
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    is_sold = models.BooleanField(_("Can be sold"), default=True)
    price = FixedField(_("Sales price"), default=Decimal(1))
    cost = FixedField(_("Cost"), default=Decimal(0))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Unit")
    )
    taxes = models.ManyToManyField(
        Tax, blank=True, related_name="+", verbose_name=_("Customer taxes")
    )
    invoice_policy = models.CharField(
        _("Invoice"),
        max_length=9,
        choices=TradeSettings.InvoicePolicy,
        default=TradeSettings.InvoicePolicy.ORDERED,
    )
    lead_days = models.PositiveIntegerField(_("Lead time (days)"), default=0)
    weight = FixedField(_("Weight (kg)"), default=Decimal(0))
    volume = FixedField(_("Volume (m³)"), default=Decimal(0))
    sale_description = models.TextField(
        _("Description for the customer"), blank=True, default=""
    )
    optional_products = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="+",
        verbose_name=_("Optional products"),
    )
    warning = models.CharField(
        _("Warning when sold"), max_length=5, choices=Notice, default=Notice.NONE
    )
    warning_text = models.TextField(_("Warning text"), blank=True, default="")
    is_rentable = models.BooleanField(_("Can be rented"), default=False)
    is_recurring = models.BooleanField(_("Recurring"), default=False)
    tax_item_code = models.CharField(
        _("Tax authority item code"), max_length=20, blank=True, default=""
    )
    has_variants = models.BooleanField(_("Has variants"), default=False, editable=False)
    family = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="variants",
        verbose_name=_("Product family"),
    )
    values = models.ManyToManyField(
        AttributeValue, blank=True, related_name="+", verbose_name=_("Variant values")
    )
    # Sum of the extras of its values; part of the sales price.
    price_extra = FixedField(_("Price extra"), default=Decimal(0), editable=False)
    active = models.BooleanField(_("Active"), default=True)
    search_text = models.TextField(blank=True, default="", editable=False)
    sort_key = models.CharField(
        max_length=300, blank=True, default="", editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("Product")
        verbose_name_plural = _("Products")
        ordering = ("sort_key", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(price__gte=0, cost__gte=0),
                name="product_price_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"[{self.reference}] {self.name}" if self.reference else self.name

    @property
    def is_goods(self) -> bool:
        """Whether it is delivered, not performed."""
        return self.kind != self.Kind.SERVICE


class Packaging(Record):
    """A packet holds so many units of its product."""

    product = models.ForeignKey(
        Product,
        models.CASCADE,
        related_name="packagings",
        verbose_name=_("Product"),
    )
    name = NameField(_("Packaging"), max_length=60)
    quantity = FixedField(_("Contains"), default=Decimal(1))

    class Meta:
        verbose_name = _("Packaging")
        verbose_name_plural = _("Packagings")
        ordering = ("product", "-quantity", "id")

    def __str__(self) -> str:
        return self.name
