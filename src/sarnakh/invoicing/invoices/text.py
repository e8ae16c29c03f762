"""What a search finds an invoice by."""

from sarnakh.invoicing.models import Invoice
from sarnakh.lib import text


def search_text(invoice: Invoice) -> str:
    """Number, customer, references and source document, folded."""
    return text.search_text(
        invoice.number,
        invoice.customer.name,
        invoice.reference,
        invoice.payment_reference,
        invoice.origin,
    )
