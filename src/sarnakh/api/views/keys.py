"""The page where people make and revoke keys."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.views.guards import acting
from sarnakh.api import keys
from sarnakh.api.forms import KeyForm
from sarnakh.api.models import ApiKey
from sarnakh.lib.errors import Refused
from sarnakh.records.types import all_types


@login_needed
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "POST"])
def key_list(request: HttpRequest) -> HttpResponse:
    """One's keys, and the form for another one; a new key is shown only now."""
    by = acting(request)
    form = KeyForm(request.POST or None, by=by)
    written = ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            _key, written = keys.create(
                chosen["name"],
                scope=chosen["scope"],
                types=chosen["types"],
                expires_at=form.expires_at(),
                by=by,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            form = KeyForm(by=by)
    context = {"form": form, "written": written, **_listed(by)}
    return render(request, "api/keys.html", context, status=422 if form.errors else 200)


@login_needed
@reauthentication_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key."""
    by = acting(request)
    keys.revoke(get_object_or_404(keys.revocable(by), pk=pk), by=by)
    messages.success(request, _("The key has ended."))
    return redirect("api-keys:list")


def _listed(by: Actor) -> dict[str, list[dict[str, Any]]]:
    """The actor's own keys, and for settings managers those of others."""
    found = list(keys.revocable(by))
    return {
        "own": [_row(one) for one in found if one.user_id == by.user_id],
        "others": [_row(one) for one in found if one.user_id != by.user_id],
    }


def _row(key: ApiKey) -> dict[str, Any]:
    known = all_types()
    labels = [str(known[one].label_plural) for one in key.types if one in known]
    return {"key": key, "types": " · ".join(labels)}
