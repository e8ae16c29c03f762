"""Payments of customers: every step once, however often it is asked for."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.lib.errors import Refused
from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.payments.handlers import HANDLERS
from sarnakh.portal.payments.providers import PROVIDERS, Verified, online
from sarnakh.records.types import by_name
from sarnakh.records.whole import whole

State = PaymentAttempt.State


class NothingToPay(Refused):
    """The amount is nothing, or more than is due."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to pay here."), "nothing-to-pay")


class UnknownMethod(Refused):
    """A way of paying that is not offered."""

    def __init__(self) -> None:
        super().__init__(_("Choose a way of paying."), "unknown-method")


class NoTrace(Refused):
    """A transfer without anything to find it by."""

    def __init__(self) -> None:
        super().__init__(
            _("Write the tracking number, so that we find your payment."), "no-trace"
        )


class AlreadyDecided(Refused):
    """Somebody has said already whether this payment came in."""

    def __init__(self) -> None:
        super().__init__(_("This payment is settled already."), "already-decided")


def begin(
    record: Any,
    record_type: str,
    *,
    company: Company,
    provider: str,
    amount: int,
    currency: str,
    reference: str,
) -> tuple[PaymentAttempt, str]:
    """Start an online payment; the attempt, and where to send the customer."""
    if provider not in {one.code for one in online()}:
        raise UnknownMethod
    if amount <= 0:
        raise NothingToPay
    attempt = PaymentAttempt.objects.create(
        company=company,
        record_type=record_type,
        record_id=record.pk,
        reference=reference[:60],
        provider=provider,
        amount=amount,
        currency=currency,
    )
    path = reverse("portal:returned", args=[attempt.opaque])
    return_url = str(settings.ADDRESS).rstrip("/") + path
    return attempt, PROVIDERS[provider].begin(attempt, return_url)


@whole
def announce(
    record: Any,
    record_type: str,
    *,
    company: Company,
    method: str,
    journal_id: int,
    amount: int,
    currency: str,
    reference: str,
    note: str,
    by: Actor,
) -> PaymentAttempt:
    """The customer says that the money is on its way; saying it twice is once."""
    note = " ".join(note.split())[:100]
    if not note:
        raise NoTrace
    if amount <= 0:
        raise NothingToPay
    same = PaymentAttempt.objects.filter(
        record_type=record_type, record_id=record.pk, note=note, state=State.PENDING
    )
    if found := same.first():
        return found
    attempt = PaymentAttempt.objects.create(
        company=company,
        record_type=record_type,
        record_id=record.pk,
        reference=reference[:60],
        provider=method[:40],
        journal_id=journal_id,
        amount=amount,
        currency=currency,
        state=State.PENDING,
        note=note,
    )
    HANDLERS[record_type].announced(record, attempt, by=by)
    return attempt


def finish(
    attempt: PaymentAttempt, sent: Mapping[str, Any], *, by: Actor
) -> PaymentAttempt:
    """Ask the provider how it went; repeating changes nothing.

    Paid means: the provider says so, for this amount in this currency, under a
    reference that has paid for nothing else.
    """
    if attempt.state != State.STARTED:
        return attempt
    verified = PROVIDERS[attempt.provider].verify(attempt, sent)
    fits = (
        verified.is_paid
        and bool(verified.reference)
        and verified.amount == attempt.amount
        and verified.currency == attempt.currency
    )
    try:
        with transaction.atomic():
            if fits:
                _receive(attempt, State.STARTED, verified.reference, by=by)
            else:
                _fail(attempt, verified)
    except IntegrityError:
        # That payment has paid for something else already.
        _fail(attempt, Verified(is_paid=False, reason="reference-used"))
    attempt.refresh_from_db()
    return attempt


@whole
def confirm_receipt(attempt: PaymentAttempt, *, by: Actor) -> PaymentAttempt:
    """We see the money on our account."""
    if not _receive(attempt, State.PENDING, "", by=by):
        raise AlreadyDecided
    attempt.refresh_from_db()
    return attempt


@whole
def reject(attempt: PaymentAttempt, *, by: Actor) -> PaymentAttempt:
    """The money never came."""
    if not _turn(attempt, State.PENDING, State.REJECTED):
        raise AlreadyDecided
    attempt.refresh_from_db()
    HANDLERS[attempt.record_type].rejected(_record_of(attempt), attempt, by=by)
    return attempt


def _receive(attempt: PaymentAttempt, state: str, reference: str, *, by: Actor) -> bool:
    if not _turn(attempt, state, State.DONE, provider_reference=reference[:100]):
        return False
    attempt.refresh_from_db()
    HANDLERS[attempt.record_type].received(_record_of(attempt), attempt, by=by)
    return True


def _fail(attempt: PaymentAttempt, verified: Verified) -> None:
    details = {**attempt.details, "reason": verified.reason[:100]}
    _turn(attempt, State.STARTED, State.FAILED, details=details)


def _turn(attempt: PaymentAttempt, old: str, new: str, **more: Any) -> bool:
    """Compare and swap: of two at once one turns it."""
    rows = PaymentAttempt.objects.filter(pk=attempt.pk, state=old)
    return bool(rows.update(state=new, finished_at=timezone.now(), **more))


def _record_of(attempt: PaymentAttempt) -> Any:
    model: Any = by_name(attempt.record_type).model
    return model._default_manager.get(pk=attempt.record_id)
