"""Invoices, credit notes and their lines."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, Unit
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models.journal import Journal
from sarnakh.lib.money import CURRENCIES
from sarnakh.money.models import CashRounding, FiscalPosition, PaymentTerm, Tax
from sarnakh.money.models.lines import DocumentLine
from sarnakh.records.fields import MoneyField
from sarnakh.records.models import Record
from sarnakh.sources.models import Campaign, Medium, Source
from sarnakh.teams.models import Team


class Invoice(Record):
    """A demand for money or, as a credit note, money given back.

    Amounts of a credit note are positive; the `company_…` amounts carry the sign
    and stand in the currency of the company, so that sums need no conversion.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit-note", _("Credit note")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("invoice", "Draft")
        POSTED = "posted", pgettext_lazy("invoice", "Posted")
        CANCELLED = "cancelled", pgettext_lazy("invoice", "Cancelled")

    class PaymentState(models.TextChoices):
        NOT_PAID = "not-paid", _("Not paid")
        PARTIAL = "partial", _("Partly paid")
        IN_PAYMENT = "in-payment", _("In payment")
        PAID = "paid", _("Paid")
        REVERSED = "reversed", _("Reversed")

    kind = models.CharField(
        _("Kind"), max_length=11, choices=Kind, default=Kind.INVOICE, editable=False
    )
    # Empty until posted for the first time; kept for ever afterwards.
    number = models.CharField(
        pgettext_lazy("document", "Number"),
        max_length=40,
        blank=True,
        default="",
        editable=False,
    )
    state = models.CharField(
        _("Status"),
        max_length=9,
        choices=State,
        default=State.DRAFT,
        editable=False,
    )
    payment_state = models.CharField(
        _("Payment"),
        max_length=10,
        choices=PaymentState,
        default=PaymentState.NOT_PAID,
        editable=False,
    )
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="+", verbose_name=_("Journal")
    )
    customer = models.ForeignKey(
        Contact, models.PROTECT, related_name="invoices", verbose_name=_("Customer")
    )
    delivery_address = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Delivery address"),
    )
    invoice_date = models.DateField(_("Invoice date"), null=True, blank=True)
    accounting_date = models.DateField(_("Accounting date"), null=True, blank=True)
    due_date = models.DateField(_("Due date"), null=True, blank=True)
    payment_term = models.ForeignKey(
        PaymentTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Payment terms"),
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
    )
    # What one unit of the document's currency costs in the company's.
    rate = models.DecimalField(
        _("Currency rate"),
        max_digits=30,
        decimal_places=12,
        default=Decimal(1),
        editable=False,
    )
    payment_reference = models.CharField(
        _("Payment reference"), max_length=60, blank=True, default=""
    )
    reference = models.CharField(
        _("Customer reference"), max_length=100, blank=True, default=""
    )
    origin = models.CharField(
        _("Source document"), max_length=200, blank=True, default=""
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
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("Sales team"),
    )
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Campaign"),
    )
    medium = models.ForeignKey(
        Medium,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Medium"),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Source"),
    )
    referrer = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Referrer"),
    )
    fiscal_position = models.ForeignKey(
        FiscalPosition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Fiscal position"),
    )
    cash_rounding = models.ForeignKey(
        CashRounding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cash rounding"),
    )
    reversal_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reversals",
        verbose_name=_("Reversal of"),
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True, default="")
    note = models.TextField(_("Terms and notes"), blank=True, default="")
    untaxed = MoneyField(_("Untaxed amount"), editable=False)
    tax = MoneyField(_("Tax"), editable=False)
    rounding = MoneyField(_("Rounding"), editable=False)
    total = MoneyField(_("Total"), editable=False)
    residual = MoneyField(_("Amount due"), editable=False)
    company_untaxed = MoneyField(_("Untaxed amount (signed)"), editable=False)
    company_total = MoneyField(_("Total (signed)"), editable=False)
    company_residual = MoneyField(_("Amount due (signed)"), editable=False)
    # Asked to be posted on its own on this day, which is still to come.
    posts_on = models.DateField(_("Posts itself on"), null=True, editable=False)
    posted_at = models.DateTimeField(_("Posted on"), null=True, editable=False)
    sent_at = models.DateTimeField(_("Sent on"), null=True, editable=False)
    # Raised to take back every secret link to this document.
    link_generation = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)
    activity_today_from = models.DateTimeField(
        _("Next activity is due from"), null=True, blank=True, editable=False
    )
    activity_overdue_from = models.DateTimeField(
        _("Next activity is late from"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("Invoice")
        verbose_name_plural = _("Invoices")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "number"),
                condition=~Q(number=""),
                name="invoice_number_unique",
            ),
            models.CheckConstraint(
                condition=~Q(state="posted") | ~Q(number=""),
                name="invoice_posted_has_number",
            ),
            models.CheckConstraint(
                condition=Q(residual__gte=0), name="invoice_residual_not_negative"
            ),
        )
        indexes = (
            models.Index(
                fields=("team", "state", "accounting_date", "company_untaxed"),
                name="invoice_team_month",
            ),
            models.Index(
                fields=("customer", "state", "payment_state"), name="invoice_owed"
            ),
            models.Index(fields=("company", "-id"), name="invoice_list"),
            models.Index(fields=("salesperson", "-id"), name="invoice_mine"),
            models.Index(
                fields=("state", "payment_state", "due_date"), name="invoice_due"
            ),
            models.Index(
                fields=("posts_on",),
                condition=Q(posts_on__isnull=False),
                name="invoice_posts_on",
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()} *{self.pk}"

    @property
    def sign(self) -> int:
        """-1 for credit notes."""
        return -1 if self.kind == self.Kind.CREDIT_NOTE else 1


class InvoiceLine(DocumentLine):
    """A line of an invoice; orders point at it from above."""

    invoice = models.ForeignKey(
        Invoice, models.CASCADE, related_name="lines", verbose_name=_("Invoice")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Product"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Unit"),
    )
    taxes = models.ManyToManyField(
        Tax, blank=True, related_name="+", verbose_name=_("Taxes")
    )
    is_downpayment = models.BooleanField(default=False, editable=False)
    is_rounding = models.BooleanField(default=False, editable=False)
    # Added to what is computed: a fixed advance is met exactly, and the invoices of
    # parts of a line make up the line.
    base_correction = MoneyField(editable=False)
    tax_correction = MoneyField(editable=False)

    class Meta:
        verbose_name = _("Invoice line")
        verbose_name_plural = _("Invoice lines")
        ordering = ("sequence", "id")
        indexes = (
            models.Index(fields=("invoice", "sequence", "id"), name="invoice_line_of"),
        )

    def __str__(self) -> str:
        return self.description.partition("\n")[0]


class Installment(models.Model):
    """A part of a posted invoice with its day."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="installments")
    due_date = models.DateField()
    amount = MoneyField()

    class Meta:
        ordering = ("due_date", "id")

    def __str__(self) -> str:
        return f"{self.invoice} {self.due_date}"


class Reminder(models.Model):
    """That an overdue invoice was followed up at so many days; once for ever."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="+")
    days = models.IntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("invoice", "days"), name="invoice_reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.invoice} +{self.days}"
