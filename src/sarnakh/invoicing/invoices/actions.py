"""Everything that an invoice or a credit note can do."""

from collections.abc import Sequence

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.invoices.creation import create, create_many, create_records
from sarnakh.invoicing.invoices.crediting import credit, credit_by_values
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.invoices.editing import change
from sarnakh.invoicing.invoices.posting import post
from sarnakh.invoicing.invoices.taking_back import (
    cancel,
    cancel_draft,
    delete,
    reset_to_draft,
)
from sarnakh.invoicing.models import Invoice

__all__ = [
    "InvoiceDraft",
    "LineDraft",
    "cancel",
    "cancel_draft",
    "change",
    "create",
    "create_many",
    "create_records",
    "credit",
    "credit_by_values",
    "delete",
    "post",
    "post_many",
    "post_one",
    "reset_to_draft",
]


def post_one(invoice: Invoice, *, by: Actor) -> Invoice:
    """The command of one document."""
    return post([invoice], by=by)[0]


def post_many(invoices: Sequence[Invoice], *, by: Actor) -> int:
    """The bulk action; returns how many there were."""
    return len(post(invoices, by=by))
