"""What the room gives to the pages of orders: page, letters, buttons."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.discussion import files
from sarnakh.discussion.words import EVENTS
from sarnakh.invoicing.papers import parts
from sarnakh.mail import purposes
from sarnakh.portal import payments
from sarnakh.portal.pages import Page, register
from sarnakh.sales.models import Order
from sarnakh.sales.preview import actions, letters, standing, views
from sarnakh.screens import panels
from sarnakh.screens.screen import Button

State = Order.State
PAGE = Page(
    purpose="order",
    record_type="orders",
    find=views.find,
    is_open=standing.is_open,
    company=lambda order: order.company,
    language=lambda order: parts.language_of(order.customer, order.company),
    customer=lambda order: order.customer.name,
    show=views.show,
    views={"pdf": views.pdf, "signature": views.signature},
    acts={
        "accept": views.accept,
        "decline": views.decline,
        "option": views.option,
        "pay": views.pay,
        "transfer": views.transfer,
    },
    listeners=actions.listeners,
)
BUTTONS = (
    Button(
        command="send-by-email",
        label=_("Send by email"),
        icon="mail",
        rank=10,
        is_primary=lambda order: order.state == State.DRAFT,
        visible=lambda order: order.state != State.CANCELLED,
        url=lambda order: reverse("mail:write", args=["order", order.pk]),
    ),
    Button(
        command="customer-preview",
        label=_("Customer preview"),
        icon="eye",
        rank=40,
        visible=standing.is_open,
        url=lambda order: reverse("sales:preview", args=[order.pk]),
    ),
    Button(
        command="print",
        label=_("Print"),
        icon="printer",
        rank=50,
        verb="read",
        url=lambda order: reverse("sales:print", args=[order.pk]),
    ),
    Button(
        command="print-pro-forma",
        label=_("Print pro-forma"),
        icon="printer",
        place="gear",
        verb="read",
        visible=lambda order: order.state != State.CANCELLED,
        url=lambda order: reverse("sales:print", args=[order.pk]) + "?pro-forma=1",
    ),
    Button(
        command="send-pro-forma",
        label=_("Send pro-forma by email"),
        icon="mail",
        place="gear",
        visible=lambda order: order.state != State.CANCELLED,
        url=lambda order: reverse("mail:write", args=["pro-forma", order.pk]),
    ),
)


def offer() -> None:
    """Called once, when the room starts."""
    register(PAGE)
    for purpose in letters.PURPOSES:
        purposes.register(purpose)
    payments.on_payment(
        payments.Handler(
            record_type="orders",
            purpose="order",
            received=actions.received,
            announced=actions.announced,
            rejected=actions.rejected,
        )
    )
    EVENTS["signed"] = pgettext_lazy("event", "Signed")
    files.KEEPERS.append(actions.signature_digests)
    panels.add_buttons("orders", *BUTTONS)
