"""Registering what a customer pays for invoices, or gets back for credit notes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.errors import (
    AmountNotPositive,
    BadSayad,
    ChequeNeeds,
    DoNotFit,
    NothingDue,
    NotPosted,
    WrongJournal,
)
from sarnakh.invoicing.invoices.early import early_discount
from sarnakh.invoicing.journals.queries import PAYING
from sarnakh.invoicing.models import Allocation, Invoice, Journal, Payment
from sarnakh.invoicing.payments import sayad, settling
from sarnakh.invoicing.payments.allocating import day_of
from sarnakh.invoicing.payments.editing import (
    give_number,
    insert,
    log,
    refuse_second,
)
from sarnakh.invoicing.payments.families import root_of
from sarnakh.money.rates import price_of
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole

REMEMBERED = 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Cheque:
    """What is written on a cheque."""

    number: str
    due: dt.date | None
    bank: str = ""
    branch: str = ""
    sayad_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the dialog says."""

    journal: Journal
    date: dt.date
    amount: int | None
    memo: str
    settles_fully: bool
    label: str
    cheque: Cheque | None
    external_reference: str


@whole
def register(
    invoices: Sequence[Invoice],
    *,
    journal: Journal,
    amount: int | None = None,
    date: dt.date | None = None,
    memo: str = "",
    settles_fully: bool = False,
    label: str = "",
    is_grouped: bool = False,
    cheque: Cheque | None = None,
    external_reference: str = "",
    once: str = "",
    by: Actor,
) -> list[Payment]:
    """Post payments for documents and allocate them, oldest due first.

    Without an amount it is what is due, less an early-payment discount that holds
    on the day. One payment for each document, or a single one when grouped; only
    then, or for one document, an amount can be given. Paying less keeps the rest
    open, or writes it off (`settles_fully`, with a label); paying more leaves a
    credit of the customer. `once` names the click: sent again, it has no effect
    and gives the same answer.
    """
    if not by.has(Role.BILLING):
        raise PermissionDenied
    key = f"pay:{by.user_id}:{once[:60]}"
    if once and not cache.add(key, [], REMEMBERED):
        return list(Payment.objects.filter(pk__in=cache.get(key) or []).order_by("pk"))
    held = settling.hold([one.pk for one in invoices])
    documents = settling.by_due_date(held.values())
    _check(documents, journal, is_grouped=is_grouped)
    wish = Wish(
        journal=journal,
        date=date or documents[0].company.profile().today(),
        amount=amount if is_grouped or len(documents) == 1 else None,
        memo=memo,
        settles_fully=settles_fully,
        label=label,
        cheque=_checked_cheque(cheque, journal),
        external_reference=external_reference.strip(),
    )
    batches = [documents] if is_grouped else [[one] for one in documents]
    made = [_pay(batch, wish, by=by) for batch in batches]
    settling.settle(documents, by=by)
    for payment in made:
        give_number(payment)
        log(payment, "posted", by=by)
    if once:
        cache.set(key, [one.pk for one in made], REMEMBERED)
    return made


def register_by_values(
    invoice: Invoice,
    *,
    journal: int,
    amount: int | None = None,
    date: dt.date | None = None,
    memo: str = "",
    settles_fully: bool = False,
    label: str = "",
    cheque_number: str = "",
    cheque_due: dt.date | None = None,
    cheque_bank: str = "",
    cheque_branch: str = "",
    sayad_id: str = "",
    external_reference: str = "",
    once: str = "",
    by: Actor,
) -> Invoice:
    """The same from a dialog or the API, for one document; gives it back."""
    found = (
        Journal.objects.filter(pk=journal, company_id=invoice.company_id).first()
        if journal
        else None
    )
    if found is None:
        raise WrongJournal("–")
    register(
        [invoice],
        journal=found,
        amount=amount,
        date=date,
        memo=memo,
        settles_fully=settles_fully,
        label=label,
        cheque=Cheque(
            number=cheque_number,
            due=cheque_due,
            bank=cheque_bank,
            branch=cheque_branch,
            sayad_id=sayad_id,
        ),
        external_reference=external_reference,
        once=once,
        by=by,
    )
    invoice.refresh_from_db()
    return invoice


