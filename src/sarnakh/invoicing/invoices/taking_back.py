"""Back to draft, cancelling, deleting."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.errors import HasCredit, LeavesGap, NotDeletable, NotDraft
from sarnakh.invoicing.events import invoices_changed, lines_going
from sarnakh.invoicing.invoices import numbers
from sarnakh.invoicing.invoices.editing import refuse_locked
from sarnakh.invoicing.journals.queries import series_of_invoice
from sarnakh.invoicing.models import Allocation, Installment, Invoice, InvoiceLine
from sarnakh.invoicing.payments import settling
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.models import Counter
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole


@whole
def reset_to_draft(invoice: Invoice, *, by: Actor) -> Invoice:
    """Take a posted document back: what was allocated is free again, the number
    stays. Posted ones take an accountant; cancelled ones billing. Twice is once."""
    found = _held(invoice)
    if found.state == Invoice.State.DRAFT:
        return found
    needed = Role.ACCOUNTANT if found.state == Invoice.State.POSTED else Role.BILLING
    if not by.has(needed):
        raise PermissionDenied
    if found.state == Invoice.State.POSTED:
        refuse_locked(found)
        settling.free(
            list(Allocation.objects.filter(Q(invoice=found) | Q(credit_note=found))),
            by=by,
        )
        Installment.objects.filter(invoice=found).delete()
    _write(found, Invoice.State.DRAFT, event="reset", by=by)
    return found


@whole
def cancel(invoice: Invoice, *, by: Actor) -> Invoice:
    """Cancel a draft. Twice is once; posted documents are reset or credited."""
    if not by.has(Role.BILLING):
        raise PermissionDenied
    return cancel_draft(invoice, by=by)


@whole
def cancel_draft(invoice: Invoice, *, by: Actor) -> Invoice:
    """The same for whoever cancels an order and, with it, its drafts."""
    found = _held(invoice)
    if found.state == Invoice.State.CANCELLED:
        return found
    if found.state != Invoice.State.DRAFT:
        raise NotDraft(str(found))
    _write(found, Invoice.State.CANCELLED, event="cancelled", by=by)
    return found


@whole
def delete(invoices: Sequence[Invoice], *, by: Actor) -> None:
    """Delete drafts and cancelled documents. One that had a number must be the last
    of its chain; an accountant may leave a gap, which the audit log remembers."""
    ordered = sorted(
        (_held(one) for one in invoices),
        key=lambda one: (one.number and numbers.place_in(one.number)) or 0,
        reverse=True,
    )
    for one in ordered:
        if one.state == Invoice.State.POSTED:
            raise NotDeletable(str(one))
        if one.reversals.exists():
            raise HasCredit(str(one))
        if one.number:
            _give_back(one, by=by)
    lines = InvoiceLine.objects.filter(invoice__in=ordered)
    lines_going.send(
        InvoiceLine, line_ids=list(lines.values_list("pk", flat=True)), by=by
    )
    plain.delete(ordered, by=by)


def _give_back(invoice: Invoice, *, by: Actor) -> None:
    """The number goes back to its chain if it was the last one."""
    place = numbers.place_in(invoice.number)
    series = series_of_invoice(invoice, numbers.year_in(invoice.number))
    if Counter.objects.filter(series=series, last=place).update(last=F("last") - 1):
        return
    if not by.has(Role.ACCOUNTANT):
        raise LeavesGap(invoice.number)
    audit.record(audit.Event.DELETE, by=by, subject=invoice.number, leaves_gap=True)


def _held(invoice: Invoice) -> Invoice:
    return (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("company", "journal", "customer")
        .get(pk=invoice.pk)
    )


def _write(invoice: Invoice, state: str, *, event: str, by: Actor) -> None:
    before = invoice.state
    invoice.state = state
    invoice.payment_state = Invoice.PaymentState.NOT_PAID
    invoice.residual = invoice.company_residual = 0
    invoice.posts_on = None
    invoice.version = Invoice.objects.values_list("version", flat=True).get(
        pk=invoice.pk
    )
    plain.save_guarded(
        invoice,
        ["state", "payment_state", "residual", "company_residual", "posts_on"],
        by=by,
    )
    changes.log(
        invoice,
        by_model(Invoice),
        by=by,
        event=event,
        values={"state": [before, state]},
    )
    invoices_changed.send(Invoice, invoice_ids=[invoice.pk], by=by)
