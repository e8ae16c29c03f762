"""Credit notes of posted invoices."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.errors import HasCredit, NotPosted, WrongJournal
from sarnakh.invoicing.events import lines_copied
from sarnakh.invoicing.invoices import amounts
from sarnakh.invoicing.invoices.creation import create_many
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.invoices.posting import post
from sarnakh.invoicing.models import Invoice, InvoiceLine, Journal
from sarnakh.records.whole import whole

_COPIED = (
    "company", "customer", "delivery_address", "currency", "fiscal_position",
    "salesperson", "team", "campaign", "medium", "source", "referrer", "reference",
)  # fmt: skip


@whole
def credit(
    invoice: Invoice,
    *,
    reason: str = "",
    date: dt.date | None = None,
    journal: Journal | None = None,
    again: bool = False,
    by: Actor,
) -> Invoice:
    """A credit note with the lines of a posted invoice.

    Plainly it is a draft, linked to the invoice and its orders. With `again` it is
    posted and allocated at once, and the answer is a new draft invoice with the
    same lines. A draft that waits already is the answer to a second click.
    """
    if not by.has(Role.BILLING):
        raise PermissionDenied
    found = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related(*(n for n in _COPIED if n not in {"currency", "reference"}))
        .select_related("journal", "payment_term", "cash_rounding")
        .get(pk=invoice.pk)
    )
    if found.state != Invoice.State.POSTED or found.kind != Invoice.Kind.INVOICE:
        raise NotPosted(str(found))
    if journal and (
        journal.kind != Journal.Kind.SALE or journal.company_id != found.company_id
    ):
        raise WrongJournal(journal.name)
    if found.payment_state == Invoice.PaymentState.REVERSED:
        raise HasCredit(str(found))
    waiting = found.reversals.filter(state=Invoice.State.DRAFT).order_by("pk").first()
    if waiting and not again:
        return waiting
    note = _copy(
        found,
        kind=Invoice.Kind.CREDIT_NOTE,
        journal=journal or found.journal,
        date=date,
        reason=reason,
        by=by,
    )
    if not again:
        return note
    post([note], by=by)
    return _copy(found, kind=Invoice.Kind.INVOICE, journal=found.journal, by=by)


def credit_by_values(
    invoice: Invoice,
    *,
    reason: str = "",
    date: dt.date | None = None,
    again: bool = False,
    by: Actor,
) -> Invoice:
    """The same from a dialog or the API."""
    return credit(invoice, reason=reason[:200], date=date, again=again, by=by)


def _copy(
    found: Invoice,
    *,
    kind: str,
    journal: Journal,
    date: dt.date | None = None,
    reason: str = "",
    by: Actor,
) -> Invoice:
    is_credit = kind == Invoice.Kind.CREDIT_NOTE
    lines = [
        line
        for line in found.lines.select_related("product", "unit").order_by(
            "sequence", "pk"
        )
        if not line.is_rounding
    ]
    of_line = amounts.tax_ids(lines)
    draft = InvoiceDraft(
        **{name: getattr(found, name) for name in _COPIED},
        kind=kind,
        journal=journal,
        lines=tuple(
            LineDraft(
                kind=line.kind,
                description=line.description,
                product=line.product,
                unit=line.unit,
                quantity=line.quantity if line.kind == "product" else Decimal(0),
                unit_price=line.unit_price,
                discount=line.discount,
                taxes=tuple(of_line[line.pk]),
                base_correction=line.base_correction,
                tax_correction=line.tax_correction,
                is_downpayment=line.is_downpayment,
            )
            for line in lines
        ),
        invoice_date=date,
        # A credit note is due at once.
        payment_term=None if is_credit else found.payment_term,
        cash_rounding=found.cash_rounding,
        origin=found.number if is_credit else found.origin,
        note=found.note,
        reason=reason,
        reversal_of=found if is_credit else None,
    )
    ((made, own),) = create_many([draft], by=by)
    pairs = {old.pk: new.pk for old, new in zip(lines, own, strict=True)}
    lines_copied.send(InvoiceLine, pairs=pairs, by=by)
    return made
