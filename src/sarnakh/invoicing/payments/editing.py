"""A payment by itself: draft, posted, cancelled; where its cheque is."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing import numbering
from sarnakh.invoicing.errors import (
    AmountNotPositive,
    BadSayad,
    ChequeNeeds,
    ChequeStep,
    ChequeTwice,
    CrossCompany,
    NotDeletable,
    NotDraft,
    OtherYear,
    PeriodLocked,
    ReferenceTwice,
    WrongJournal,
)
from sarnakh.invoicing.events import cheque_failed
from sarnakh.invoicing.invoices import numbers
from sarnakh.invoicing.journals.queries import PAYING, series_of_payment
from sarnakh.invoicing.models import Allocation, Journal, Payment
from sarnakh.invoicing.payments import cheques, sayad, settling
from sarnakh.money.rates import price_of
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

ALWAYS = frozenset({"memo"})


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Payment]:
    """Draft payments: the door of forms, imports and the API."""
    record_type = by_model(Payment)
    made = []
    for one in values:
        payment = Payment(**plain.column_values(record_type, one))
        if not payment.company_id:
            payment.company = by.company
        if "currency" not in one:
            payment.currency = payment.company.currency
        if payment.date is None:
            payment.date = payment.company.profile().today()
        _fit(payment)
        plain.stamp(payment, by=by)
        insert(payment)
        log(payment, "created", by=by)
        made.append(payment)
    return made


@whole
def change(
    payment: Payment, values: Values, *, seen: int | None = None, by: Actor
) -> Payment:
    """Edit a draft; of a posted one only the memo."""

    def derive(record: Any, changed: set[str]) -> None:
        if record.state != Payment.State.DRAFT and changed - ALWAYS:
            raise NotDraft(str(record))
        if record.number and changed & {"journal", "company"}:
            raise NotDraft(record.number)
        _fit(record)

    return plain.write(payment, values, seen=seen, derive=derive, by=by)


@whole
def post(payment: Payment, *, by: Actor) -> Payment:
    """Post a draft: it gets its number and is a credit of the customer until it is
    allocated. Twice is once."""
    found = _held(payment, by=by)
    if found.state == Payment.State.POSTED:
        return found
    if found.state != Payment.State.DRAFT:
        raise NotDraft(str(found))
    _fit(found)
    if found.journal.kind == Journal.Kind.CHEQUE:
        if not found.cheque_number or found.cheque_due is None:
            raise ChequeNeeds
        refuse_second(found)
        found.cheque_state = Payment.ChequeState.RECEIVED
    _write(found, Payment.State.POSTED, "posted", by=by)
    give_number(found)
    return found


@whole
def reset_to_draft(payment: Payment, *, by: Actor) -> Payment:
    """Take a payment back to draft: what it settled is due again."""
    found = _held(payment, by=by)
    if found.state == Payment.State.DRAFT:
        return found
    if found.state == Payment.State.POSTED:
        _refuse_locked(found)
        _free(found, by=by)
    found.cheque_state = Payment.ChequeState.NONE
    _write(found, Payment.State.DRAFT, "reset", by=by)
    return found


@whole
def cancel(payment: Payment, *, by: Actor) -> Payment:
    """Cancel a payment: what it settled is due again. Twice is once."""
    found = _held(payment, by=by)
    if found.state == Payment.State.CANCELLED:
        return found
    if found.state == Payment.State.POSTED:
        _refuse_locked(found)
        _free(found, by=by)
    _write(found, Payment.State.CANCELLED, "cancelled", by=by)
    return found


@whole
def move_cheque(payment: Payment, *, to: str, by: Actor) -> Payment:
    """Deposit, clear, bounce or return a cheque.

    One that brought no money opens what it had settled and tells who sold it; a
    bounced one can be deposited again and is then a credit of the customer.
    """
    found = _held(payment, by=by)
    if found.cheque_state == to:
        return found
    if not cheques.may_go(found.cheque_state, to):
        raise ChequeStep
    held = settling.hold(_documents(found))
    failed = to in cheques.FAILED
    if failed:
        _free(found, by=by)
    found.cheque_state = to
    state = Payment.State.CANCELLED if failed else Payment.State.POSTED
    _write(found, state, f"cheque-{to}", by=by)
    if failed:
        cheque_failed.send(Payment, payment=found, invoice_ids=list(held), by=by)
    else:
        settling.settle(list(held.values()), by=by)
    return found


@whole
def delete(payments: Sequence[Payment], *, by: Actor) -> None:
    """Delete what never had a number."""
    for one in payments:
        found = _held(one, by=by)
        if found.number or found.state == Payment.State.POSTED:
            raise NotDeletable(str(found))
    plain.delete(payments, by=by)


def insert(payment: Payment) -> None:
    """Save a new payment; an outside reference counts once in a journal."""
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        raise ReferenceTwice(payment.external_reference) from error


def refuse_second(payment: Payment) -> None:
    """A cheque is registered once."""
    if not payment.sayad_id:
        return
    same = Payment.objects.filter(
        company_id=payment.company_id,
        sayad_id=payment.sayad_id,
        state=Payment.State.POSTED,
    ).exclude(pk=payment.pk)
    if same.exists():
        raise ChequeTwice(payment.sayad_id)


def give_number(payment: Payment) -> None:
    """The number, last of all: its counter is held until the transaction ends."""
    year = numbering.year_of(payment.company, payment.date)
    if payment.number:
        if numbers.year_in(payment.number) != year:
            raise OtherYear(payment.number)
        return
    payment.number = numbering.take(
        series_of_payment(payment, year), payment.journal.code, year
    )
    Payment.objects.filter(pk=payment.pk).update(number=payment.number)


def log(payment: Payment, event: str, *, by: Actor, **values: Any) -> None:
    """A row of its history."""
    changes.log(payment, by_model(Payment), by=by, event=event, values=values)


def _fit(payment: Payment) -> None:
    journal = payment.journal
    if journal.company_id != payment.company_id or journal.kind not in PAYING:
        raise WrongJournal(journal.name)
    owner = payment.customer.company_id
    if owner and owner != payment.company_id:
        raise CrossCompany(str(payment.customer))
    if payment.amount <= 0:
        raise AmountNotPositive
    found = sayad.normal(payment.sayad_id)
    if found is None:
        raise BadSayad
    payment.sayad_id = found
    payment.rate = price_of(payment.currency, payment.company, payment.date)


def _held(payment: Payment, *, by: Actor) -> Payment:
    if not by.has(Role.BILLING):
        raise PermissionDenied
    # Documents are locked before payments, everywhere.
    settling.hold(_documents(payment))
    return settling.hold_payments([payment.pk])[payment.pk]


def _documents(payment: Payment) -> list[int]:
    return list(
        Allocation.objects.filter(payment=payment).values_list("invoice_id", flat=True)
    )


def _free(payment: Payment, *, by: Actor) -> None:
    settling.free(list(Allocation.objects.filter(payment=payment)), by=by)
    payment.refresh_from_db(fields=["unallocated", "version"])


def _refuse_locked(payment: Payment) -> None:
    until = payment.journal.locked_until
    if until and payment.date <= until:
        raise PeriodLocked(payment.company.profile().date_text(until))


def _write(payment: Payment, state: str, event: str, *, by: Actor) -> None:
    before = payment.state
    payment.state = state
    used = payment.allocations.filter(is_write_off=False)
    taken = sum(used.values_list("amount", flat=True))
    is_posted = state == Payment.State.POSTED
    payment.unallocated = payment.amount - taken if is_posted else 0
    payment.updated_at = timezone.now()
    plain.save_guarded(
        payment, ["state", "unallocated", "cheque_state", "rate", "sayad_id"], by=by
    )
    log(payment, event, by=by, state=[before, state])
