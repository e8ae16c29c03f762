"""What is owed, how long it has been, and what teams invoiced."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing import buckets
from sarnakh.invoicing.models import Allocation, Installment, Invoice, Payment
from sarnakh.invoicing.payments.families import family
from sarnakh.money.conversion import converted
from sarnakh.money.models import TradeSettings

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAID = (
    Invoice.PaymentState.IN_PAYMENT,
    Invoice.PaymentState.PAID,
    Invoice.PaymentState.REVERSED,
)
POSTED = Invoice.State.POSTED


def invoiced_by_team(
    team_ids: Collection[int], start: dt.date, end: dt.date, basis: str = "posted"
) -> dict[int, int]:
    """What teams invoiced from one day to another, both counted: untaxed, credit
    notes subtracted, in smallest units of the companies. `basis` is that of the
    company's settings: all posted documents, or only those that are paid.
    """
    rows = Invoice.objects.filter(
        team__in=team_ids, state=POSTED, accounting_date__range=(start, end)
    )
    if basis == TradeSettings.TargetBasis.PAID:
        rows = rows.filter(payment_state__in=PAID)
    found = rows.values("team_id").annotate(sum=Sum("company_untaxed")).order_by()
    return {row["team_id"]: row["sum"] for row in found}


@dataclass(frozen=True)
class Owed:
    """In smallest units of the company; credits are subtracted."""

    total: int
    overdue: int


def owed(contact: Contact, company: Company, on: dt.date | None = None) -> Owed:
    """What a customer with their firm owes, and how much of it is late."""
    today = on or company.profile().today()
    people = family(contact.pk)
    documents = Invoice.objects.filter(
        customer__in=people, company=company, state=POSTED
    ).aggregate(
        total=Sum("company_residual"),
        overdue=Sum("company_residual", filter=Q(due_date__lt=today)),
    )
    free = _free_payments(Payment.objects.filter(customer__in=people, company=company))
    return Owed(
        total=(documents["total"] or 0) - free, overdue=documents["overdue"] or 0
    )


def _free_payments(rows: "QuerySet[Payment]") -> int:
    """Credits of payments that nothing has used yet, refunds subtracted."""
    free = 0
    for one in rows.filter(
        state=Payment.State.POSTED, unallocated__gt=0
    ).select_related("company"):
        free += _sign(one) * _home(one, one.unallocated)
    return free


# --- ageing ---------------------------------------------------------------------


@dataclass
class Part:
    """One open installment, credit note or payment."""

    title: str
    slug: str
    pk: int
    day: dt.date | None
    amount: int
    bucket: int


@dataclass
class Debtor:
    """What one customer owes, by age."""

    customer_id: int
    name: str = ""
    amounts: list[int] = field(default_factory=lambda: [0] * buckets.COUNT)
    parts: list[Part] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.amounts)


def ageing(
    on: dt.date,
    *,
    invoices: "QuerySet[Invoice]",
    payments: "QuerySet[Payment] | None" = None,
    basis: str = "due",
    details_of: int | None = None,
) -> list[Debtor]:
    """What was open on a day, per customer, biggest first; in the company's currency.

    `invoices` and `payments` are the rows that the reader may see. What was settled
    after the day counts as open. `basis` is "due" or "invoice"; `details_of` names
    the customer whose parts are wanted one by one. Five statements.
    """
    found: dict[int, Debtor] = {}
    later = _settled_later(on)
    documents = (
        invoices.filter(state=POSTED, accounting_date__lte=on)
        .filter(Q(residual__gt=0) | Q(pk__in=later.documents))
        .select_related("company")
    )
    if details_of:
        documents = documents.filter(customer=details_of)
    parts = _installments(documents)
    for one in documents:
        left = one.residual + later.documents.get(one.pk, 0)
        own = parts.get(one.pk) or [(one.due_date or one.invoice_date or on, left)]
        for day, amount in buckets.open_parts(own, left):
            shown = one.invoice_date if basis == "invoice" else day
            _add(
                found,
                one.customer_id,
                Part(
                    title=one.number,
                    slug="invoices",
                    pk=one.pk,
                    day=shown,
                    amount=one.sign * _home(one, amount),
                    bucket=buckets.bucket(shown, on),
                ),
                with_parts=bool(details_of),
            )
    if payments is not None:
        _add_payments(found, payments, later, on, details_of)
    names = dict(Contact.objects.filter(pk__in=found).values_list("pk", "name"))
    for debtor in found.values():
        debtor.name = names.get(debtor.customer_id, "")
        debtor.parts.sort(key=lambda part: (part.day or on, part.pk))
    kept = [one for one in found.values() if any(one.amounts)]
    return sorted(kept, key=lambda one: (-one.total, one.name, one.customer_id))


@dataclass(frozen=True)
class _Later:
    documents: dict[int, int]
    payments: dict[int, int]


def _settled_later(on: dt.date) -> _Later:
    """What was settled after a day, by document and payment."""
    documents: dict[int, int] = {}
    payments: dict[int, int] = {}
    rows = Allocation.objects.filter(date__gt=on).values_list(
        "invoice_id", "credit_note_id", "payment_id", "amount", "is_write_off"
    )
    for invoice_id, note_id, payment_id, amount, is_write_off in rows:
        for key in (invoice_id, note_id):
            if key:
                documents[key] = documents.get(key, 0) + amount
        if payment_id and not is_write_off:
            payments[payment_id] = payments.get(payment_id, 0) + amount
    return _Later(documents, payments)


def _installments(
    documents: "QuerySet[Invoice]",
) -> dict[int, list[tuple[dt.date, int]]]:
    found: dict[int, list[tuple[dt.date, int]]] = {}
    rows = Installment.objects.filter(invoice__in=documents.order_by().values("pk"))
    for pk, day, amount in rows.order_by("due_date", "pk").values_list(
        "invoice_id", "due_date", "amount"
    ):
        found.setdefault(pk, []).append((day, amount))
    return found


def _add_payments(
    found: dict[int, Debtor],
    payments: "QuerySet[Payment]",
    later: _Later,
    on: dt.date,
    details_of: int | None,
) -> None:
    rows = (
        payments.filter(state=Payment.State.POSTED, date__lte=on)
        .filter(Q(unallocated__gt=0) | Q(pk__in=later.payments))
        .select_related("company")
    )
    if details_of:
        rows = rows.filter(customer=details_of)
    for one in rows:
        left = one.unallocated + later.payments.get(one.pk, 0)
        if left:
            _add(
                found,
                one.customer_id,
                Part(
                    title=one.number,
                    slug="payments",
                    pk=one.pk,
                    day=one.date,
                    amount=-_sign(one) * _home(one, left),
                    bucket=buckets.bucket(one.date, on),
                ),
                with_parts=bool(details_of),
            )


def _add(
    found: dict[int, Debtor], customer_id: int, part: Part, *, with_parts: bool
) -> None:
    debtor = found.setdefault(customer_id, Debtor(customer_id))
    debtor.amounts[part.bucket] += part.amount
    if with_parts:
        debtor.parts.append(part)


# --- statements of account ----------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A line of a statement; `balance` is what is owed after it."""

    date: dt.date
    kind: str  # invoice, credit-note, payment, refund, write-off
    number: str
    text: str
    debit: int
    credit: int
    balance: int
    due_date: dt.date | None = None


