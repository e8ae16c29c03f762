"""Beside a document: the customer's page, and what customers paid."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.discussion import addresses as places
from sarnakh.portal import links, payments
from sarnakh.portal.models import PaymentAttempt
from sarnakh.portal.pages import PAGES
from sarnakh.records import rows
from sarnakh.records.types import RecordType, by_name
from sarnakh.screens.panels import Panel


def context(record: Any, record_type: RecordType, actor: Actor) -> dict[str, Any]:
    """What `portal/panel.html` needs; one statement."""
    page = page_of(record_type.name)
    may_write = rows.may_write(record, record_type, actor)
    is_shared = page is not None and may_write and page.is_open(record)
    return {
        "record": record,
        "record_type": record_type,
        "attempts": payments.attempts_of(record_type.name, record.pk),
        "may_write": may_write,
        "profile": actor.profile,
        "is_shared": is_shared,
        "link": links.url(page.purpose, record, record_type.name)
        if page and is_shared
        else "",
    }


def page_of(record_type: str) -> Any:
    """The page that shows records of a type; None when none does."""
    return next((p for p in PAGES.values() if p.record_type == record_type), None)


PANEL = Panel("portal/panel.html", context)


@login_needed
@require_POST
def decide(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """An announced payment came in, or never did."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    attempt = get_object_or_404(PaymentAttempt, pk=pk)
    rows.find(by_name(attempt.record_type), attempt.record_id, actor, "write")
    if word == "confirm":
        payments.confirm_receipt(attempt, by=actor)
        messages.success(request, _("The payment is confirmed."))
    elif word == "reject":
        payments.reject(attempt, by=actor)
        messages.success(request, _("The payment is marked as not received."))
    else:
        raise Http404
    return redirect(places.address(attempt.record_type, attempt.record_id))


@login_needed
@require_POST
def revoke(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Take back every link to a document that was given out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if page_of(name) is None:
        raise Http404
    record = rows.find(by_name(name), pk, actor, "write")
    links.revoke(record, by=actor)
    messages.success(request, _("All links to this document are taken back."))
    return redirect(places.address(name, pk))
