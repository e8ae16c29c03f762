"""What is still due, kept from allocations in a constant number of statements.

Whoever calls holds the documents: rows are locked in the order of their ids,
documents before payments.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.errors import TooMuch
from sarnakh.invoicing.events import invoice_paid, residuals_changed
from sarnakh.invoicing.invoices import amounts
from sarnakh.invoicing.models import Allocation, Invoice, Payment
from sarnakh.records import changes
from sarnakh.records.types import by_model

State = Invoice.PaymentState
UNDER_WAY = (Payment.ChequeState.RECEIVED, Payment.ChequeState.DEPOSITED)


@dataclass
class Settled:
    """What settles one document."""

    amount: int = 0
    by_others: bool = False
    under_way: bool = False


def hold(keys: Collection[int]) -> dict[int, Invoice]:
    """The documents, held until the transaction ends."""
    rows = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("company", "customer")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    return {one.pk: one for one in rows}


def hold_payments(keys: Collection[int]) -> dict[int, Payment]:
    """The payments, held until the transaction ends; after the documents."""
    rows = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("company", "customer", "journal")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    return {one.pk: one for one in rows}


def settle(invoices: Collection[Invoice], *, by: Actor) -> None:
    """Write what is due on posted documents and in which state they are."""
    posted = [one for one in invoices if one.state == Invoice.State.POSTED]
    found = _settled([one.pk for one in posted])
    entries, paid = [], []
    changed: list[Invoice] = []
    for one in posted:
        before = one.payment_state, one.residual
        mine = found.get(one.pk, Settled())
        one.residual = one.total - mine.amount
        if one.residual < 0:
            raise TooMuch
        one.payment_state = state_of(one, mine)
        if before == (one.payment_state, one.residual):
            continue
        amounts.in_company(one)
        one.version += 1
        one.updated_at = timezone.now()
        changed.append(one)
        values: dict[str, list[Any]] = {"residual": [before[1], one.residual]}
        if before[0] != one.payment_state:
            values["payment_state"] = [before[0], one.payment_state]
            if one.payment_state == State.PAID:
                paid.append(one)
        entries.append(
            changes.entry(one, by_model(Invoice), by=by, event="settled", values=values)
        )
    Invoice.objects.bulk_update(
        changed,
        ["residual", "company_residual", "payment_state", "version", "updated_at"],
        batch_size=200,
    )
    changes.log_many(entries)
    if changed:
        residuals_changed.send(Invoice, invoice_ids=[one.pk for one in changed], by=by)
    for one in paid:
        invoice_paid.send(Invoice, invoice=one, by=by)


def state_of(invoice: Invoice, mine: Settled) -> State:
    """The state of payment of a posted document."""
    if invoice.residual == 0:
        if mine.under_way:
            return State.IN_PAYMENT
        is_invoice = invoice.kind == Invoice.Kind.INVOICE
        if is_invoice and mine.amount and not mine.by_others:
            return State.REVERSED
        return State.PAID
    return State.PARTIAL if mine.amount else State.NOT_PAID


def keep_unallocated(payments: Collection[Payment]) -> None:
    """Write what no document has used of these payments."""
    used = {
        row["payment_id"]: row["used"]
        for row in Allocation.objects.filter(
            payment__in=[one.pk for one in payments], is_write_off=False
        )
        .values("payment_id")
        .annotate(used=Sum("amount"))
        .order_by()
    }
    changed = []
    for one in payments:
        left = one.amount - used.get(one.pk, 0)
        if one.state != Payment.State.POSTED:
            left = 0
        if left < 0:
            raise TooMuch
        if left != one.unallocated:
            one.unallocated = left
            one.version += 1
            changed.append(one)
    Payment.objects.bulk_update(changed, ["unallocated", "version"], batch_size=200)


def free(allocations: Sequence[Allocation], *, by: Actor) -> None:
    """Take allocations back; documents are due again, payments free again."""
    if not allocations:
        return
    documents = {one.invoice_id for one in allocations}
    documents |= {one.credit_note_id for one in allocations if one.credit_note_id}
    held = hold(documents)
    payments = hold_payments({one.payment_id for one in allocations if one.payment_id})
    Allocation.objects.filter(pk__in=[one.pk for one in allocations]).delete()
    keep_unallocated(list(payments.values()))
    settle(list(held.values()), by=by)


def settle_credits(notes: Sequence[Invoice], *, by: Actor) -> None:
    """A credit note that was just posted settles what is due on its invoice."""
    originals = {one.reversal_of_id for one in notes if one.reversal_of_id}
    held = hold([*[one.pk for one in notes], *[pk for pk in originals if pk]])
    today = timezone.now().date()
    made = []
    for one in notes:
        note, original = held[one.pk], held.get(one.reversal_of_id or 0)
        if original is None or original.state != Invoice.State.POSTED:
            continue
        amount = min(note.residual, original.residual)
        if amount <= 0 or note.currency != original.currency:
            continue
        original.residual -= amount
        made.append(
            Allocation(
                invoice=original,
                credit_note=note,
                amount=amount,
                date=note.accounting_date or today,
            )
        )
    if not made:
        return
    Allocation.objects.bulk_create(made)
    fresh = hold(set(held))
    settle(list(fresh.values()), by=by)


def by_due_date(invoices: Collection[Invoice]) -> list[Invoice]:
    """Oldest due first."""
    return sorted(
        invoices,
        key=lambda one: (one.due_date or dt.date.max, one.invoice_date, one.pk),
    )


def _settled(keys: Sequence[int]) -> dict[int, Settled]:
    found: dict[int, Settled] = {}
    rows = Allocation.objects.filter(
        Q(invoice__in=keys) | Q(credit_note__in=keys)
    ).values_list(
        "invoice_id",
        "credit_note_id",
        "amount",
        "is_write_off",
        F("payment__cheque_state"),
    )
    wanted = set(keys)
    for invoice_id, note_id, amount, is_write_off, cheque in rows:
        for key in {invoice_id, note_id} & wanted:
            one = found.setdefault(key, Settled())
            one.amount += amount
            one.by_others = one.by_others or note_id is None
            if cheque in UNDER_WAY and not is_write_off:
                one.under_way = True
    return found
