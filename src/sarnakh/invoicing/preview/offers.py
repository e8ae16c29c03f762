"""What the room gives to the pages of invoices and payments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.papers import parts
from sarnakh.invoicing.preview import actions, letters, views
from sarnakh.mail import purposes
from sarnakh.portal import payments
from sarnakh.portal.pages import Page, register
from sarnakh.screens import panels
from sarnakh.screens.screen import Button

PAGE = Page(
    purpose="invoice",
    record_type="invoices",
    find=views.find,
    is_open=views.is_open,
    company=lambda invoice: invoice.company,
    language=lambda invoice: parts.language_of(invoice.customer, invoice.company),
    customer=lambda invoice: invoice.customer.name,
    show=views.show,
    views={"pdf": views.pdf, "official": views.official},
    acts={"pay": views.pay, "transfer": views.transfer},
    listeners=actions.listeners,
)
INVOICE_BUTTONS = (
    Button(
        command="send-by-email",
        label=_("Send by email"),
        icon="mail",
        rank=30,
        visible=views.is_open,
        is_primary=lambda invoice: invoice.sent_at is None,
        url=lambda invoice: reverse("mail:write", args=["invoice", invoice.pk]),
    ),
    Button(
        command="customer-preview",
        label=_("Customer preview"),
        icon="eye",
        rank=40,
        verb="read",
        visible=views.is_open,
        url=lambda invoice: reverse("invoicing:preview", args=[invoice.pk]),
    ),
    Button(
        command="print",
        label=_("Print"),
        icon="printer",
        rank=45,
        verb="read",
        url=lambda invoice: reverse("invoicing:print", args=[invoice.pk]),
    ),
    Button(
        command="print-official",
        label=_("Print official invoice"),
        icon="printer",
        place="gear",
        verb="read",
        visible=lambda invoice: (
            invoice.state == Invoice.State.POSTED and invoice.company.country == "IR"
        ),
        url=lambda invoice: (
            reverse("invoicing:print", args=[invoice.pk]) + "?official=1"
        ),
    ),
)
PAYMENT_BUTTONS = (
    Button(
        command="print-receipt",
        label=_("Print receipt"),
        icon="printer",
        verb="read",
        visible=lambda payment: payment.state == "posted",
        url=lambda payment: reverse("invoicing:receipt", args=[payment.pk]),
    ),
    Button(
        command="send-receipt",
        label=_("Send by email"),
        icon="mail",
        visible=lambda payment: payment.state == "posted",
        url=lambda payment: reverse("mail:write", args=["payment-receipt", payment.pk]),
    ),
)
CONTACT_BUTTONS = (
    Button(
        command="statement",
        label=_("Statement of account"),
        icon="file-text",
        place="gear",
        verb="read",
        may=lambda contact, actor: sees_all(actor),
        url=lambda contact: reverse("invoicing:statement", args=[contact.pk]),
    ),
)


def sees_all(actor: object) -> bool:
    """Statements are for people who see every invoice."""
    from sarnakh.accounts.roles import Role

    has = actor.has  # type: ignore[attr-defined]
    return bool(has(Role.SALES_ALL) or has(Role.BILLING))


def offer() -> None:
    """Called once, when the room starts."""
    register(PAGE)
    for purpose in letters.PURPOSES:
        purposes.register(purpose)
    payments.on_payment(
        payments.Handler(
            record_type="invoices",
            purpose="invoice",
            received=actions.received,
            announced=actions.announced,
            rejected=actions.rejected,
        )
    )
    panels.add_buttons("invoices", *INVOICE_BUTTONS)
    panels.add_buttons("payments", *PAYMENT_BUTTONS)
    panels.add_buttons("contacts", *CONTACT_BUTTONS)
