"""Rates of currencies."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.lib.money import CURRENCIES
from sarnakh.records.models import Record


class CurrencyRate(Record):
    """What one unit of a currency costs in the company's currency from a day on.

    A rate is the quotient of two amounts and no amount itself: it may be rounded.
    """

    company = models.ForeignKey(
        Company,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Company"),
    )
    currency = models.CharField(
        _("Currency"), max_length=3, choices=[(code, code) for code in CURRENCIES]
    )
    date = models.DateField(_("From"))
    price = models.DecimalField(
        _("Price of one unit"), max_digits=30, decimal_places=12, default=Decimal(1)
    )

    class Meta:
        verbose_name = _("Currency rate")
        verbose_name_plural = _("Currency rates")
        ordering = ("-date", "currency", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "currency", "date"), name="currency_rate_once_a_day"
            ),
            models.UniqueConstraint(
                fields=("currency", "date"),
                condition=models.Q(company=None),
                name="currency_rate_shared_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(price__gt=0), name="currency_rate_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"
