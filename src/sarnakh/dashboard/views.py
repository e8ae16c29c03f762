"""The dashboard over HTTP: look, and change a team's target, colour and star."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.roles import Role
from sarnakh.crm.types import LEADS
from sarnakh.dashboard import queries
from sarnakh.dashboard.shown import page
from sarnakh.dashboard.spans import UNITS, Unit
from sarnakh.lib.errors import Refused
from sarnakh.records import guarded, rows
from sarnakh.screens import typed
from sarnakh.teams import actions
from sarnakh.teams.types import TEAMS


@login_needed
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """All teams with their figures."""
    actor = _reader(request)
    unit = _unit(request)
    context = page(queries.dashboard(actor, unit), actor, unit)
    return render(request, "dashboard/teams.html", context)


@login_needed
@require_POST
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's monthly invoicing target, typed on its card."""
    actor = _reader(request)
    team = rows.find(TEAMS, pk, actor, "write")
    currency = team.company.currency if team.company else actor.company.currency
    field = TEAMS.fields["invoicing_target"]
    try:
        value = typed.read(field, "target", request.POST, actor, currency) or 0
    except ValueError as error:
        messages.error(request, str(error))
        return _back(request, pk)
    if value < 0:
        messages.error(request, str(NegativeTarget()))
        return _back(request, pk)
    guarded.change(TEAMS, pk, {"invoicing_target": value}, by=actor)
    return _back(request, pk)


@login_needed
@require_POST
def colour(request: HttpRequest, pk: int) -> HttpResponse:
    """The colour of the team's card."""
    actor = _reader(request)
    text = request.POST.get("tone", "")
    if not text.isdigit() or int(text) > 11:
        raise Http404
    guarded.change(TEAMS, pk, {"tone": int(text)}, by=actor)
    return _back(request, pk)


@login_needed
@require_POST
def star(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the team among one's favourites, or take it out."""
    actor = _reader(request)
    actions.toggle_favourite(rows.find(TEAMS, pk, actor), by=actor)
    return _back(request, pk)


class NegativeTarget(Refused):
    """A target below nothing."""

    def __init__(self) -> None:
        from django.utils.translation import gettext as _

        super().__init__(_("A target cannot be negative."), "negative-target")


def _reader(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(LEADS, actor, "read") and not actor.has(Role.BILLING):
        raise Http404
    return actor


def _unit(request: HttpRequest) -> Unit:
    wanted = request.GET.get("per", "week")
    return next((unit for unit in UNITS if unit == wanted), "week")


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    per = f"?per={_unit(request)}" if "per" in request.GET else ""
    return redirect(f"{reverse('dashboard:teams')}{per}#team-{pk}")
