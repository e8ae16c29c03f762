"""What a payment means for its document: rooms above say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.portal.models import PaymentAttempt

HANDLERS: dict[str, "Handler"] = {}


def _ignore(record: Any, attempt: PaymentAttempt, *, by: Actor) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Handler:
    """Called in the transaction that changes the attempt, once for each change.

    `purpose` names the page that customers come back to.
    """

    record_type: str
    purpose: str
    received: Callable[..., None]
    announced: Callable[..., None] = _ignore
    rejected: Callable[..., None] = _ignore


def on_payment(handler: Handler) -> None:
    """Say what payments for a type of records do."""
    HANDLERS[handler.record_type] = handler