def due_now(invoice: Invoice, on: dt.date) -> int:
    """What settles a document on a day: its residual, less the discount."""
    return invoice.residual - early_discount(invoice, on)


def _pay(documents: Sequence[Invoice], wish: Wish, *, by: Actor) -> Payment:
    first = documents[0]
    discounts = {one.pk: early_discount(one, wish.date) for one in documents}
    due = sum(one.residual - discounts[one.pk] for one in documents)
    if not any(one.residual for one in documents):
        raise NothingDue(str(first))
    amount = due if wish.amount is None else wish.amount
    if amount <= 0:
        raise AmountNotPositive
    if amount < due:
        # The discount is for whoever pays all that is asked.
        discounts = dict.fromkeys(discounts, 0)
    shares = _shares(documents, discounts, amount)
    payment = _payment(first, wish, amount, used=sum(shares.values()), by=by)
    rows = []
    for one in documents:
        rest = one.residual - shares[one.pk]
        day = day_of(one, payment)
        if shares[one.pk]:
            rows.append(
                Allocation(
                    invoice=one, payment=payment, amount=shares[one.pk], date=day
                )
            )
        if rest and (wish.settles_fully or discounts[one.pk]):
            label = _("Early-payment discount") if discounts[one.pk] else wish.label
            rows.append(
                Allocation(
                    invoice=one,
                    payment=payment,
                    amount=rest,
                    is_write_off=True,
                    label=label[:200] or _("Difference written off"),
                    date=day,
                )
            )
    Allocation.objects.bulk_create(rows)
    return payment


def _shares(
    documents: Sequence[Invoice], discounts: dict[int, int], amount: int
) -> dict[int, int]:
    """Each its due first, then what the discount left, oldest due first."""
    shares = {}
    left = amount
    for one in documents:
        shares[one.pk] = min(left, one.residual - discounts[one.pk])
        left -= shares[one.pk]
    for one in documents:
        more = min(left, one.residual - shares[one.pk])
        shares[one.pk] += more
        left -= more
    return shares


def _payment(
    first: Invoice, wish: Wish, amount: int, *, used: int, by: Actor
) -> Payment:
    cheque = wish.cheque
    payment = Payment(
        state=Payment.State.POSTED,
        is_refund=first.kind == Invoice.Kind.CREDIT_NOTE,
        company=first.company,
        journal=wish.journal,
        customer=first.customer,
        date=wish.date,
        currency=first.currency,
        rate=price_of(first.currency, first.company, wish.date),
        amount=amount,
        unallocated=amount - used,
        memo=(wish.memo or first.payment_reference or first.number)[:200],
        external_reference=wish.external_reference,
    )
    if cheque:
        payment.cheque_number = cheque.number
        payment.cheque_bank = cheque.bank
        payment.cheque_branch = cheque.branch
        payment.sayad_id = cheque.sayad_id
        payment.cheque_due = cheque.due
        payment.cheque_state = Payment.ChequeState.RECEIVED
        refuse_second(payment)
    plain.stamp(payment, by=by)
    insert(payment)
    return payment


def _check(documents: Sequence[Invoice], journal: Journal, *, is_grouped: bool) -> None:
    if not documents:
        raise NothingDue("–")
    first = documents[0]
    for one in documents:
        if one.state != Invoice.State.POSTED:
            raise NotPosted(str(one))
        if (one.company_id, one.currency, one.kind) != (
            first.company_id,
            first.currency,
            first.kind,
        ):
            raise DoNotFit
    if is_grouped and len({root_of(one.customer_id) for one in documents}) > 1:
        raise DoNotFit
    if (
        journal.company_id != first.company_id
        or journal.kind not in PAYING
        or not journal.active
    ):
        raise WrongJournal(journal.name)


def _checked_cheque(cheque: Cheque | None, journal: Journal) -> Cheque | None:
    if journal.kind != Journal.Kind.CHEQUE:
        return None
    if cheque is None or not cheque.number.strip() or cheque.due is None:
        raise ChequeNeeds
    found = sayad.normal(cheque.sayad_id)
    if found is None:
        raise BadSayad
    return Cheque(
        number=cheque.number.strip()[:40],
        due=cheque.due,
        bank=cheque.bank.strip()[:60],
        branch=cheque.branch.strip()[:60],
        sayad_id=found,
    )
