"""Who takes money online: redirect there, verify afterwards, believe nothing between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.functional import Promise

from sarnakh.portal.models import PaymentAttempt


@dataclass(frozen=True)
class Verified:
    """What the provider itself says, asked by us.

    `reference` is the provider's own name of the payment. Amount and currency are
    compared with the attempt: a cheaper payment never pays a dearer document.
    """

    is_paid: bool
    reference: str = ""
    amount: int = 0
    currency: str = ""
    reason: str = ""


class Provider(Protocol):
    """A plug-in; `begin` may raise Refused when the provider cannot be reached."""

    @property
    def code(self) -> str:
        """As settings and rows name it."""

    @property
    def label(self) -> str | Promise:
        """As customers read it."""

    def begin(self, attempt: PaymentAttempt, return_url: str) -> str:
        """Announce the payment to the provider; where to send the customer."""

    def verify(self, attempt: PaymentAttempt, sent: Mapping[str, Any]) -> Verified:
        """Ask the provider; `sent` is what the customer's browser brought along."""


PROVIDERS: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Offer a provider under its code; `PAYMENT_PROVIDERS` turns it on."""
    PROVIDERS[provider.code] = provider


def online() -> list[Provider]:
    """Those that are turned on."""
    return [PROVIDERS[code] for code in settings.PAYMENT_PROVIDERS if code in PROVIDERS]
