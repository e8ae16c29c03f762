"""The way back from a provider, and the invented bank of the demo."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import system_actor
from sarnakh.portal import links
from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.pages import PAGES, Page, profile_of
from sarnakh.portal.payments import actions
from sarnakh.portal.payments.handlers import HANDLERS

State = PaymentAttempt.State


def returned(request: HttpRequest, opaque: str) -> HttpResponse | None:
    """The customer is back: ask the provider, then show the document."""
    found = _find(opaque)
    if found is None:
        return None
    attempt, page, record = found
    sent = request.POST if request.method == "POST" else request.GET
    # Reason: a provider speaks, and is believed only after we have asked it.
    attempt = actions.finish(attempt, sent.dict(), by=system_actor(attempt.company))
    with translation.override(profile_of(page, record).language):
        if attempt.state == State.DONE:
            messages.success(request, _("Thank you. Your payment has arrived."))
        else:
            messages.error(
                request, _("The payment was not completed. Nothing was taken.")
            )
    record.refresh_from_db()
    return redirect(links.url(page.purpose, record, page.record_type))


def demo_bank(request: HttpRequest, opaque: str) -> HttpResponse | None:
    """A page as a bank would show it: pay, or give up."""
    found = _find(opaque)
    if "demo" not in settings.PAYMENT_PROVIDERS or found is None:
        return None
    attempt, page, record = found
    if attempt.provider != "demo":
        return None
    if request.method == "POST" and attempt.state == State.STARTED:
        is_paid = request.POST.get("answer") == "pay"
        attempt.details["bank"] = {
            "status": "paid" if is_paid else "cancelled",
            "reference": f"DEMO-{attempt.pk}",
            "amount": attempt.amount,
            "currency": attempt.currency,
        }
        attempt.save(update_fields=["details"])
        return redirect("portal:returned", attempt.opaque)
    profile = profile_of(page, record)
    with translation.override(profile.language):
        return render(
            request,
            "portal/demo_bank.html",
            {
                "attempt": attempt,
                "profile": profile,
                "company": attempt.company,
                "language": profile.language,
                "direction": "rtl" if profile.language in {"fa", "ar"} else "ltr",
                "theme": "auto",
            },
        )


def _find(opaque: str) -> tuple[PaymentAttempt, Page, Any] | None:
    attempt = (
        PaymentAttempt.objects.select_related("company").filter(opaque=opaque).first()
    )
    handler = HANDLERS.get(attempt.record_type) if attempt else None
    page = PAGES.get(handler.purpose) if handler else None
    if attempt is None or page is None:
        return None
    record = page.find(attempt.record_id)
    return None if record is None else (attempt, page, record)
