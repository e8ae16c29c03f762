"""What of orders is invoiced, what remains, and how much a customer may still owe."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.invoicing.payments.families import family
from sarnakh.invoicing.queries import owed
from sarnakh.money.conversion import converted
from sarnakh.sales.models import CustomerTerms, Order


@dataclass(frozen=True)
class Remaining:
    """In smallest units of the order, tax included."""

    invoiced: int
    remaining: int
    drafts: tuple[str, ...]
    has_advances: bool


def remaining(order: Order) -> Remaining:
    """What the dialog tells before an invoice is made."""
    rows = (
        InvoiceLine.objects.filter(order_lines__order=order)
        .exclude(invoice__state=Invoice.State.CANCELLED)
        .select_related("invoice")
        .distinct()
    )
    posted = 0
    drafts: dict[int, str] = {}
    advances = Decimal(0)
    for line in rows:
        invoice = line.invoice
        if invoice.state == Invoice.State.POSTED:
            posted += invoice.sign * line.total
        else:
            drafts[invoice.pk] = str(invoice)
        if line.is_downpayment:
            advances += invoice.sign * line.quantity
    return Remaining(
        invoiced=posted,
        remaining=order.total - posted,
        drafts=tuple(drafts.values()),
        has_advances=advances > 0,
    )


def invoice_ids(order: Order) -> list[int]:
    """The documents of an order, newest first."""
    found = InvoiceLine.objects.filter(order_lines__order=order)
    return sorted(set(found.values_list("invoice_id", flat=True)), reverse=True)


def exposure(contact: Contact, company: Company) -> int:
    """What a customer with their firm owes, with what of confirmed orders is still
    to be invoiced; in smallest units of the company."""
    people = family(contact.pk)
    open_orders = Order.objects.filter(
        customer__in=people,
        company=company,
        state=Order.State.SALE,
        amount_to_invoice__gt=0,
    ).values_list("amount_to_invoice", "rate", "currency")
    waiting = sum(
        converted(amount, Decimal(rate), currency, company.currency)
        for amount, rate, currency in open_orders
    )
    return owed(contact, company).total + waiting


def exposure_with(invoice: Invoice) -> int:
    """The same with a draft; what it takes over from orders counts once."""
    total = exposure(invoice.customer, invoice.company)
    if invoice.state != Invoice.State.DRAFT:
        return total
    lines = invoice.lines.exclude(
        Q(order_lines__order__state=Order.State.SALE)
    ).values_list("total", flat=True)
    own = converted(
        sum(lines), Decimal(invoice.rate), invoice.currency, invoice.company.currency
    )
    return total + invoice.sign * own


def credit_limit(contact: Contact, company: Company) -> int:
    """What was agreed with the contact, else with the firms above; 0 for no limit."""
    one: Contact | None = contact
    seen: set[int] = set()
    while one is not None and one.pk not in seen:
        seen.add(one.pk)
        found = CustomerTerms.objects.filter(contact=one, company=company).first()
        if found is not None:
            return found.credit_limit
        one = one.parent
    return 0
