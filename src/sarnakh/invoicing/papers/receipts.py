"""What was received, and what a customer owes."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.papers import parts
from sarnakh.lib.bidi import isolate, ltr
from sarnakh.lib.money import format_money
from sarnakh.money.words import amount_in_words
from sarnakh.printing import render
from sarnakh.printing.papers import Column, Fact, Paper, Row

LONGEST = 2_000


def receipt_pdf(payment: Payment) -> bytes:
    """A receipt in the payer's language."""
    company, customer = payment.company, payment.customer
    reader = parts.reader_of(customer, company)
    with translation.override(reader.language):
        facts = [
            Fact(_("Date"), reader.date_text(payment.date)),
            Fact(_("Payment method"), isolate(str(payment.journal))),
        ]
        if payment.memo:
            facts.append(Fact(_("Memo"), isolate(payment.memo)))
        if payment.external_reference:
            facts.append(Fact(_("Reference"), ltr(payment.external_reference)))
        if payment.cheque_number:
            facts.append(Fact(_("Cheque number"), ltr(payment.cheque_number)))
        settled = payment.allocations.select_related("invoice")
        rows = [
            Row(
                cells=(
                    ltr(str(one.invoice)),
                    reader.date_text(one.date),
                    format_money(one.amount, one.invoice.currency, reader),
                )
            )
            for one in settled
            if not one.is_write_off
        ]
        paper = Paper(
            title=_("Refund receipt") if payment.is_refund else _("Payment receipt"),
            number=ltr(payment.number),
            company=parts.company_party(company, reader),
            customer=parts.contact_party(
                customer,
                _("Paid to") if payment.is_refund else _("Received from"),
                reader,
            ),
            facts=facts,
            columns=[
                Column(_("Invoice"), weight=1),
                Column(_("Date")),
                Column(pgettext("column", "Amount"), is_number=True),
            ],
            rows=rows,
            totals=[
                Fact(
                    pgettext("column", "Amount"),
                    format_money(payment.amount, payment.currency, reader),
                    strong=True,
                )
            ],
            in_words=amount_in_words(
                payment.amount, payment.currency, reader.language, toman=reader.toman
            ),
            signs=[_("Signature of the receiver")],
            logo="logo" if company.logo_digest else "",
            footer=parts.footer(company, reader),
            digits=reader.digits,
            pictures=parts.logo(company),
        )
        return render("receipt", paper, language=reader.language)


def statement_pdf(contact: Contact, company: Company, on: dt.date) -> bytes:
    """Open invoices and credits of a customer, with the balance in between.

    Amounts stand in the currency of the company.
    """
    reader = parts.reader_of(contact, company)
    with translation.override(reader.language):
        rows, balance, overdue = _entries(contact, company, on)

        def money(minor: int) -> str:
            return format_money(minor, company.currency, reader)

        lines = []
        running = 0
        for day, name, due, amount, rest in rows:
            running += rest
            lines.append(
                Row(
                    cells=(
                        reader.date_text(day) if day else "",
                        name,
                        reader.date_text(due) if due else "",
                        money(amount),
                        money(rest),
                        money(running),
                    )
                )
            )
        paper = Paper(
            title=_("Statement of account"),
            number=reader.date_text(on),
            company=parts.company_party(company, reader),
            customer=parts.contact_party(contact, _("Customer"), reader),
            columns=[
                Column(_("Date")),
                Column(_("Document"), weight=1),
                Column(_("Due date")),
                Column(pgettext("column", "Amount"), is_number=True),
                Column(_("Open"), is_number=True),
                Column(_("Balance"), is_number=True),
            ],
            rows=lines,
            totals=[
                Fact(_("Overdue"), money(overdue)),
                Fact(_("Balance"), money(balance), strong=True),
            ],
            logo="logo" if company.logo_digest else "",
            footer=parts.footer(company, reader),
            digits=reader.digits,
            pictures=parts.logo(company),
        )
        return render("statement", paper, language=reader.language)


Entry = tuple[dt.date | None, str, dt.date | None, int, int]


def _entries(
    contact: Contact, company: Company, on: dt.date
) -> tuple[list[Entry], int, int]:
    documents = Invoice.objects.filter(
        customer=contact,
        company=company,
        state=Invoice.State.POSTED,
        residual__gt=0,
    ).order_by("invoice_date", "pk")[:LONGEST]
    rows: list[Entry] = []
    overdue = 0
    for one in documents:
        rows.append(
            (
                one.invoice_date,
                ltr(one.number),
                one.due_date,
                one.company_total,
                one.company_residual,
            )
        )
        if one.due_date and one.due_date < on:
            overdue += one.company_residual
    free = Payment.objects.filter(
        customer=contact,
        company=company,
        state=Payment.State.POSTED,
        unallocated__gt=0,
        is_refund=False,
        currency=company.currency,
    ).order_by("date", "pk")[:LONGEST]
    rows += [
        (one.date, ltr(one.number), None, -one.amount, -one.unallocated) for one in free
    ]
    rows.sort(key=lambda row: (row[0] or dt.date.min, row[1]))
    return rows, sum(row[4] for row in rows), overdue
