"""How a company trades: rounding, validity, policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.models import Company
from sarnakh.money.models.rounding import CashRounding
from sarnakh.money.models.tax import Tax
from sarnakh.records.fields import FixedField, RichTextField
from sarnakh.records.models import Record


class TradeSettings(Record):
    """One row for each company; rooms above read what concerns them."""

    class TaxRounding(models.TextChoices):
        LINE = "line", _("Per line")
        DOCUMENT = "document", _("Per document")

    class InvoicePolicy(models.TextChoices):
        ORDERED = "ordered", _("Ordered quantities")
        DELIVERED = "delivered", _("Delivered quantities")

    class TargetBasis(models.TextChoices):
        POSTED = "posted", _("Posted invoices")
        PAID = "paid", _("Paid invoices")

    class TermsMode(models.TextChoices):
        TEXT = "text", _("Text on the document")
        LINK = "link", _("Link to a page")

    class Backorders(models.TextChoices):
        ASK = "ask", _("Ask")
        ALWAYS = "always", _("Always")
        NEVER = "never", _("Never")

    class Reservation(models.TextChoices):
        CONFIRMATION = "confirmation", _("At confirmation")
        MANUAL = "manual", _("By hand")

    class Winning(models.TextChoices):
        ASK = "ask", _("Ask")
        AUTOMATIC = "automatic", _("Automatically")
        NEVER = "never", _("Never")

    company = models.OneToOneField(
        Company, models.CASCADE, related_name="+", verbose_name=_("Company")
    )
    tax_rounding = models.CharField(
        _("Rounding of taxes"),
        max_length=8,
        choices=TaxRounding,
        default=TaxRounding.LINE,
    )
    invoice_policy = models.CharField(
        _("Invoice"),
        max_length=9,
        choices=InvoicePolicy,
        default=InvoicePolicy.ORDERED,
    )
    locks_confirmed = models.BooleanField(_("Lock confirmed orders"), default=False)
    validity_days = models.PositiveIntegerField(
        _("Days a quotation is valid"), default=30
    )
    asks_signature = models.BooleanField(_("Online signature"), default=True)
    asks_payment = models.BooleanField(_("Online payment"), default=False)
    prepayment_percent = FixedField(_("Prepayment (%)"), default=100)
    terms_mode = models.CharField(
        _("Terms and conditions"),
        max_length=4,
        choices=TermsMode,
        default=TermsMode.LINK,
    )
    terms = RichTextField(_("Text of the terms"), blank=True, default="")
    backorders = models.CharField(
        _("Backorders"), max_length=6, choices=Backorders, default=Backorders.ASK
    )
    reservation = models.CharField(
        _("Reservation"),
        max_length=12,
        choices=Reservation,
        default=Reservation.CONFIRMATION,
    )
    security_days = models.PositiveIntegerField(
        _("Days before the promised date"), default=0
    )
    rental_tolerance_hours = FixedField(_("Late fees begin after (hours)"), default=2)
    rental_padding_hours = FixedField(_("Time between rentals (hours)"), default=0)
    wins_on_confirmation = models.CharField(
        _("Mark the opportunity as won on confirmation"),
        max_length=9,
        choices=Winning,
        default=Winning.ASK,
    )
    target_basis = models.CharField(
        _("Invoicing targets count"),
        max_length=6,
        choices=TargetBasis,
        default=TargetBasis.POSTED,
    )
    invoices_online_payments = models.BooleanField(
        _("Invoice online payments automatically"), default=False
    )
    salespeople_make_products = models.BooleanField(
        _("Salespeople may create products"), default=True
    )
    blocks_over_credit = models.BooleanField(
        _("Block confirmation beyond the credit limit"), default=False
    )
    default_tax = models.ForeignKey(
        Tax,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tax of new products"),
    )
    cash_rounding = models.ForeignKey(
        CashRounding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cash rounding"),
    )

    class Meta:
        verbose_name = _("Trade settings")
        verbose_name_plural = _("Trade settings")

    def __str__(self) -> str:
        return str(self.company)

    @classmethod
    def of(cls, company: Company) -> "TradeSettings":
        """The company's row, or the defaults while nobody saved any."""
        return cls.objects.filter(company=company).first() or cls(company=company)
