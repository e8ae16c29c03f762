"""What letters about orders say, and to whom they go."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.papers import parts
from sarnakh.lib.money import format_money
from sarnakh.mail.purposes import Attachment, Purpose, Recipient
from sarnakh.portal import links
from sarnakh.sales import errors
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.papers.orders import file_name, order_pdf, title_of
from sarnakh.sales.preview import standing

PLACEHOLDERS = {
    "document": gettext_lazy("Kind of document"),
    "number": gettext_lazy("Number"),
    "customer": gettext_lazy("Customer"),
    "company": gettext_lazy("Our company"),
    "total": gettext_lazy("Total"),
    "expires": gettext_lazy("Valid until"),
    "salesperson": gettext_lazy("Salesperson"),
}
OFFER = {
    "fa": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>سلام {{ customer }}،</p><p>{{ document }} شمارهٔ {{ number }} به مبلغ {{ total }} "
        "پیوست این نامه است. با دکمهٔ زیر می‌توانید آن را برخط ببینید، پرسش خود را بنویسید "
        "و به آن پاسخ دهید.</p><p>با سپاس<br>{{ salesperson }}</p>",
    ),
    "ar": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>مرحبا {{ customer }}،</p><p>تجدون مرفقا {{ document }} رقم {{ number }} بمبلغ "
        "{{ total }}. يمكنكم بالزر أدناه الاطلاع عليه وطرح الأسئلة والرد عليه.</p>"
        "<p>مع الشكر<br>{{ salesperson }}</p>",
    ),
    "en": (
        "{{ company }} – {{ document }} {{ number }}",
        "<p>Hello {{ customer }},</p><p>attached is our {{ document }} {{ number }} over "
        "{{ total }}. With the button below you can read it online, ask questions and "
        "answer it.</p><p>Kind regards<br>{{ salesperson }}</p>",
    ),
}
CONFIRMATION = {
    "fa": (
        "{{ company }} – تأیید سفارش {{ number }}",
        "<p>سلام {{ customer }}،</p><p>سفارش {{ number }} به مبلغ {{ total }} تأیید شد. "
        "نسخهٔ آن پیوست است. از اعتماد شما سپاسگزاریم.</p><p>{{ company }}</p>",
    ),
    "ar": (
        "{{ company }} – تأكيد الطلب {{ number }}",
        "<p>مرحبا {{ customer }}،</p><p>تم تأكيد الطلب {{ number }} بمبلغ {{ total }}، "
        "ونسخته مرفقة. نشكركم على ثقتكم.</p><p>{{ company }}</p>",
    ),
    "en": (
        "{{ company }} – Confirmation of order {{ number }}",
        "<p>Hello {{ customer }},</p><p>order {{ number }} over {{ total }} is confirmed; "
        "a copy is attached. Thank you for your trust.</p><p>{{ company }}</p>",
    ),
}
PAYMENT = {
    "fa": (
        "{{ company }} – دریافت پرداخت برای {{ number }}",
        "<p>سلام {{ customer }}،</p><p>پرداخت شما برای {{ document }} {{ number }} دریافت شد. "
        "سپاسگزاریم.</p><p>{{ company }}</p>",
    ),
    "ar": (
        "{{ company }} – استلام دفعة للمستند {{ number }}",
        "<p>مرحبا {{ customer }}،</p><p>استلمنا دفعتكم عن {{ document }} {{ number }}. "
        "شكرا لكم.</p><p>{{ company }}</p>",
    ),
    "en": (
        "{{ company }} – Payment received for {{ number }}",
        "<p>Hello {{ customer }},</p><p>we have received your payment for {{ document }} "
        "{{ number }}. Thank you.</p><p>{{ company }}</p>",
    ),
}


def values(order: Order, language: str) -> Mapping[str, str]:
    """What stands for the placeholders, in the reader's language."""
    profile = parts.reader_of(order.customer, order.company)
    expires = order.expires_on
    seller = order.salesperson.name if order.salesperson else order.company.name
    return {
        "document": title_of(order),
        "number": order.number,
        "customer": order.customer.name,
        "company": order.company.name,
        "total": format_money(order.total, order.currency, profile),
        "expires": profile.date_text(expires) if expires else "",
        "salesperson": seller,
    }


def recipients(order: Order) -> Sequence[Recipient]:
    """The customer; else the firm or the invoice address."""
    return first_with_address(
        order.customer, order.invoice_address, order.customer.parent
    )


def first_with_address(*contacts: Contact | None) -> Sequence[Recipient]:
    """Whoever has an address first."""
    return [Recipient(one.email, one.name) for one in contacts if one and one.email][:1]


def attachments(order: Order, language: str) -> Sequence[Attachment]:
    """The document as PDF."""
    return [Attachment(file_name(order), order_pdf(order))]


def pro_forma(order: Order, language: str) -> Sequence[Attachment]:
    """The document as pro-forma invoice."""
    name = file_name(order, is_pro_forma=True)
    return [Attachment(name, order_pdf(order, is_pro_forma=True))]


def summary(order: Order, language: str) -> Sequence[tuple[str, str]]:
    """Number, total, last day: above the text."""
    found = values(order, language)
    rows = [(found["document"], found["number"])]
    if order.total:
        rows.append((_("Total"), found["total"]))
    if order.expires_on and order.is_quotation:
        rows.append((_("Valid until"), found["expires"]))
    return rows


def link(order: Order) -> str:
    """The customer's page; none where it is closed."""
    return links.url("order", order, "orders") if standing.is_open(order) else ""


def link_label(order: Order, language: str) -> str:
    """What is asked of the customer."""
    now = standing.of(order)
    if now.may_sign:
        return _("Read, sign and pay") if now.needed else _("Read and sign")
    return _("Read and pay") if now.may_pay else _("Read online")


def refuse_cancelled(order: Order, by: Actor) -> None:
    """Nobody is sent what was given up."""
    if order.state == Order.State.CANCELLED:
        raise errors.is_cancelled(order.number)


def refuse_invoiced(order: Order, by: Actor) -> None:
    """A pro-forma invoice makes sense before there is an invoice."""
    refuse_cancelled(order, by)
    if order.lines.filter(invoice_lines__isnull=False).exists():
        raise errors.WrongState(
            _("%(number)s has an invoice already.") % {"number": order.number},
            "has-invoice",
        )


def _purpose(code: str, label: object, defaults: object, **more: object) -> Purpose:
    given = {
        "code": code,
        "label": label,
        "record_type": "orders",
        "placeholders": PLACEHOLDERS,
        "defaults": defaults,
        "values": values,
        "company": lambda order: order.company,
        "recipients": recipients,
        "language": lambda order: parts.language_of(order.customer, order.company),
        "attachments": attachments,
        "summary": summary,
        "link": link,
        "link_label": link_label,
        "allowed": refuse_cancelled,
    }
    return Purpose(**{**given, **more})  # type: ignore[arg-type]


PURPOSES = (
    _purpose("order", gettext_lazy("Quotation or order"), OFFER, sent=orders.note_sent),
    _purpose(
        "pro-forma",
        gettext_lazy("Pro-forma invoice"),
        OFFER,
        attachments=pro_forma,
        link_label=lambda order, language: "",
        allowed=refuse_invoiced,
        sent=orders.note_sent,
    ),
    _purpose("order-confirmation", gettext_lazy("Order confirmation"), CONFIRMATION),
    _purpose(
        "order-payment",
        gettext_lazy("Payment received"),
        PAYMENT,
        attachments=lambda order, language: (),
    ),
)
