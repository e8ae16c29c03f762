"""Journals, invoices, payments and what settles what."""

from sarnakh.invoicing.models.invoice import (
    Installment,
    Invoice,
    InvoiceLine,
    Reminder,
)
from sarnakh.invoicing.models.journal import Journal
from sarnakh.invoicing.models.payment import Allocation, Payment

__all__ = [
    "Allocation",
    "Installment",
    "Invoice",
    "InvoiceLine",
    "Journal",
    "Payment",
    "Reminder",
]
