"""Which money settles which document."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.errors import DoNotFit, NothingDue, NotPosted, TooMuch
from sarnakh.invoicing.models import Allocation, Invoice, Payment
from sarnakh.invoicing.payments import settling
from sarnakh.invoicing.payments.families import same_family
from sarnakh.records.whole import whole

Source = Payment | Invoice


@whole
def allocate(
    invoice: Invoice, source: Source, *, amount: int | None = None, by: Actor
) -> Allocation:
    """Let a payment or a credit note settle a document, as far as both reach.

    Refuses what is not posted, of another customer, company or currency, and
    amounts beyond what is left. A refund settles credit notes.
    """
    _may(by)
    is_note = isinstance(source, Invoice)
    held = settling.hold({invoice.pk, source.pk} if is_note else {invoice.pk})
    found = held[invoice.pk]
    money: Source = (
        held[source.pk] if is_note else settling.hold_payments([source.pk])[source.pk]
    )
    _check(found, money)
    left = money.residual if isinstance(money, Invoice) else money.unallocated
    if not found.residual or not left:
        raise NothingDue(str(found if not found.residual else money))
    wanted = min(found.residual, left) if amount is None else amount
    if not 0 < wanted <= min(found.residual, left):
        raise TooMuch
    made = Allocation.objects.create(
        invoice=found,
        payment=money if isinstance(money, Payment) else None,
        credit_note=money if isinstance(money, Invoice) else None,
        amount=wanted,
        date=day_of(found, money),
    )
    if isinstance(money, Payment):
        settling.keep_unallocated([money])
    settling.settle(list(held.values()), by=by)
    return made


def add_credit(
    invoice: Invoice,
    *,
    payment: int | None = None,
    credit_note: int | None = None,
    by: Actor,
) -> Invoice:
    """The button "add" beside an outstanding credit."""
    if payment is not None:
        source: Source = Payment.objects.get(pk=payment)
    else:
        source = Invoice.objects.get(pk=credit_note or 0)
    allocate(invoice, source, by=by)
    invoice.refresh_from_db()
    return invoice


@whole
def allocate_oldest(payment: Payment, *, by: Actor) -> int:
    """Use a payment for what its customer owes, oldest due first; how much it was."""
    _may(by)
    keys = open_documents(payment)
    held = settling.hold(keys)
    money = settling.hold_payments([payment.pk])[payment.pk]
    if money.state != Payment.State.POSTED:
        raise NotPosted(str(money))
    left = money.unallocated
    made = []
    for one in settling.by_due_date(held.values()):
        amount = min(left, one.residual)
        if amount <= 0:
            continue
        left -= amount
        made.append(
            Allocation(
                invoice=one, payment=money, amount=amount, date=day_of(one, money)
            )
        )
    Allocation.objects.bulk_create(made)
    settling.keep_unallocated([money])
    settling.settle(list(held.values()), by=by)
    return sum(one.amount for one in made)


def use_for_oldest(payment: Payment, *, by: Actor) -> Payment:
    """The button of a payment that settles nothing yet."""
    allocate_oldest(payment, by=by)
    payment.refresh_from_db()
    return payment


@whole
def unallocate(allocation: Allocation, *, by: Actor) -> None:
    """Take an allocation back. Twice is once."""
    _may(by)
    present = Allocation.objects.filter(pk=allocation.pk).first()
    if present is not None:
        settling.free([present], by=by)


def open_documents(payment: Payment) -> list[int]:
    """Documents of the customer's family that the payment can settle."""
    from sarnakh.invoicing.payments.families import family

    kind = Invoice.Kind.CREDIT_NOTE if payment.is_refund else Invoice.Kind.INVOICE
    return list(
        Invoice.objects.filter(
            customer_id__in=family(payment.customer_id),
            company_id=payment.company_id,
            currency=payment.currency,
            kind=kind,
            state=Invoice.State.POSTED,
            residual__gt=0,
        ).values_list("pk", flat=True)
    )


def day_of(invoice: Invoice, source: Source) -> dt.date:
    """An allocation holds from the later of both days."""
    own = source.accounting_date if isinstance(source, Invoice) else source.date
    days = [day for day in (own, invoice.accounting_date) if day]
    return max(days) if days else timezone.now().date()


def _check(invoice: Invoice, money: Source) -> None:
    posted = Invoice.State.POSTED
    if invoice.state != posted:
        raise NotPosted(str(invoice))
    if money.state not in (posted, Payment.State.POSTED):
        raise NotPosted(str(money))
    if isinstance(money, Invoice):
        fits = (
            money.kind == Invoice.Kind.CREDIT_NOTE
            and invoice.kind == Invoice.Kind.INVOICE
        )
    else:
        fits = money.is_refund == (invoice.kind == Invoice.Kind.CREDIT_NOTE)
    fits = (
        fits
        and money.company_id == invoice.company_id
        and money.currency == invoice.currency
        and same_family(money.customer_id, invoice.customer_id)
    )
    if not fits:
        raise DoNotFit


def _may(by: Actor) -> None:
    if not by.has(Role.BILLING):
        raise PermissionDenied
