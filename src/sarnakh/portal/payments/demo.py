"""A provider whose bank is invented: shows the whole way without money."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.payments.providers import Verified


class DemoProvider:
    """Its bank keeps its books in `details`; a real one keeps them elsewhere."""

    code = "demo"
    label = _("Online payment (demo)")

    def begin(self, attempt: PaymentAttempt, return_url: str) -> str:
        """The page of the invented bank."""
        path = reverse("portal:demo-bank", args=[attempt.opaque])
        return str(settings.ADDRESS).rstrip("/") + path

    def verify(self, attempt: PaymentAttempt, sent: Mapping[str, Any]) -> Verified:
        """What stands in the bank's books, not what the browser says."""
        attempt.refresh_from_db(fields=["details"])
        books = attempt.details.get("bank") or {}
        return Verified(
            is_paid=books.get("status") == "paid",
            reference=str(books.get("reference", "")),
            amount=int(books.get("amount", 0)),
            currency=str(books.get("currency", "")),
            reason=str(books.get("status", "unknown")),
        )
