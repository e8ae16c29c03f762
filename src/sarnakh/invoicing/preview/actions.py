"""Payments of customers for their invoices."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.discussion import actions as discussion
from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.preview.accounts import journal_for
from sarnakh.lib.money import format_money
from sarnakh.portal.models import PaymentAttempt
from sarnakh.records.types import by_model


def listeners(invoice: Invoice) -> list[int]:
    """Who of the house hears of it."""
    return [invoice.salesperson_id] if invoice.salesperson_id else []


def received(invoice: Invoice, attempt: PaymentAttempt, *, by: Actor) -> None:
    """Money has come in: it is registered and settles the invoice.

    What the invoice does not need any more stays as a credit of the customer.
    """
    # Reason: who sells may say that money came in, without the right to post.
    system = system_actor(invoice.company)
    journal = journal_for(invoice.company_id, attempt.journal_id)
    reference = attempt.provider_reference or f"attempt-{attempt.pk}"
    if journal is not None:
        if invoice.state == Invoice.State.POSTED and invoice.residual:
            payments.register(
                [invoice],
                journal=journal,
                amount=attempt.amount,
                memo=invoice.payment_reference or invoice.number,
                external_reference=reference,
                by=system,
            )
        else:
            (payment,) = payments.create(
                [
                    {
                        "company": invoice.company_id,
                        "customer": invoice.customer_id,
                        "journal": journal.pk,
                        "currency": attempt.currency,
                        "amount": attempt.amount,
                        "memo": invoice.number,
                        "external_reference": reference,
                        "date": invoice.company.profile().today(),
                    }
                ],
                by=system,
            )
            payments.post(payment, by=system)
    with translation.override(invoice.company.language):
        words = _("%(amount)s was paid for this document.")
        words %= {"amount": amount_text(invoice, attempt)}
    discussion.log(invoice, by_model(Invoice), words, tell=listeners(invoice), by=by)


def announced(invoice: Invoice, attempt: PaymentAttempt, *, by: Actor) -> None:
    """The customer says that the money is on its way: the salesperson looks."""
    with translation.override(invoice.company.language):
        amount = amount_text(invoice, attempt)
        words = _("%(amount)s was announced by the customer, tracking number %(note)s.")
        words %= {"amount": amount, "note": attempt.note}
        summary = _("Confirm receipt of %(amount)s") % {"amount": amount}
    record_type = by_model(Invoice)
    discussion.log(invoice, record_type, words, tell=listeners(invoice), by=by)
    kind = ActivityType.objects.order_by("pk").first()
    person = invoice.salesperson
    if person and person.is_active and kind:
        activities.schedule(
            invoice,
            record_type,
            kind,
            deadline=invoice.company.profile().today(),
            user=person,
            summary=summary,
            by=by,
        )


def rejected(invoice: Invoice, attempt: PaymentAttempt, *, by: Actor) -> None:
    """The announced money never came."""
    words = _("The announced payment of %(amount)s was not received.")
    words %= {"amount": amount_text(invoice, attempt)}
    discussion.log(invoice, by_model(Invoice), words, by=by)


def note_sent(invoice: Invoice, *, by: Actor) -> None:
    """A letter with the invoice waits to leave."""
    Invoice.objects.filter(pk=invoice.pk).update(sent_at=timezone.now())


def amount_text(invoice: Invoice, attempt: PaymentAttempt) -> str:
    """The amount as the house reads it."""
    company = invoice.company
    profile = company.profile(toman=company.shows_toman)
    return format_money(attempt.amount, attempt.currency, profile)
