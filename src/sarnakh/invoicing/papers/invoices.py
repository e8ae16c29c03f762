"""An invoice or credit note as a paper, standard or official."""

from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.papers import parts
from sarnakh.lib.bidi import isolate, ltr
from sarnakh.lib.digits import localize
from sarnakh.lib.money import CURRENCIES, format_money
from sarnakh.lib.profile import Profile, speaking
from sarnakh.money.documents import amount_before_discount
from sarnakh.money.words import amount_in_words
from sarnakh.printing import render
from sarnakh.printing.papers import Block, Column, Fact, Paper, Row
from sarnakh.printing.prose import plain

OFFICIAL = "fa"


def invoice_pdf(invoice: Invoice) -> bytes:
    """The standard layout in the customer's language."""
    reader = parts.reader_of(invoice.customer, invoice.company)
    with translation.override(reader.language):
        return render("document", paper(invoice, reader), language=reader.language)


def official_pdf(invoice: Invoice) -> bytes:
    """«صورتحساب فروش کالا و خدمات»: Persian, in rials, on a wide page."""
    with translation.override(OFFICIAL):
        return render("official", official(invoice), language=OFFICIAL)


def title_of(invoice: Invoice) -> str:
    """What kind of paper this is."""
    if invoice.state == Invoice.State.DRAFT:
        if invoice.kind == Invoice.Kind.CREDIT_NOTE:
            return _("Draft credit note")
        return _("Draft invoice")
    return str(invoice.get_kind_display())


def lines_of(invoice: Invoice) -> list[Any]:
    """Lines with what a paper shows of them; one statement."""
    return list(
        invoice.lines.select_related("product", "unit").order_by("sequence", "pk")
    )


def facts_of(invoice: Invoice, profile: Profile) -> list[Fact]:
    """Dates and references of the head."""
    facts = []
    if invoice.invoice_date:
        facts.append(Fact(_("Invoice date"), profile.date_text(invoice.invoice_date)))
    if invoice.due_date:
        facts.append(Fact(_("Due date"), profile.date_text(invoice.due_date)))
    if invoice.payment_reference:
        facts.append(Fact(_("Payment reference"), ltr(invoice.payment_reference)))
    if invoice.reference:
        facts.append(Fact(_("Customer reference"), isolate(invoice.reference)))
    if invoice.origin:
        facts.append(Fact(_("Source document"), isolate(invoice.origin)))
    if invoice.payment_term:
        facts.append(Fact(_("Payment terms"), isolate(str(invoice.payment_term))))
    if invoice.salesperson:
        facts.append(Fact(_("Salesperson"), isolate(invoice.salesperson.name)))
    if invoice.reversal_of:
        facts.append(Fact(_("Reversal of"), ltr(str(invoice.reversal_of))))
    return facts


def totals_of(invoice: Invoice, made: parts.Table, profile: Profile) -> list[Fact]:
    """Totals with rounding, and what is still due."""
    more = []
    if invoice.rounding:
        text = format_money(invoice.rounding, invoice.currency, profile)
        more.append(Fact(_("Rounding"), text))
    facts = parts.totals_facts(
        made,
        untaxed=invoice.untaxed,
        total=invoice.total,
        currency=invoice.currency,
        profile=profile,
        more=more,
    )
    if invoice.state == Invoice.State.POSTED and invoice.residual != invoice.total:
        paid = format_money(invoice.total - invoice.residual, invoice.currency, profile)
        facts.append(Fact(pgettext("amount", "Paid"), paid))
        left = format_money(invoice.residual, invoice.currency, profile)
        facts.append(Fact(_("Amount due"), left, strong=True))
    return facts


def paper(invoice: Invoice, profile: Profile) -> Paper:
    """Everything of the standard layout; the language is on."""
    company, customer = invoice.company, invoice.customer
    made = parts.table(lines_of(invoice), company, invoice.currency, profile)
    others = []
    delivery = invoice.delivery_address
    if delivery and delivery.pk != customer.pk:
        others.append(parts.contact_party(delivery, _("Delivery address"), profile))
    schedule = [
        Fact(
            profile.date_text(part.due_date),
            format_money(part.amount, invoice.currency, profile),
        )
        for part in invoice.installments.all()
    ]
    term = invoice.payment_term
    is_paid = invoice.payment_state == Invoice.PaymentState.PAID
    return Paper(
        title=title_of(invoice),
        number=ltr(invoice.number) if invoice.number else "",
        company=parts.company_party(company, profile),
        customer=parts.contact_party(customer, _("Customer"), profile),
        others=others,
        facts=facts_of(invoice, profile),
        columns=made.columns,
        rows=made.rows,
        totals=totals_of(invoice, made, profile),
        in_words=amount_in_words(
            invoice.total, invoice.currency, profile.language, toman=profile.toman
        ),
        schedule=schedule if len(schedule) > 1 else [],
        blocks=[
            Block("", plain(term.note if term else "")),
            Block(_("Terms and notes"), plain(invoice.note)),
        ],
        stamp=str(invoice.get_payment_state_display()) if is_paid else "",
        logo="logo" if company.logo_digest else "",
        footer=parts.footer(company, profile),
        digits=profile.digits,
        pictures=parts.logo(company),
    )


# --- the official layout ----------------------------------------------------------


