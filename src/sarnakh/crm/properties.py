"""The page where a team's added fields are defined."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sarnakh.accounts.interrupted import login_needed
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.models import PropertyDefinition
from sarnakh.records.properties import actions
from sarnakh.teams.types import TEAMS


@login_needed
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, team: int) -> HttpResponse:
    """Fields that the leads of a team have besides the usual ones."""
    actor = request.actor  # type: ignore[attr-defined]
    owner = rows.find(TEAMS, team, actor, "write")
    mine = PropertyDefinition.objects.filter(owner_type=TEAMS.name, owner_id=team)
    errors: dict[str, str] = {}
    if request.method == "POST":
        given = request.POST
        words: dict[str, Any] = {
            "label": given.get("label", ""),
            "options": given.get("options", "").replace("،", "\n").splitlines(),
            "is_on_card": "is_on_card" in given,
        }
        number = given.get("pk", "")
        definition = mine.filter(pk=int(number)).first() if number.isdigit() else None
        if number and definition is None:
            raise Http404
        try:
            if definition is not None and "remove" in given:
                actions.remove(definition, by=actor)
            elif definition is not None:
                actions.redefine(definition, by=actor, **words)
            else:
                actions.define(
                    TEAMS.name, team, kind=given.get("kind", ""), by=actor, **words
                )
        except InvalidValues as error:
            errors = error.errors
        else:
            messages.success(request, _("Saved."))
            back = given.get("back", "")
            query = f"?back={back}" if back.isdigit() else ""
            return redirect(reverse("crm:properties", args=[team]) + query)
    context = {
        "team": owner,
        "definitions": list(mine),
        "kinds": PropertyDefinition.PropertyKind.choices,
        "errors": errors,
        "typed": request.POST if errors else {},
        "back": request.GET.get("back", ""),
    }
    return render(
        request, "crm/properties.html", context, status=422 if errors else 200
    )
