"""Pages of the pipeline that are no list or form of their own."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.roles import Role
from sarnakh.crm import settings as sales_settings
from sarnakh.crm.duplicates.queries import similar
from sarnakh.crm.types import LEADS
from sarnakh.records import rows
from sarnakh.screens.state import SearchState
from sarnakh.teams.models import SalesSettings


@login_needed
@require_GET
def similar_leads(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a lead and everything similar that the reader may see."""
    lead = rows.find(LEADS, pk, request.actor)  # type: ignore[attr-defined]
    keys = [lead.pk, *similar(lead).values_list("pk", flat=True)[:200]]
    condition = [["id", "in", keys], ["active", "in", [True, False]]]
    state = SearchState(view="list", custom=(json.dumps(condition),))
    return redirect(f"{reverse('pipeline:browse')}?{state.query()}")


@login_needed
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The switches of the sales app."""
    actor = request.actor  # type: ignore[attr-defined]
    if not (actor.has(Role.ADMINISTRATOR) or actor.has(Role.SALES_MANAGER)):
        raise PermissionDenied
    if request.method == "POST":
        sales_settings.change(
            {name: name in request.POST for name in sales_settings.SWITCHES}, by=actor
        )
        messages.success(request, _("Saved."))
        return redirect("crm:settings")
    current = SalesSettings.current()
    switches = [
        (field.name, field.verbose_name, field.help_text, getattr(current, field.name))
        for field in SalesSettings._meta.fields
        if field.name in sales_settings.SWITCHES
    ]
    return render(request, "crm/settings.html", {"switches": switches})
