"""Posting: the number, the parts with their days, what is owed from now on."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.discussion import actions as discussion
from sarnakh.invoicing import numbering
from sarnakh.invoicing.errors import (
    NegativeTotal,
    NotDraft,
    NothingToInvoice,
    OtherYear,
    WrongJournal,
)
from sarnakh.invoicing.events import invoices_changed
from sarnakh.invoicing.invoices import amounts, numbers, text
from sarnakh.invoicing.journals.queries import series_of_invoice
from sarnakh.invoicing.models import Installment, Invoice, InvoiceLine, Journal
from sarnakh.invoicing.payments import settling
from sarnakh.money.rates import price_of
from sarnakh.money.terms import plan
from sarnakh.money.terms import queries as terms
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole

_DAY = dt.timedelta(days=1)
_WRITTEN = (
    "state", "number", "invoice_date", "accounting_date", "due_date", "rate",
    "payment_reference", "payment_state", "residual", "company_untaxed",
    "company_total", "company_residual", "posted_at", "posts_on", "search_text",
    "updated_at", "updated_by",
)  # fmt: skip


@whole
def post(invoices: Sequence[Invoice], *, by: Actor) -> list[Invoice]:
    """Post drafts: all or none. What is posted already stays as it is, so a second
    click has no effect. A draft dated in the future is noted and posts itself on
    its day. Returns the documents as they are now, in the order given.
    """
    if not by.has(Role.BILLING):
        raise PermissionDenied
    present = _held(invoices)
    drafts = [one for one in present.values() if one.state == Invoice.State.DRAFT]
    if cancelled := [
        one for one in present.values() if one.state == Invoice.State.CANCELLED
    ]:
        raise NotDraft(str(cancelled[0]))
    _check_lines(drafts)
    now = [one for one in drafts if not _waits(one, by=by)]
    parts = [part for one in now for part in _prepared(one)]
    if again := [one for one in now if one.number]:
        Installment.objects.filter(invoice__in=again).delete()
    Installment.objects.bulk_create(parts, batch_size=1_000)
    # Counters come last and in one order: whoever holds one does nothing slow.
    for one in sorted(now, key=_chain):
        _number_and_write(one, by=by)
    if now:
        _log(now, by=by)
        credits_ = [one for one in now if one.reversal_of_id]
        settling.settle_credits(credits_, by=by)
        invoices_changed.send(Invoice, invoice_ids=[one.pk for one in now], by=by)
        for one in credits_:
            one.refresh_from_db(
                fields=["residual", "company_residual", "payment_state", "version"]
            )
    return [present[one.pk] for one in invoices]


def _held(invoices: Sequence[Invoice]) -> dict[int, Invoice]:
    """The documents as stored now, held in the order of their ids."""
    rows = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related(
            "company", "customer", "journal", "payment_term", "cash_rounding"
        )
        .filter(pk__in=[one.pk for one in invoices])
        .order_by("pk")
    )
    return {one.pk: one for one in rows}


def _check_lines(drafts: Sequence[Invoice]) -> None:
    with_lines = set(
        InvoiceLine.objects.filter(
            invoice__in=drafts, kind=InvoiceLine.Kind.PRODUCT, is_rounding=False
        ).values_list("invoice_id", flat=True)
    )
    for one in drafts:
        if one.pk not in with_lines:
            raise NothingToInvoice
        if one.total < 0:
            raise NegativeTotal
        journal = one.journal
        if not journal.active or journal.kind != Journal.Kind.SALE:
            raise WrongJournal(journal.name)
        if journal.company_id != one.company_id:
            raise WrongJournal(journal.name)


def _waits(invoice: Invoice, *, by: Actor) -> bool:
    """Fill the dates; whether the day of the books is still to come."""
    today = invoice.company.profile().today()
    wanted = invoice.accounting_date or invoice.invoice_date or today
    if wanted <= today:
        return False
    if invoice.posts_on != wanted:
        invoice.posts_on = wanted
        Invoice.objects.filter(pk=invoice.pk).update(
            posts_on=wanted, version=F("version") + 1
        )
        invoice.version += 1
    return True


def _prepared(invoice: Invoice) -> list[Installment]:
    """Dates, amounts due and their parts, everything but the number."""
    company, journal = invoice.company, invoice.journal
    today = company.profile().today()
    if invoice.invoice_date is None:
        invoice.invoice_date = invoice.accounting_date or today
        invoice.rate = price_of(invoice.currency, company, invoice.invoice_date)
    day = invoice.accounting_date or invoice.invoice_date
    if journal.locked_until and day <= journal.locked_until:
        day = journal.locked_until + _DAY
    invoice.accounting_date = day
    if invoice.number and numbers.year_in(invoice.number) != numbering.year_of(
        company, day
    ):
        raise OtherYear(invoice.number)
    found = _parts(invoice)
    invoice.due_date = max(due for due, _amount in found)
    invoice.residual = invoice.total
    invoice.payment_state = (
        Invoice.PaymentState.NOT_PAID if invoice.total else Invoice.PaymentState.PAID
    )
    amounts.in_company(invoice)
    return [
        Installment(invoice=invoice, due_date=due, amount=amount)
        for due, amount in found
    ]


def _parts(invoice: Invoice) -> list[plan.Part]:
    day = invoice.invoice_date
    if day is None:
        raise ValueError("an invoice that is posted has a date")
    if invoice.payment_term is None:
        return [(max(invoice.due_date or day, day), invoice.total)]
    rounding = invoice.cash_rounding
    return plan.merged(
        plan.parts(
            invoice.total,
            terms.rule(invoice.payment_term),
            day,
            invoice.company.profile().cal,
            step=rounding.step if rounding else 1,
            method=rounding.method if rounding else "half-up",
        )
    )


def _chain(invoice: Invoice) -> tuple[str, dt.date, int]:
    day = invoice.accounting_date or dt.date.min
    year = numbering.year_of(invoice.company, day)
    return series_of_invoice(invoice, year), day, invoice.pk


def _number_and_write(invoice: Invoice, *, by: Actor) -> None:
    series, day, _pk = _chain(invoice)
    if not invoice.number:
        invoice.number = numbering.take(
            series,
            invoice.journal.code,
            numbering.year_of(invoice.company, day),
            is_credit=invoice.kind == Invoice.Kind.CREDIT_NOTE,
        )
    if not invoice.payment_reference:
        invoice.payment_reference = {
            Journal.ReferenceFrom.NUMBER: invoice.number,
            Journal.ReferenceFrom.CUSTOMER: invoice.customer.reference,
        }.get(Journal.ReferenceFrom(invoice.journal.reference_from), "")
    invoice.state = Invoice.State.POSTED
    invoice.posted_at = invoice.updated_at = timezone.now()
    invoice.posts_on = None
    invoice.updated_by = by.user
    invoice.search_text = text.search_text(invoice)
    Invoice.objects.filter(pk=invoice.pk).update(
        version=F("version") + 1, **{name: getattr(invoice, name) for name in _WRITTEN}
    )
    invoice.version += 1


def _log(invoices: Sequence[Invoice], *, by: Actor) -> None:
    record_type = by_model(Invoice)
    changes.log_many(
        [
            changes.entry(
                one,
                record_type,
                by=by,
                event="posted",
                values={
                    "state": [Invoice.State.DRAFT, Invoice.State.POSTED],
                    "number": [None, one.number],
                },
            )
            for one in invoices
        ]
    )
    discussion.follow(
        record_type.name,
        [(one.pk, one.salesperson_id) for one in invoices if one.salesperson_id],
    )
