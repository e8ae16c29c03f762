"""Visits that were told, and payments of customers."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.models import Company
from sarnakh.lib.money import CURRENCIES
from sarnakh.records.fields import MoneyField


def _opaque() -> str:
    return secrets.token_urlsafe(24)


class PageView(models.Model):
    """A customer looked at a record on that day."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    day = models.DateField()
    is_told = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("record_type", "record_id", "day"), name="page_view_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} {self.day}"


class PaymentAttempt(models.Model):
    """A payment that a customer began online, or says to have made.

    `opaque` is what the provider sends back; `provider_reference` is the
    provider's own and unique, so that one payment never counts twice.
    """

    class State(models.TextChoices):
        STARTED = "started", pgettext_lazy("payment attempt", "Started")
        PENDING = "pending", pgettext_lazy("payment attempt", "Waiting for receipt")
        DONE = "done", pgettext_lazy("payment attempt", "Received")
        FAILED = "failed", pgettext_lazy("payment attempt", "Failed")
        REJECTED = "rejected", pgettext_lazy("payment attempt", "Not received")

    company = models.ForeignKey(
        Company, models.PROTECT, related_name="+", verbose_name=_("Company")
    )
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    # Customers know the document by its number, so do bank statements.
    reference = models.CharField(_("Payment reference"), max_length=60)
    provider = models.CharField(_("Method"), max_length=40)
    # The journal that offline payments come in by; rooms above know it.
    journal_id = models.BigIntegerField(null=True, blank=True)
    amount = MoneyField(_("Amount"))
    currency = models.CharField(
        max_length=3, choices=[(code, code) for code in CURRENCIES]
    )
    state = models.CharField(
        _("Status"), max_length=8, choices=State, default=State.STARTED
    )
    opaque = models.CharField(max_length=40, unique=True, default=_opaque)
    # What the customer tells us: number of a transfer, last digits of a card.
    note = models.CharField(
        _("Tracking number"), max_length=100, blank=True, default=""
    )
    provider_reference = models.CharField(max_length=100, blank=True, default="")
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("Created on"), default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Payment of a customer")
        verbose_name_plural = _("Payments of customers")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "provider_reference"),
                condition=~models.Q(provider_reference=""),
                name="payment_attempt_reference_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="payment_attempt_positive"
            ),
        )
        indexes = (
            models.Index(
                fields=("record_type", "record_id", "id"), name="payment_attempt_of"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"
