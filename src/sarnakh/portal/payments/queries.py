"""Reading payments of customers."""

from django.db.models import Sum

from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.payments.providers import Provider, online

State = PaymentAttempt.State


def attempts_of(record_type: str, record_id: int) -> list[PaymentAttempt]:
    """What counts or waits, newest first; visits to a provider that led nowhere
    are left out."""
    return list(
        PaymentAttempt.objects.filter(record_type=record_type, record_id=record_id)
        .exclude(state__in=(State.STARTED, State.FAILED))
        .order_by("-id")[:50]
    )


def paid(record_type: str, record_id: int) -> int:
    """The sum of what was received."""
    found = PaymentAttempt.objects.filter(
        record_type=record_type, record_id=record_id, state=State.DONE
    ).aggregate(sum=Sum("amount"))
    return found["sum"] or 0


def offered() -> list[Provider]:
    """Providers that customers can choose."""
    return online()