@dataclass(frozen=True)
class Statement:
    """Everything between two days, in the company's currency."""

    contact: Contact
    company: Company
    start: dt.date
    end: dt.date
    opening: int
    entries: tuple[Entry, ...]
    closing: int


def statement(
    contact: Contact, company: Company, start: dt.date, end: dt.date
) -> Statement:
    """The account of a customer with their firm: opening, entries, closing."""
    opening = 0
    kept: list[tuple[dt.date, int, dict[str, Any]]] = []
    for day, _rank, amount, one in sorted(
        _movements(contact, company, end), key=lambda row: (row[0], row[1])
    ):
        if day < start:
            opening += amount
        else:
            kept.append((day, amount, one))
    balance = opening
    entries = []
    for day, amount, one in kept:
        balance += amount
        entries.append(
            Entry(
                date=day,
                debit=max(amount, 0),
                credit=max(-amount, 0),
                balance=balance,
                **one,
            )
        )
    return Statement(
        contact, company, start, end, opening, tuple(entries), closing=balance
    )


Movement = tuple[dt.date, tuple[int, int], int, dict[str, Any]]


def _movements(contact: Contact, company: Company, end: dt.date) -> list[Movement]:
    people = family(contact.pk)
    mine = {"customer__in": people, "company": company}
    found: list[Movement] = []
    invoices = Invoice.objects.filter(**mine, state=POSTED, accounting_date__lte=end)
    found += [
        (
            one.accounting_date,
            (0, one.pk),
            one.company_total,
            {
                "kind": one.kind,
                "number": one.number,
                "text": one.reference or one.origin,
                "due_date": one.due_date,
            },
        )
        for one in invoices
        if one.accounting_date is not None
    ]
    used = Allocation.objects.filter(
        invoice__customer__in=people, invoice__company=company
    ).select_related("invoice__company")
    by_payment: dict[int, list[Allocation]] = {}
    for allocation in used:
        if allocation.is_write_off and allocation.date <= end:
            found.append(
                (
                    allocation.date,
                    (2, allocation.pk),
                    -allocation.invoice.sign
                    * _home(allocation.invoice, allocation.amount),
                    {
                        "kind": "write-off",
                        "number": allocation.invoice.number,
                        "text": allocation.label,
                    },
                )
            )
        elif allocation.payment_id:
            by_payment.setdefault(allocation.payment_id, []).append(allocation)
    payments = Payment.objects.filter(
        **mine, state=Payment.State.POSTED, date__lte=end
    ).select_related("company")
    for payment in payments:
        # What settled an invoice counts at the invoice's rate: the difference in
        # the company's currency is no debt.
        amount = _home(payment, payment.unallocated) + sum(
            _home(one.invoice, one.amount) for one in by_payment.get(payment.pk, ())
        )
        found.append(
            (
                payment.date,
                (1, payment.pk),
                -_sign(payment) * amount,
                {
                    "kind": "refund" if payment.is_refund else "payment",
                    "number": payment.number,
                    "text": payment.memo,
                },
            )
        )
    return found


def _home(one: Invoice | Payment, amount: int) -> int:
    return converted(amount, Decimal(one.rate), one.currency, one.company.currency)


def _sign(payment: Payment) -> int:
    return -1 if payment.is_refund else 1


__all__ = [
    "Debtor",
    "Entry",
    "Owed",
    "Part",
    "Statement",
    "ageing",
    "invoiced_by_team",
    "owed",
    "statement",
]
