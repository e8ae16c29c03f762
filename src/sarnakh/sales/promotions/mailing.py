"""Coupons that an order has brought go to its customer by mail."""

from collections.abc import Sequence
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from sarnakh.accounts.actor import Actor
from sarnakh.lib import email as addresses
from sarnakh.lib.profile import speaking
from sarnakh.mail import actions as mail
from sarnakh.mail.purposes import Recipient
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Coupon, Order


def send(order: Order, coupons: Sequence[Coupon], *, by: Actor) -> None:
    """One letter with all codes; without an address the order's history says so."""
    customer = order.customer
    address = customer.email
    if not address or addresses.quality(address) != "correct":
        lines.tell(
            order,
            [_("Coupons were made, but the customer has no e-mail address: %(codes)s")
             % {"codes": "، ".join(one.code for one in coupons)}],
            by=by,
        )  # fmt: skip
        return
    language = customer.language or order.company.language
    with override(language):
        subject = _("Your coupon of %(company)s") % {"company": order.company.name}
        body = _body(order, coupons, language)
    mail.queue(
        [Recipient(address, customer.name)],
        subject=subject,
        body=body,
        company=order.company,
        language=language,
        record=order,
        record_type="orders",
        is_automatic=True,
        by=by,
    )


def _body(order: Order, coupons: Sequence[Coupon], language: str) -> str:
    profile = speaking(order.company.profile(), language)
    thanks = _("Thank you for your order %(number)s. For your next one:") % {
        "number": order.number
    }
    rows = []
    for one in coupons:
        text = f"<b>{escape(one.code)}</b> · {escape(one.program.name)}"
        if one.expires_on:
            day = profile.date_text(one.expires_on)
            text += " · " + escape(_("valid until %(day)s") % {"day": day})
        rows.append(f"<li>{text}</li>")
    return f"<p>{escape(thanks)}</p><ul>{''.join(rows)}</ul>"
