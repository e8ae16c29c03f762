"""The page of an invoice, and the addresses below it."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.papers import invoices as papers
from sarnakh.invoicing.papers import parts
from sarnakh.invoicing.papers.receipts import receipt_pdf, statement_pdf
from sarnakh.invoicing.preview.accounts import accounts_of, chosen_account
from sarnakh.invoicing.types import INVOICES, PAYMENTS
from sarnakh.lib.errors import Refused
from sarnakh.portal import common, links, payments
from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.pages import Visit
from sarnakh.portal.payments.actions import NothingToPay
from sarnakh.records import rows


def find(pk: int) -> Invoice | None:
    """The invoice of a link, with what its page shows."""
    return (
        Invoice.objects.select_related(
            "customer__parent",
            "company",
            "salesperson",
            "payment_term",
            "delivery_address",
            "reversal_of",
        )
        .filter(pk=pk)
        .first()
    )


def is_open(invoice: Invoice) -> bool:
    """Only what is posted is shown to customers."""
    return invoice.state == Invoice.State.POSTED


def left(invoice: Invoice) -> int:
    """What is still to be paid, less what was announced and is awaited."""
    if invoice.kind != Invoice.Kind.INVOICE or invoice.state != Invoice.State.POSTED:
        return 0
    awaited = PaymentAttempt.objects.filter(
        record_type="invoices",
        record_id=invoice.pk,
        state=PaymentAttempt.State.PENDING,
    ).aggregate(sum=Sum("amount"))["sum"]
    return max(0, invoice.residual - (awaited or 0))


def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The document, what is due, and the conversation."""
    invoice: Invoice = visit.record
    profile = visit.profile
    table = parts.table(
        papers.lines_of(invoice), invoice.company, invoice.currency, profile
    )
    due = left(invoice)
    context = common.frame(
        visit,
        invoice=invoice,
        title=papers.title_of(invoice),
        facts=papers.facts_of(invoice, profile),
        table=table,
        totals=papers.totals_of(invoice, table, profile),
        due=due,
        is_official=invoice.company.country == "IR",
        providers=payments.offered() if due else [],
        accounts=accounts_of(invoice.company_id) if due else [],
        attempts=payments.attempts_of("invoices", invoice.pk),
    )
    context |= getattr(request, "portal_again", {})
    return render(request, "invoicing/preview/invoice.html", context)


def pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The PDF in the standard layout."""
    return pdf_response(papers.invoice_pdf(visit.record), _file_name(visit.record))


def official(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The PDF in the official Iranian layout."""
    return pdf_response(papers.official_pdf(visit.record), _file_name(visit.record))


def pay(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go to a payment provider with what is due."""
    invoice: Invoice = visit.record
    try:
        _attempt, url = payments.begin(
            invoice,
            "invoices",
            company=invoice.company,
            provider=request.POST.get("provider", ""),
            amount=left(invoice),
            currency=invoice.currency,
            reference=invoice.number,
        )
    except Refused as refusal:
        return common.again(request, visit, pay_error=refusal.message)
    return HttpResponse(status=303, headers={"Location": url})


def transfer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say that the money was sent to one of our accounts."""
    invoice: Invoice = visit.record
    note = request.POST.get("note", "")
    try:
        amount = left(invoice)
        if not amount:
            raise NothingToPay
        journal = chosen_account(invoice.company_id, request.POST.get("account", ""))
        payments.announce(
            invoice,
            "invoices",
            company=invoice.company,
            method=journal.kind,
            journal_id=journal.pk,
            amount=amount,
            currency=invoice.currency,
            reference=invoice.payment_reference or invoice.number,
            note=note,
            by=visit.by,
        )
    except Refused as refusal:
        return common.again(request, visit, pay_error=refusal.message, note=note[:100])
    text = _("Thank you. We will confirm your payment when it has arrived.")
    return common.done(request, visit, text)


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """A PDF for the browser."""
    response = HttpResponse(data, content_type="application/pdf")
    header = content_disposition_header(True, name)
    response["Content-Disposition"] = header or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _file_name(invoice: Invoice) -> str:
    number = (invoice.number or str(invoice.pk)).replace("/", "-")
    return f"{papers.title_of(invoice)} {number}.pdf"


# --- for people of the house --------------------------------------------------------


@login_needed
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of an invoice that the person may read."""
    invoice = rows.find(INVOICES, pk, request.actor)  # type: ignore[attr-defined]
    if "official" in request.GET:
        data, language = papers.official_pdf(invoice), papers.OFFICIAL
    else:
        data = papers.invoice_pdf(invoice)
        language = parts.language_of(invoice.customer, invoice.company)
    with translation.override(language):
        return pdf_response(data, _file_name(invoice))


@login_needed
@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a payment that the person may read."""
    payment = rows.find(PAYMENTS, pk, request.actor)  # type: ignore[attr-defined]
    name = f"{payment.number or payment.pk}".replace("/", "-")
    return pdf_response(receipt_pdf(payment), f"{name}.pdf")


@login_needed
@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What a customer owes; for people who see invoices of everybody."""
    from sarnakh.records.types import by_name

    actor = request.actor  # type: ignore[attr-defined]
    contact = rows.find(by_name("contacts"), pk, actor)
    company = actor.company
    visible = rows.visible(INVOICES, actor).filter(customer=contact, company=company)
    everything = Invoice.objects.filter(customer=contact, company=company)
    if visible.count() != everything.count():
        # Half of an account would be a wrong account.
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied
    data = statement_pdf(contact, company, company.profile().today())
    return pdf_response(data, f"{contact.name}.pdf")


@login_needed
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page that the customer sees."""
    invoice = rows.find(INVOICES, pk, request.actor)  # type: ignore[attr-defined]
    response = redirect(links.url("invoice", invoice, "invoices"))
    response["Referrer-Policy"] = "no-referrer"
    return response
