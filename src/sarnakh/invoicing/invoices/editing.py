"""Editing a document."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.errors import (
    NotDraft,
    NumberedAlready,
    PeriodLocked,
    WrongJournal,
)
from sarnakh.invoicing.events import invoices_changed
from sarnakh.invoicing.invoices import amounts, text
from sarnakh.invoicing.invoices.creation import check_company, rate_of
from sarnakh.invoicing.models import Invoice, Journal
from sarnakh.records import actions as plain
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

# What may change after posting: who answers for it and where it came from.
ALWAYS = frozenset({"salesperson", "team", "campaign", "medium", "source", "referrer"})
FIXED_ONCE_NUMBERED = frozenset({"journal", "company", "kind"})
RECOMPUTED = frozenset({"currency", "cash_rounding", "invoice_date", "payment_term"})


@whole
def change(
    invoice: Invoice, values: Values, *, seen: int | None = None, by: Actor
) -> Invoice:
    """Edit a draft; of a posted one only who answers for it. Amounts follow."""

    def derive(record: Any, changed: set[str]) -> None:
        if record.state != Invoice.State.DRAFT and changed - ALWAYS:
            raise NotDraft(str(record))
        if record.number and changed & FIXED_ONCE_NUMBERED:
            raise NumberedAlready(record.number)
        if "journal" in changed and record.journal.kind != Journal.Kind.SALE:
            raise WrongJournal(record.journal.name)
        if changed & {"company"} and record.lines.exists():
            raise NumberedAlready(str(record))
        check_company(record)
        if record.posts_on and "accounting_date" in changed:
            record.posts_on = record.accounting_date
        if changed & {"currency", "invoice_date", "company"}:
            record.rate = rate_of(record)
        if changed & RECOMPUTED:
            amounts.refresh(record)
        record.search_text = text.search_text(record)

    before = invoice.version
    changed = plain.write(invoice, values, seen=seen, derive=derive, by=by)
    if changed.version != before:
        invoices_changed.send(Invoice, invoice_ids=[invoice.pk], by=by)
    return changed


def draft_of(pk: int) -> Invoice:
    """The document, held until the transaction ends; refuses unless it is a draft."""
    found = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("company", "customer", "journal", "cash_rounding")
        .get(pk=pk)
    )
    if found.state != Invoice.State.DRAFT:
        raise NotDraft(str(found))
    return found


def refuse_locked(invoice: Invoice) -> None:
    """Closed books stay closed."""
    until, day = invoice.journal.locked_until, invoice.accounting_date
    if until and day and day <= until:
        raise PeriodLocked(invoice.company.profile().date_text(until))
