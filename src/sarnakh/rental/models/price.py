"""What renting a product costs, and on which terms."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sarnakh.catalog.models import Product
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import FixedField
from sarnakh.records.models import Record


class RentalPrice(Record):
    """So much for each so many hours, days, weeks, months or years.

    The price is in the currency of the price list, else of the company.
    """

    class Unit(models.TextChoices):
        HOUR = "hour", _("Hours")
        DAY = "day", _("Days")
        WEEK = "week", _("Weeks")
        MONTH = "month", _("Months")
        YEAR = "year", _("Years")

    product = models.ForeignKey(
        Product,
        models.CASCADE,
        related_name="rental_prices",
        verbose_name=_("Product"),
    )
    duration = models.PositiveIntegerField(_("Duration"), default=1)
    unit = models.CharField(_("Unit"), max_length=5, choices=Unit, default=Unit.DAY)
    price = FixedField(_("Price"), default=Decimal(0))
    pricelist = models.ForeignKey(
        Pricelist,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Price list"),
    )

    class Meta:
        verbose_name = _("Rental price")
        verbose_name_plural = _("Rental prices")
        ordering = ("product", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(duration__gte=1, price__gte=0),
                name="rental_price_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.duration} {self.get_unit_display()}"


class RentalTerms(Record):
    """Late fees, time between rentals, shortest rental, deposit of a product."""

    product = models.OneToOneField(
        Product,
        models.CASCADE,
        related_name="rental_terms",
        verbose_name=_("Product"),
    )
    hour_fee = FixedField(_("Late fee per hour"), default=Decimal(0))
    day_fee = FixedField(_("Late fee per day"), default=Decimal(0))
    # Empty: as the company says.
    padding_hours = FixedField(
        _("Time between rentals (hours)"), null=True, blank=True, default=None
    )
    min_hours = FixedField(_("Shortest rental (hours)"), default=Decimal(0))
    deposit_product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Deposit"),
        help_text=_("A service without tax, added for each rented unit."),
    )

    class Meta:
        verbose_name = _("Rental terms")
        verbose_name_plural = _("Rental terms")
        ordering = ("product",)
        constraints = (
            models.CheckConstraint(
                condition=Q(hour_fee__gte=0, day_fee__gte=0, min_hours__gte=0),
                name="rental_terms_not_negative",
            ),
        )

    def __str__(self) -> str:
        return str(self.product)
