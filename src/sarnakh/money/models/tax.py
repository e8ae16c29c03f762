"""Taxes, their groups, and what replaces them for some customers."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.records.fields import FixedField, NameField
from sarnakh.records.models import Record


class TaxGroup(Record):
    """Taxes that share a row of the totals."""

    name = NameField(_("Tax group"), max_length=100)
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    preceding_subtotal = models.CharField(
        _("Subtotal before it"), max_length=100, blank=True, default=""
    )

    class Meta:
        verbose_name = _("Tax group")
        verbose_name_plural = _("Tax groups")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class Tax(Record):
    """A tax of one company; what it means stands in docs/pricing.md."""

    class Use(models.TextChoices):
        SALE = "sale", _("Sales")
        PURCHASE = "purchase", _("Purchases")
        NONE = "none", _("None")

    class Scope(models.TextChoices):
        ANY = "any", _("Goods and services")
        GOODS = "goods", _("Goods")
        SERVICES = "services", _("Services")

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percentage of the price")
        DIVISION = "division", _("Percentage of the price with tax")
        FIXED = "fixed", _("Fixed amount per unit")
        GROUP = "group", _("Several taxes")

    class Treatment(models.TextChoices):
        STANDARD = "standard", _("Standard")
        ZERO = "zero", _("Zero rate")
        EXEMPT = "exempt", _("Exempt")

    name = NameField(_("Tax"), max_length=100)
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    use = models.CharField(_("Used for"), max_length=8, choices=Use, default=Use.SALE)
    scope = models.CharField(
        _("Applies to"), max_length=8, choices=Scope, default=Scope.ANY
    )
    kind = models.CharField(
        _("Computation"), max_length=8, choices=Kind, default=Kind.PERCENT
    )
    # Per cent; for fixed taxes an amount in major units for one unit of the goods.
    amount = FixedField(_("Rate or amount"), default=Decimal(0))
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    group = models.ForeignKey(
        TaxGroup, models.PROTECT, related_name="taxes", verbose_name=_("Tax group")
    )
    children = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="+",
        verbose_name=_("Taxes of the group"),
    )
    label = models.CharField(
        _("Label on documents"), max_length=60, blank=True, default=""
    )
    is_included = models.BooleanField(_("Included in the price"), default=False)
    affects_later = models.BooleanField(_("Affects later taxes"), default=False)
    accepts_earlier = models.BooleanField(
        _("Base is affected by earlier taxes"), default=True
    )
    treatment = models.CharField(
        _("Treatment"), max_length=8, choices=Treatment, default=Treatment.STANDARD
    )
    # Taxes of one series follow each other: the rate of a new line is the one
    # that holds on the day of its document.
    series = models.SlugField(_("Series"), max_length=40, blank=True, default="")
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Tax")
        verbose_name_plural = _("Taxes")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "use", "scope", "name"), name="tax_name_unique"
            ),
        )
        indexes = (models.Index(fields=("company", "series"), name="tax_series"),)

    def __str__(self) -> str:
        return self.name


class FiscalPosition(Record):
    """Whose taxes are replaced by others: exports, free zones, exempt buyers."""

    name = NameField(_("Fiscal position"), max_length=100)
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    sequence = models.PositiveIntegerField(_("Order"), default=10)
    is_automatic = models.BooleanField(_("Found automatically"), default=False)
    # ISO codes with blanks between them: "AE SA"; empty for every country.
    countries = models.CharField(_("Countries"), max_length=300, blank=True, default="")
    state = models.CharField(_("State"), max_length=100, blank=True, default="")
    zip_from = models.CharField(
        _("Postal code from"), max_length=20, blank=True, default=""
    )
    zip_to = models.CharField(
        _("Postal code to"), max_length=20, blank=True, default=""
    )
    needs_tax_number = models.BooleanField(_("Needs a tax number"), default=False)
    note = models.TextField(_("Note on documents"), blank=True, default="")
    active = models.BooleanField(_("Active"), default=True)

    class Meta:
        verbose_name = _("Fiscal position")
        verbose_name_plural = _("Fiscal positions")
        ordering = ("sequence", "id")

    def __str__(self) -> str:
        return self.name


class TaxMapping(Record):
    """One tax becomes another, several (rows), or none."""

    position = models.ForeignKey(
        FiscalPosition,
        models.CASCADE,
        related_name="mappings",
        verbose_name=_("Fiscal position"),
    )
    source = models.ForeignKey(
        Tax, models.CASCADE, related_name="+", verbose_name=_("Tax")
    )
    destination = models.ForeignKey(
        Tax,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Replaced by"),
    )

    class Meta:
        verbose_name = _("Tax mapping")
        verbose_name_plural = _("Tax mappings")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.source} → {self.destination or '–'}"
