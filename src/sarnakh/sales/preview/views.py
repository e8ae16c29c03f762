"""The page of an order, and the addresses below it."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sarnakh.discussion import files as kept
from sarnakh.invoicing.papers import parts
from sarnakh.invoicing.preview.accounts import accounts_of, chosen_account
from sarnakh.lib.errors import Refused
from sarnakh.lib.numbers import NumberError, parse_number
from sarnakh.portal import common, payments
from sarnakh.portal.pages import Visit
from sarnakh.records.rich_text import sanitized
from sarnakh.sales.models import Order
from sarnakh.sales.papers import orders as papers
from sarnakh.sales.preview import actions, standing

LARGEST = actions.LARGEST_SIGNATURE


def find(pk: int) -> Order | None:
    """The order of a link, with what its page shows."""
    return (
        Order.objects.select_related(
            "customer__parent",
            "company",
            "salesperson",
            "payment_term",
            "invoice_address",
            "delivery_address",
        )
        .filter(pk=pk)
        .first()
    )


def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The document, what may be done with it, and the conversation."""
    order: Order = visit.record
    profile = visit.profile
    table = parts.table(papers.lines_of(order), order.company, order.currency, profile)
    now = standing.of(order)
    context = common.frame(
        visit,
        order=order,
        title=papers.title_of(order),
        facts=papers.facts_of(order, profile),
        table=table,
        totals=parts.totals_facts(
            table,
            untaxed=order.untaxed,
            total=order.total,
            currency=order.currency,
            profile=profile,
        ),
        terms=common.clean_html(sanitized(papers.terms_of(order))),
        standing=now,
        options=_options(order, visit) if now.may_choose else [],
        providers=payments.offered() if now.may_pay else [],
        accounts=accounts_of(order.company_id) if now.may_pay else [],
        attempts=payments.attempts_of("orders", order.pk),
        name=order.customer.name if not order.customer.is_company else "",
        largest=LARGEST,
    )
    context |= getattr(request, "portal_again", {})
    return render(request, "sales/preview/order.html", context)


def pdf(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The PDF of the document."""
    return pdf_response(papers.order_pdf(visit.record), papers.file_name(visit.record))


def pdf_response(data: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A PDF for the browser."""
    from django.utils.http import content_disposition_header

    response = HttpResponse(data, content_type="application/pdf")
    header = content_disposition_header(not inline, name)
    response["Content-Disposition"] = header or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def signature(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The drawing that the customer has signed with."""
    try:
        data = kept.read_bytes(visit.record.signature_digest)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(data, content_type="image/png")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def accept(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Accept with name and signature; a fault leaves the drawing on the page."""
    sent = request.FILES.get("signature")
    name = request.POST.get("name", "")
    try:
        if sent is not None and (sent.size or 0) > LARGEST:
            raise actions.SignatureUnusable("too-large")
        order = actions.sign(
            visit.record,
            name,
            sent.read() if sent is not None else b"",
            is_typed="typed" in request.POST,
            by=visit.by,
        )
    except Refused as refusal:
        if request.headers.get("HX-Request"):
            return common.fault(request, visit, "sign_error", refusal.message)
        return common.again(request, visit, sign_error=refusal.message, name=name)
    if order.state == Order.State.SALE:
        return common.done(request, visit, _("Thank you. Your order is confirmed."))
    if standing.of(order).may_pay:
        text = _("Thank you for signing. One step is left: the payment.")
        return common.done(request, visit, text)
    return common.done(request, visit, _("Thank you. We will be in touch soon."))


def decline(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Decline with a reason; the page ends with it."""
    reason = request.POST.get("reason", "")
    try:
        actions.decline(visit.record, reason, by=visit.by)
    except Refused as refusal:
        return common.again(
            request, visit, decline_error=refusal.message, reason=reason[:5_000]
        )
    return render(request, "sales/preview/declined.html", common.frame(visit))


def option(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take so many of an optional product."""
    order: Order = visit.record
    number = request.POST.get("option", "")
    wanted = order.options.filter(pk=int(number)) if number.isdecimal() else None
    found = wanted.first() if wanted is not None and len(number) < 18 else None
    if found is None:
        raise Http404
    try:
        quantity = parse_number(request.POST.get("quantity", "1")[:40])
        actions.choose(order, found, Decimal(quantity), by=visit.by)
    except NumberError:
        return common.again(
            request, visit, option_error=_("Write a quantity as a number.")
        )
    except Refused as refusal:
        return common.again(request, visit, option_error=refusal.message)
    return common.done(request, visit, _("Your choice is noted."))


def pay(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go to a payment provider with what is left to pay."""
    order: Order = visit.record
    now = standing.of(order)
    try:
        if not now.may_pay:
            raise actions.CannotAct
        _attempt, url = payments.begin(
            order,
            "orders",
            company=order.company,
            provider=request.POST.get("provider", ""),
            amount=now.left,
            currency=order.currency,
            reference=order.number,
        )
    except Refused as refusal:
        return common.again(request, visit, pay_error=refusal.message)
    return HttpResponse(status=303, headers={"Location": url})


def transfer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say that the money was sent to one of our accounts."""
    order: Order = visit.record
    now = standing.of(order)
    note = request.POST.get("note", "")
    try:
        if not now.may_pay:
            raise actions.CannotAct
        journal = chosen_account(order.company_id, request.POST.get("account", ""))
        payments.announce(
            order,
            "orders",
            company=order.company,
            method=journal.kind,
            journal_id=journal.pk,
            amount=now.left,
            currency=order.currency,
            reference=order.number,
            note=note,
            by=visit.by,
        )
    except Refused as refusal:
        return common.again(request, visit, pay_error=refusal.message, note=note[:100])
    text = _("Thank you. We will confirm your payment when it has arrived.")
    return common.done(request, visit, text)


def _options(order: Order, visit: Visit) -> list[dict[str, Any]]:
    found = order.options.select_related("product", "unit", "line")
    return [
        {
            "pk": one.pk,
            "name": str(one),
            "unit": str(one.unit),
            "price": parts.price_text(one.unit_price, order.currency, visit.profile),
            "quantity": parts.quantity_text(
                one.line.quantity if one.line else one.quantity, visit.profile
            ),
            "is_taken": one.line_id is not None,
        }
        for one in found.order_by("sequence", "pk")
    ]
