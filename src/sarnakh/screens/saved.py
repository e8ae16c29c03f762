"""Saving what somebody likes: favourites and columns."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.errors import Refused
from sarnakh.screens import columns as shown_columns
from sarnakh.screens import favourites
from sarnakh.screens import state as states
from sarnakh.screens.screen import Screen


@login_needed
@require_POST
def save(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Save the present search."""
    state = states.read(QueryDict(request.POST.get("state", "")))
    base = reverse(f"{screen.slug}:browse")
    try:
        made = favourites.save(
            screen,
            state,
            request.POST.get("name", "")[:100],
            is_shared="is_shared" in request.POST,
            is_default="is_default" in request.POST,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{base}?{state.query()}")
    messages.success(request, _("The search was saved."))
    return redirect(f"{base}?{state.but(favourite=made.pk).query()}")


@login_needed
@require_POST
def delete(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """Delete a saved search."""
    favourites.delete(screen, pk, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("The search was deleted."))
    return redirect(reverse(f"{screen.slug}:browse"))


@login_needed
@require_POST
def columns(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Remember which columns to show."""
    shown_columns.choose(
        screen,
        request.POST.getlist("columns"),
        by=request.actor,  # type: ignore[attr-defined]
    )
    state = states.read(QueryDict(request.POST.get("state", "")))
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{state.query()}")
