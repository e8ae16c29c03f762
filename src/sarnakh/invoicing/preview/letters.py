"""What letters about invoices and payments say, and to whom they go."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.errors import NotPosted
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.papers import parts
from sarnakh.invoicing.papers.invoices import invoice_pdf, title_of
from sarnakh.invoicing.papers.receipts import receipt_pdf
from sarnakh.invoicing.preview import actions
from sarnakh.lib.money import format_money
from sarnakh.mail.purposes import Attachment, Purpose, Recipient
from sarnakh.portal import links

PLACEHOLDERS = {
    "document": gettext_lazy("Kind of document"),
    "number": gettext_lazy("Number"),
    "customer": gettext_lazy("Customer"),
    "company": gettext_lazy("Our company"),
    "total": gettext_lazy("Total"),
    "due": gettext_lazy("Amount due"),
    "due_date": gettext_lazy("Due date"),
    "salesperson": gettext_lazy("Salesperson"),
}
INVOICE = {
    "fa": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>سلام {{ customer }}،</p><p>{{ document }} شمارهٔ {{ number }} به مبلغ {{ total }} "
        "پیوست است. مبلغ قابل پرداخت {{ due }} و سررسید آن {{ due_date }} است.</p>"
        "<p>با سپاس<br>{{ salesperson }}</p>",
    ),
    "ar": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>مرحبا {{ customer }}،</p><p>تجدون مرفقا {{ document }} رقم {{ number }} بمبلغ "
        "{{ total }}. المبلغ المستحق {{ due }} في {{ due_date }}.</p>"
        "<p>مع الشكر<br>{{ salesperson }}</p>",
    ),
    "en": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>Hello {{ customer }},</p><p>attached is {{ document }} {{ number }} over "
        "{{ total }}. The amount of {{ due }} is due on {{ due_date }}.</p>"
        "<p>Kind regards<br>{{ salesperson }}</p>",
    ),
}
RECEIPT = {
    "fa": (
        "{{ company }} – رسید پرداخت {{ number }}",
        "<p>سلام {{ customer }}،</p><p>رسید دریافت {{ total }} پیوست است. سپاسگزاریم.</p>"
        "<p>{{ company }}</p>",
    ),
    "ar": (
        "{{ company }} – إيصال دفع {{ number }}",
        "<p>مرحبا {{ customer }}،</p><p>مرفق إيصال استلام {{ total }}. شكرا لكم.</p>"
        "<p>{{ company }}</p>",
    ),
    "en": (
        "{{ company }} – Payment receipt {{ number }}",
        "<p>Hello {{ customer }},</p><p>attached is the receipt for {{ total }}. "
        "Thank you.</p><p>{{ company }}</p>",
    ),
}


def values(invoice: Invoice, language: str) -> Mapping[str, str]:
    """What stands for the placeholders, in the reader's language."""
    profile = parts.reader_of(invoice.customer, invoice.company)
    seller = invoice.salesperson.name if invoice.salesperson else invoice.company.name
    due_date = invoice.due_date
    return {
        "document": title_of(invoice),
        "number": invoice.number,
        "customer": invoice.customer.name,
        "company": invoice.company.name,
        "total": format_money(invoice.total, invoice.currency, profile),
        "due": format_money(invoice.residual, invoice.currency, profile),
        "due_date": profile.date_text(due_date) if due_date else "–",
        "salesperson": seller,
    }


def recipients(invoice: Invoice) -> Sequence[Recipient]:
    """The customer, else its firm."""
    people = (invoice.customer, invoice.customer.parent)
    return [Recipient(one.email, one.name) for one in people if one and one.email][:1]


def summary(invoice: Invoice, language: str) -> Sequence[tuple[str, str]]:
    """Number, total, and what is due when."""
    found = values(invoice, language)
    rows = [(found["document"], found["number"]), (_("Total"), found["total"])]
    if invoice.residual and invoice.due_date:
        rows += [(_("Amount due"), found["due"]), (_("Due date"), found["due_date"])]
    return rows


def attachments(invoice: Invoice, language: str) -> Sequence[Attachment]:
    """The invoice as PDF."""
    name = f"{title_of(invoice)} {invoice.number.replace('/', '-')}.pdf"
    return [Attachment(name, invoice_pdf(invoice))]


def refuse_unposted(invoice: Invoice, by: Actor) -> None:
    """Drafts are nobody's business."""
    if invoice.state != Invoice.State.POSTED:
        raise NotPosted(str(invoice))


def link_label(invoice: Invoice, language: str) -> str:
    """What is asked of the customer."""
    return _("Read and pay") if invoice.residual else _("Read online")


PAYMENT_PLACEHOLDERS = {
    name: PLACEHOLDERS[name] for name in ("number", "customer", "company", "total")
}


def payment_values(payment: Payment, language: str) -> Mapping[str, str]:
    """The same for a payment."""
    profile = parts.reader_of(payment.customer, payment.company)
    return {
        "number": payment.number,
        "customer": payment.customer.name,
        "company": payment.company.name,
        "total": format_money(payment.amount, payment.currency, profile),
    }


def payer(payment: Payment) -> Sequence[Recipient]:
    """Whoever has paid."""
    people = (payment.customer, payment.customer.parent)
    return [Recipient(one.email, one.name) for one in people if one and one.email][:1]


def receipts(payment: Payment, language: str) -> Sequence[Attachment]:
    """The receipt as PDF."""
    number = payment.number.replace("/", "-")
    return [Attachment(f"{_('Payment receipt')} {number}.pdf", receipt_pdf(payment))]


PURPOSES = (
    Purpose(
        code="invoice",
        label=gettext_lazy("Invoice"),
        record_type="invoices",
        placeholders=PLACEHOLDERS,
        defaults=INVOICE,
        values=values,
        company=lambda invoice: invoice.company,
        recipients=recipients,
        language=lambda invoice: parts.language_of(invoice.customer, invoice.company),
        attachments=attachments,
        summary=summary,
        link=lambda invoice: links.url("invoice", invoice, "invoices"),
        link_label=link_label,
        sent=actions.note_sent,
        allowed=refuse_unposted,
    ),
    Purpose(
        code="payment-receipt",
        label=gettext_lazy("Payment receipt"),
        record_type="payments",
        placeholders=PAYMENT_PLACEHOLDERS,
        defaults=RECEIPT,
        values=payment_values,
        company=lambda payment: payment.company,
        recipients=payer,
        language=lambda payment: parts.language_of(payment.customer, payment.company),
        attachments=receipts,
    ),
)
