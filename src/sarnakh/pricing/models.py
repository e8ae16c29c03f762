"""Price lists and their rules."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, ProductCategory
from sarnakh.lib.money import CURRENCIES
from sarnakh.pricing.shipped import PRICELISTS
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class Pricelist(Record):
    """Prices for some customers, in one currency."""

    class DiscountPolicy(models.TextChoices):
        INCLUDED = "included", _("Discount included in the price")
        SHOWN = "shown", _("Show public price and discount")

    name = NameField(_("Price list"), max_length=100)
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
    )
    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    # ISO codes with blanks between them; empty: customers of all countries.
    countries = models.CharField(_("Countries"), max_length=300, blank=True, default="")
    discount_policy = models.CharField(
        _("Discounts"),
        max_length=8,
        choices=DiscountPolicy,
        default=DiscountPolicy.INCLUDED,
    )
    is_company_default = models.BooleanField(_("Default"), default=False)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Price list")
        verbose_name_plural = _("Price lists")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("company",),
                condition=Q(is_company_default=True),
                name="pricelist_one_default",
            ),
        )

    def __str__(self) -> str:
        name = PRICELISTS.shown(self.name, get_language())
        return f"{name} ({self.currency})"


class PricelistRule(Record):
    """A price for a product, a category or everything, from a quantity on."""

    class Target(models.TextChoices):
        ALL = "all", _("All products")
        CATEGORY = "category", _("Product category")
        PRODUCT = "product", _("Product")
        VARIANT = "variant", _("Product variant")

    class Computation(models.TextChoices):
        FIXED = "fixed", _("Fixed price")
        PERCENT = "percent", _("Discount in per cent")
        FORMULA = "formula", _("Formula")

    class Base(models.TextChoices):
        PRICE = "price", _("Sales price")
        COST = "cost", _("Cost")
        PRICELIST = "pricelist", _("Other price list")

    pricelist = models.ForeignKey(
        Pricelist,
        models.CASCADE,
        related_name="rules",
        verbose_name=_("Price list"),
    )
    target = models.CharField(
        _("Applies to"), max_length=8, choices=Target, default=Target.ALL
    )
    # For the target "product" a family or a product without variants.
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product"),
    )
    category = models.ForeignKey(
        ProductCategory,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product category"),
    )
    min_quantity = FixedField(_("Minimum quantity"), default=Decimal(0))
    starts_at = models.DateTimeField(_("Start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("End"), null=True, blank=True)
    computation = models.CharField(
        _("Computation"),
        max_length=7,
        choices=Computation,
        default=Computation.FIXED,
    )
    fixed_price = FixedField(_("Fixed price"), default=Decimal(0))
    percent = FixedField(_("Discount (%)"), default=Decimal(0))
    base = models.CharField(
        _("Based on"), max_length=9, choices=Base, default=Base.PRICE
    )
    base_pricelist = models.ForeignKey(
        Pricelist,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="based_rules",
        verbose_name=_("Other price list"),
    )
    rounding_step = FixedField(_("Rounding step"), default=Decimal(0))
    surcharge = FixedField(_("Surcharge"), default=Decimal(0))
    min_margin = FixedField(_("Minimum margin"), null=True, blank=True, default=None)
    max_margin = FixedField(_("Maximum margin"), null=True, blank=True, default=None)

    class Meta:
        verbose_name = _("Price rule")
        verbose_name_plural = _("Price rules")
        ordering = ("pricelist", "-id")
        # A price asks for the rules of some products and categories among thousands.
        indexes = (
            models.Index(
                fields=("pricelist", "target", "product"), name="rule_product"
            ),
            models.Index(
                fields=("pricelist", "target", "category"), name="rule_category"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_at=None)
                | Q(ends_at=None)
                | Q(starts_at__lt=F("ends_at")),
                name="price_rule_start_before_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pricelist} #{self.pk}"
