"""What a document shows below its lines and beside them."""

from typing import Any

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.invoices.early import offer
from sarnakh.invoicing.models import Allocation, Invoice, InvoiceLine, Payment
from sarnakh.invoicing.payments.families import family
from sarnakh.lib.money import format_money
from sarnakh.money import documents
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes import queries as taxes


def totals(invoice: Invoice) -> documents.Totals:
    """The totals block of a document, from its stored lines."""
    rows = list(
        InvoiceLine.objects.filter(invoice=invoice, kind=InvoiceLine.Kind.PRODUCT)
        .order_by()
        .values_list("subtotal", "tax", "total", "tax_parts")
    )
    rules = taxes.rules({part[0] for row in rows for part in row[3]})
    settings = TradeSettings.of(invoice.company)
    return documents.totals(
        [documents.stored_line(*row, rules) for row in rows],
        per_document=settings.tax_rounding == TradeSettings.TaxRounding.DOCUMENT,
    )


def foot(invoice: Invoice, actor: Actor) -> dict[str, Any]:
    """Totals, parts, what settles it, and the credits that could."""

    def text(amount: int) -> str:
        return format_money(amount, invoice.currency, actor.profile)

    found = totals(invoice)
    posted = invoice.state == Invoice.State.POSTED
    shown: dict[str, Any] = {
        "invoice": invoice,
        "profile": actor.profile,
        "buckets": [
            {
                "label": bucket.label,
                "amount": text(bucket.amount),
                "rows": [
                    {
                        "label": row.label,
                        "base": text(row.base)
                        if found.shows_base and row.base is not None
                        else "",
                        "amount": text(row.amount),
                    }
                    for row in bucket.rows
                ],
            }
            for bucket in found.buckets
        ],
        "total": text(invoice.total),
        "is_posted": posted,
        "may_settle": actor.has(Role.BILLING),
    }
    if not posted:
        return shown
    early = offer(invoice)
    if early is not None:
        shown["early"] = {"amount": text(early.amount), "until": early.until}
    parts = list(invoice.installments.all())
    shown |= {
        "residual": text(invoice.residual),
        "parts": [(part.due_date, text(part.amount)) for part in parts]
        if len(parts) > 1
        else [],
        "settled": [
            {"allocation": one, "amount": text(one.amount), "by": _source(one, invoice)}
            for one in allocations(invoice)
        ],
        "credits": [
            {**one, "text": text(one["amount"])} for one in outstanding(invoice)
        ]
        if invoice.residual and actor.has(Role.BILLING)
        else [],
    }
    return shown


def allocations(invoice: Invoice) -> list[Allocation]:
    """What settles the document, and what it settles itself."""
    return list(
        Allocation.objects.filter(Q(invoice=invoice) | Q(credit_note=invoice))
        .select_related("payment", "credit_note", "invoice")
        .order_by("date", "pk")
    )


def outstanding(invoice: Invoice) -> list[dict[str, Any]]:
    """Credits of the customer's firm that could settle it, oldest first."""
    people = family(invoice.customer_id)
    same = {
        "customer__in": people,
        "company": invoice.company_id,
        "currency": invoice.currency,
        "state": "posted",
    }
    is_note = invoice.kind == Invoice.Kind.CREDIT_NOTE
    payments = Payment.objects.filter(
        **same, unallocated__gt=0, is_refund=is_note
    ).order_by("date", "pk")
    found = [
        {
            "kind": "payment",
            "pk": one.pk,
            "title": str(one),
            "date": one.date,
            "amount": one.unallocated,
        }
        for one in payments
    ]
    if is_note:
        return found
    notes = Invoice.objects.filter(
        **same, kind=Invoice.Kind.CREDIT_NOTE, residual__gt=0
    ).order_by("accounting_date", "pk")
    found += [
        {
            "kind": "credit_note",
            "pk": one.pk,
            "title": str(one),
            "date": one.accounting_date,
            "amount": one.residual,
        }
        for one in notes
    ]
    return found


def _source(one: Allocation, invoice: Invoice) -> dict[str, Any]:
    if one.credit_note_id == invoice.pk:
        return {"slug": "invoices", "pk": one.invoice_id, "title": str(one.invoice)}
    if one.is_write_off:
        return {"slug": "", "pk": 0, "title": one.label}
    if one.payment is not None:
        return {"slug": "payments", "pk": one.payment_id, "title": str(one.payment)}
    return {
        "slug": "invoices",
        "pk": one.credit_note_id,
        "title": str(one.credit_note),
    }
