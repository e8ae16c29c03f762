"""What we have agreed with a customer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models import ShippingMethod
from sarnakh.money.models import FiscalPosition, PaymentTerm
from sarnakh.pricing.models import Pricelist
from sarnakh.records.fields import MoneyField
from sarnakh.records.models import Record
from sarnakh.teams.models import Team


class CustomerTerms(Record):
    """Price list, terms, limits and warnings of one customer in one company."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="+", verbose_name=_("Customer")
    )
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    pricelist = models.ForeignKey(
        Pricelist,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Price list"),
    )
    payment_term = models.ForeignKey(
        PaymentTerm,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Payment terms"),
    )
    fiscal_position = models.ForeignKey(
        FiscalPosition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Fiscal position"),
    )
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Salesperson"),
    )
    team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Sales team"),
    )
    shipping_method = models.ForeignKey(
        ShippingMethod,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Shipping method"),
    )
    credit_limit = MoneyField(_("Credit limit"))
    warning = models.CharField(
        _("Warning on orders"),
        max_length=5,
        choices=Product.Notice,
        default=Product.Notice.NONE,
    )
    warning_text = models.TextField(_("Warning text"), blank=True, default="")

    class Meta:
        verbose_name = _("Terms of a customer")
        verbose_name_plural = _("Terms of customers")
        ordering = ("contact", "company")
        constraints = (
            models.UniqueConstraint(
                fields=("contact", "company"), name="customer_terms_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.contact)
