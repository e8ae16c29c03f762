"""Doors from orders to invoices."""

from sarnakh.sales.billing.commands import create_invoice
from sarnakh.sales.billing.creating import create_invoices
from sarnakh.sales.billing.figures import refresh

__all__ = ["create_invoice", "create_invoices", "refresh"]
