"""A quotation, order or pro-forma as a paper in the customer's language."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.models import Company
from sarnakh.discussion import files as kept
from sarnakh.invoicing.papers import parts
from sarnakh.lib.bidi import isolate, ltr
from sarnakh.lib.profile import Profile
from sarnakh.money.models import TradeSettings
from sarnakh.money.words import amount_in_words
from sarnakh.printing import render
from sarnakh.printing.papers import Block, Fact, Paper, Signature
from sarnakh.printing.prose import blocks
from sarnakh.records.rich_text import sanitized
from sarnakh.sales.models import Order

State = Order.State


def order_pdf(order: Order, *, is_pro_forma: bool = False) -> bytes:
    """The PDF as its customer reads it."""
    reader = parts.reader_of(order.customer, order.company)
    with translation.override(reader.language):
        made = paper(order, reader, is_pro_forma=is_pro_forma)
        return render("document", made, language=reader.language)


def title_of(order: Order, *, is_pro_forma: bool = False) -> str:
    """What kind of paper this is."""
    if is_pro_forma:
        return _("Pro-forma invoice")
    if order.state == State.CANCELLED:
        return _("Cancelled order")
    return _("Quotation") if order.is_quotation else pgettext("order", "Sales order")


def file_name(order: Order, *, is_pro_forma: bool = False) -> str:
    """Kind and number; in the language that is on."""
    title = title_of(order, is_pro_forma=is_pro_forma)
    return f"{title} {order.number}.pdf"


def lines_of(order: Order) -> list[Any]:
    """Lines as the customer sees them; down payments are no part of the offer."""
    return list(
        order.lines.filter(is_downpayment=False)
        .select_related("product", "unit")
        .order_by("sequence", "pk")
    )


def facts_of(order: Order, profile: Profile) -> list[Fact]:
    """Dates and references of the head."""
    day = profile.local(order.ordered_at).date()
    label = _("Date") if order.is_quotation else _("Order date")
    facts = [Fact(label, profile.date_text(day))]
    if order.expires_on and order.is_quotation:
        facts.append(Fact(_("Valid until"), profile.date_text(order.expires_on)))
    if order.promised_at:
        promised = profile.local(order.promised_at).date()
        facts.append(Fact(_("Delivery date"), profile.date_text(promised)))
    if order.customer_reference:
        facts.append(Fact(_("Customer reference"), isolate(order.customer_reference)))
    if order.salesperson:
        facts.append(Fact(_("Salesperson"), isolate(order.salesperson.name)))
    if order.payment_term:
        facts.append(Fact(_("Payment terms"), isolate(str(order.payment_term))))
    return facts


def terms_of(order: Order) -> str:
    """Terms as clean rich text: the order's own, else the company's."""
    if order.terms.strip():
        return sanitized(order.terms)
    return sanitized(company_terms(order.company))


def company_terms(company: Company) -> str:
    """The company's text of terms; empty when there is none."""
    return TradeSettings.of(company).terms


def signature_of(order: Order, profile: Profile) -> tuple[Signature | None, bytes]:
    """Who has accepted when, and the drawing."""
    if not order.signed_at:
        return None, b""
    try:
        image = kept.read_bytes(order.signature_digest)
    except FileNotFoundError:
        image = b""
    at = profile.date_text(profile.local(order.signed_at).date())
    name = isolate(order.signed_by)
    label = _("Accepted and signed by")
    return Signature(label, name, at, "signature" if image else ""), image


def paper(order: Order, profile: Profile, *, is_pro_forma: bool = False) -> Paper:
    """Everything of the layout; the language is on."""
    company = order.company
    made = parts.table(lines_of(order), company, order.currency, profile)
    others = []
    for address, label in (
        (order.invoice_address, _("Invoice address")),
        (order.delivery_address, _("Delivery address")),
    ):
        if address and address.pk != order.customer_id:
            others.append(parts.contact_party(address, label, profile))
    signature, image = signature_of(order, profile)
    pictures = parts.logo(company) | ({"signature": image} if image else {})
    return Paper(
        title=title_of(order, is_pro_forma=is_pro_forma),
        number=ltr(order.number),
        company=parts.company_party(company, profile),
        customer=parts.contact_party(order.customer, _("Customer"), profile),
        others=others,
        facts=facts_of(order, profile),
        columns=made.columns,
        rows=made.rows,
        totals=parts.totals_facts(
            made,
            untaxed=order.untaxed,
            total=order.total,
            currency=order.currency,
            profile=profile,
        ),
        in_words=amount_in_words(
            order.total, order.currency, profile.language, toman=profile.toman
        ),
        blocks=[Block(_("Terms and conditions"), blocks(terms_of(order)))],
        signature=signature,
        logo="logo" if company.logo_digest else "",
        footer=parts.footer(company, profile),
        digits=profile.digits,
        pictures=pictures,
    )
