"""Coupons that an order has brought go to its customer by mail; managers edit the
words like those of every other letter."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.papers import parts
from sarnakh.mail import composing, purposes
from sarnakh.mail.purposes import Purpose
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Coupon, Order
from sarnakh.sales.preview.letters import recipients

CODE = "order-coupons"
WORDS = {
    "fa": (
        "{{ company }} – کوپن شما",
        "<p>سلام {{ customer }}،</p><p>از سفارش {{ number }} سپاسگزاریم. برای سفارش بعدی "
        "شما:</p><p><b>{{ codes }}</b></p><p>{{ company }}</p>",
    ),
    "ar": (
        "{{ company }} – قسيمتكم",
        "<p>مرحبا {{ customer }}،</p><p>شكرا على طلبكم {{ number }}. لطلبكم القادم:</p>"
        "<p><b>{{ codes }}</b></p><p>{{ company }}</p>",
    ),
    "en": (
        "{{ company }} – Your coupon",
        "<p>Hello {{ customer }},</p><p>thank you for your order {{ number }}. For your "
        "next one:</p><p><b>{{ codes }}</b></p><p>{{ company }}</p>",
    ),
}


def offer() -> None:
    """Register the letter; called once, when the room starts."""
    purposes.register(LETTER)


def send(order: Order, coupons: Sequence[Coupon], *, by: Actor) -> None:
    """One letter with all codes; without an address the order's history says so."""
    if composing.send_by_itself(order, CODE, by=by):
        return
    lines.tell(
        order,
        [_("Coupons were made, but the customer has no e-mail address: %(codes)s")
         % {"codes": "، ".join(one.code for one in coupons)}],
        by=by,
    )  # fmt: skip


def values(order: Order, language: str) -> Mapping[str, str]:
    """What stands for the placeholders, in the reader's language."""
    profile = parts.reader_of(order.customer, order.company)
    texts = []
    with override(language):
        for one in Coupon.objects.filter(order=order).order_by("pk"):
            until = (
                _("valid until %(day)s") % {"day": profile.date_text(one.expires_on)}
                if one.expires_on
                else ""
            )
            texts.append(f"{one.code} ({until})" if until else one.code)
    return {
        "number": order.number,
        "customer": order.customer.name,
        "company": order.company.name,
        "codes": "، ".join(texts) if language in {"fa", "ar"} else ", ".join(texts),
    }


LETTER = Purpose(
    code=CODE,
    label=gettext_lazy("Coupons of an order"),
    record_type="orders",
    placeholders={
        "number": gettext_lazy("Number"),
        "customer": gettext_lazy("Customer"),
        "company": gettext_lazy("Our company"),
        "codes": gettext_lazy("Codes"),
    },
    defaults=WORDS,
    values=values,
    company=lambda order: order.company,
    recipients=recipients,
    language=lambda order: parts.language_of(order.customer, order.company),
)
