"""The page on which a company says how it trades."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sarnakh.accounts import interrupted
from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.errors import Refused
from sarnakh.money import settings as trade
from sarnakh.money.forms import TradeSettingsForm
from sarnakh.money.models import TradeSettings
from sarnakh.records.errors import InvalidValues


@login_needed
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How the company that is ticked first trades."""
    actor = request.actor  # type: ignore[attr-defined]
    if not trade.may_change(actor):
        raise PermissionDenied
    company = actor.company
    posted = request.POST if request.method == "POST" else None
    kept = interrupted.take(request, request.path) if posted is None else None
    form = TradeSettingsForm(
        posted or kept, instance=TradeSettings.of(company), profile=actor.profile
    )
    if posted is not None and form.is_valid():
        try:
            trade.change(
                company,
                form.values(),
                seen=form.cleaned_data["version"] if form.instance.pk else None,
                by=actor,
            )
        except InvalidValues as refusal:
            for name, text in refusal.errors.items():
                form.add_error(name or None, text)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("money:settings")
    wrong = posted is not None and form.errors
    return render(
        request,
        "money/settings.html",
        {"form": form, "company": company},
        status=422 if wrong else 200,
    )
