"""Money that came in, and which invoices it settles."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models.invoice import Invoice
from sarnakh.invoicing.models.journal import Journal
from sarnakh.lib.money import CURRENCIES
from sarnakh.records.fields import MoneyField
from sarnakh.records.models import Record


class Payment(Record):
    """One payment of a customer, or to one (`is_refund`)."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("payment", "Draft")
        POSTED = "posted", pgettext_lazy("payment", "Posted")
        CANCELLED = "cancelled", pgettext_lazy("payment", "Cancelled")

    class ChequeState(models.TextChoices):
        NONE = "", "–"
        RECEIVED = "received", _("Received")
        DEPOSITED = "deposited", _("Deposited")
        CLEARED = "cleared", _("Cleared")
        BOUNCED = "bounced", _("Bounced")
        RETURNED = "returned", _("Returned")

    number = models.CharField(
        pgettext_lazy("document", "Number"),
        max_length=40,
        blank=True,
        default="",
        editable=False,
    )
    state = models.CharField(
        _("Status"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    is_refund = models.BooleanField(_("Refund"), default=False)
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="+", verbose_name=_("Journal")
    )
    customer = models.ForeignKey(
        Contact, models.PROTECT, related_name="payments", verbose_name=_("Customer")
    )
    date = models.DateField(_("Date"))
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="IRR",
        choices=[(code, code) for code in CURRENCIES],
    )
    rate = models.DecimalField(
        max_digits=30, decimal_places=12, default=Decimal(1), editable=False
    )
    amount = MoneyField(_("Amount"))
    # What no invoice has used yet.
    unallocated = MoneyField(_("Not allocated"), editable=False)
    memo = models.CharField(_("Memo"), max_length=200, blank=True, default="")
    # A stable outside reference: a payment provider's, or one given by hand.
    external_reference = models.CharField(
        _("Reference"), max_length=100, blank=True, default=""
    )
    cheque_number = models.CharField(
        _("Cheque number"), max_length=40, blank=True, default=""
    )
    cheque_bank = models.CharField(_("Bank"), max_length=60, blank=True, default="")
    cheque_branch = models.CharField(_("Branch"), max_length=60, blank=True, default="")
    sayad_id = models.CharField(_("Sayad ID"), max_length=16, blank=True, default="")
    cheque_due = models.DateField(_("Cheque due date"), null=True, blank=True)
    cheque_state = models.CharField(
        _("Cheque"),
        max_length=9,
        choices=ChequeState,
        blank=True,
        default="",
        editable=False,
    )

    class Meta:
        verbose_name = _("Payment")
        verbose_name_plural = _("Payments")
        ordering = ("-date", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "number"),
                condition=~Q(number=""),
                name="payment_number_unique",
            ),
            models.UniqueConstraint(
                fields=("journal", "external_reference"),
                condition=~Q(external_reference=""),
                name="payment_reference_unique",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, unallocated__gte=0),
                name="payment_amounts_positive",
            ),
        )
        indexes = (models.Index(fields=("customer", "-date"), name="payment_of"),)

    def __str__(self) -> str:
        return self.number or f"*{self.pk}"


class Allocation(models.Model):
    """So much of a payment, or of a credit note, settles an invoice."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="allocations")
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allocations",
    )
    credit_note = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="settlements",
    )
    # In the currency of the invoice.
    amount = MoneyField()
    is_write_off = models.BooleanField(default=False)
    label = models.CharField(max_length=200, blank=True, default="")
    date = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("date", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="allocation_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.invoice} ← {self.amount}"