def official(invoice: Invoice) -> Paper:
    """The layout that the tax office prints; rials only, Persian only."""
    company = invoice.company
    profile = replace(
        speaking(company.profile(), OFFICIAL), toman=False, calendar="jalali"
    )
    rows, sums = _official_rows(invoice, profile)
    is_cash = not invoice.payment_term_id or invoice.due_date == invoice.invoice_date
    facts = [
        Fact(_("Serial number"), ltr(invoice.number or "–")),
        Fact(
            _("Date"),
            profile.date_text(invoice.invoice_date) if invoice.invoice_date else "–",
        ),
    ]
    is_credit = invoice.kind == Invoice.Kind.CREDIT_NOTE
    title = (
        _("Invoice of returned goods and services")
        if is_credit
        else (_("Sales invoice of goods and services"))
    )
    unit = str(CURRENCIES[invoice.currency].symbol("fa"))

    def headed(label: str) -> str:
        return f"{label}\n({unit})"

    return Paper(
        title=title,
        number=invoice.number,
        company=parts.company_party(company, profile),
        facts=facts,
        columns=[
            Column(_("Row"), is_number=True),
            Column(_("Code"), is_number=True),
            Column(_("Description of goods or services"), weight=1),
            Column(_("Quantity"), is_number=True),
            Column(_("Unit"), is_number=True),
            Column(headed(_("Unit price")), is_number=True),
            Column(headed(_("Total amount")), is_number=True),
            Column(headed(_("Discount amount")), is_number=True),
            Column(headed(_("Amount after discount")), is_number=True),
            Column(headed(_("Taxes and duties")), is_number=True),
            Column(headed(_("Total with taxes and duties")), is_number=True),
        ],
        rows=[*rows, Row("sum", text="6", value=_("Total"), cells=sums)],
        in_words=amount_in_words(invoice.total, invoice.currency, OFFICIAL),
        signs=[
            _("Stamp and signature of the seller"),
            _("Stamp and signature of the buyer"),
        ],
        logo="logo" if company.logo_digest else "",
        footer=parts.footer(company, profile),
        digits=profile.digits,
        more={
            "seller": _seller(company, profile),
            "buyer": _buyer(invoice.customer, profile),
            "settlement_label": _("Terms and method of sale"),
            "settlement": [
                {"label": _("In cash"), "on": is_cash},
                {"label": _("Not in cash"), "on": not is_cash},
            ],
            "remarks_label": _("Remarks"),
            "remarks": isolate(invoice.note),
        },
        pictures=parts.logo(company),
    )


def _official_rows(invoice: Invoice, profile: Profile) -> tuple[list[Row], list[str]]:
    decimals = CURRENCIES[invoice.currency].decimals
    rows: list[Row] = []
    sums = [0, 0, 0, 0, 0]
    for line in lines_of(invoice):
        if line.kind != "product":
            continue
        before = amount_before_discount(
            line.unit_price,
            line.quantity,
            line.discount,
            line.subtotal,
            decimals=decimals,
        )
        tax = line.total - line.subtotal
        figures = [before, before - line.subtotal, line.subtotal, tax, line.total]
        sums = [old + new for old, new in zip(sums, figures, strict=True)]
        code = line.product.reference if line.product else ""
        rows.append(
            Row(
                cells=[
                    localize(str(len(rows) + 1), profile.digits),
                    ltr(localize(code, profile.digits)) if code else "",
                    isolate(line.description or str(line.product or "")),
                    parts.quantity_text(line.quantity, profile),
                    isolate(str(line.unit or "")),
                    parts.price_text(line.unit_price, invoice.currency, profile),
                    *(
                        parts.amount_text(one, invoice.currency, profile)
                        for one in figures
                    ),
                ]
            )
        )
    # The tax of a document may be rounded once for all lines.
    sums[3:] = [invoice.total - invoice.rounding - sums[2],
                invoice.total - invoice.rounding]  # fmt: skip
    if invoice.rounding:
        sums[4] = invoice.total
    return rows, [parts.amount_text(one, invoice.currency, profile) for one in sums]


def _seller(company: Company, profile: Profile) -> list[dict[str, Any]]:
    return _official_party(
        company.name,
        company,
        state=company.state,
        city=company.city,
        address=company.address,
        phone=company.phone,
        zip_code=company.zip,
        profile=profile,
    )


def _buyer(contact: Contact, profile: Profile) -> list[dict[str, Any]]:
    street = " ".join(part for part in (contact.street, contact.street2) if part)
    return _official_party(
        contact.name,
        contact,
        state=contact.state,
        city=contact.city,
        address=street,
        phone=contact.phone or contact.mobile,
        zip_code=contact.zip,
        profile=profile,
    )


def _official_party(
    name: str,
    party: Any,
    *,
    state: str,
    city: str,
    address: str,
    phone: str,
    zip_code: str,
    profile: Profile,
) -> list[dict[str, Any]]:
    def code(value: str) -> str:
        return ltr(localize(value, profile.digits)) if value else "–"

    def said(value: str) -> str:
        return isolate(" ".join(value.split())) or "–"

    return [
        {"label": _("Name of the natural or legal person"), "value": said(name),
         "span": 2},
        {"label": _("Economic number"), "value": code(party.economic_number)},
        {"label": _("National ID / registration number"),
         "value": code(party.national_id or party.registration_number)},
        {"label": pgettext("address", "Province"), "value": said(state)},
        {"label": _("City"), "value": said(city)},
        {"label": _("Postal code (10 digits)"), "value": code(zip_code)},
        {"label": _("Phone"), "value": code(phone)},
        {"label": _("Full address"), "value": said(address), "span": 4},
    ]  # fmt: skip
