"""The audit page for settings managers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sarnakh.accounts import queries, sessions
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.audit import LABELS
from sarnakh.accounts.models import AuditEntry
from sarnakh.accounts.views.guards import acting, manager_needed
from sarnakh.lib.relative import moment_text

PAGE = 80
# One search must not read a huge log again and again for its exact length.
NEEDLE = 200


@manager_needed
@require_GET
def audit_page(request: HttpRequest) -> HttpResponse:
    """What happened, the newest first; `q` searches, `event` narrows."""
    by = acting(request)
    text = request.GET.get("q", "")[:NEEDLE]
    event = request.GET.get("event", "")
    rows = queries.audit_of(by, text, event)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "entries": [_row(entry, by) for entry in page.object_list],
        "page": page,
        "q": text,
        "event": event,
        "events": [(str(name), label) for name, label in LABELS.items()],
    }
    return render(request, "accounts/audit.html", context)


def _row(entry: AuditEntry, by: Actor) -> dict[str, Any]:
    labels = {str(name): label for name, label in LABELS.items()}
    return {
        "moment": moment_text(entry.at, by.profile),
        "event": labels.get(entry.event, entry.event),
        "user": entry.user,
        "subject": entry.subject,
        "details": [f"{name}: {_said(value)}" for name, value in entry.details.items()],
        "origin": " · ".join(
            part for part in (entry.address, sessions.device(entry.device)) if part
        ),
    }


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_said(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_said(inner) for inner in value) or "–"
    return str(value)
