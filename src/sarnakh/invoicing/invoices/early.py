"""What early payment saves."""

import datetime as dt

from sarnakh.invoicing.models import Invoice
from sarnakh.money.terms import plan
from sarnakh.money.terms import queries as terms


def offer(invoice: Invoice) -> plan.Early | None:
    """The reduced amount and until when, while nothing has been paid yet."""
    if (
        invoice.state != Invoice.State.POSTED
        or invoice.kind != Invoice.Kind.INVOICE
        or invoice.payment_term_id is None
        or invoice.residual != invoice.total
        or invoice.invoice_date is None
    ):
        return None
    rule = terms.rule(invoice.payment_term)
    return plan.early(invoice.total, invoice.untaxed, rule, invoice.invoice_date)


def early_discount(invoice: Invoice, on: dt.date) -> int:
    """How much less settles it on a day."""
    found = offer(invoice)
    if found is None or on > found.until:
        return 0
    return max(0, invoice.residual - found.amount)
