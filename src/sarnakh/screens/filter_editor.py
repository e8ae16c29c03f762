"""The editor of custom filters: a tree of rules, drawn and read by the server.

Every button posts the whole tree and gets it back changed, with script or without.
"""

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed, take
from sarnakh.lib.errors import Refused
from sarnakh.lib.text import searchable
from sarnakh.records import rows
from sarnakh.screens import filter_form as forms
from sarnakh.screens import inputs
from sarnakh.screens import state as states
from sarnakh.screens.filter_form import Form
from sarnakh.screens.filter_paths import Paths
from sarnakh.screens.filter_rows import drawn
from sarnakh.screens.find import Option
from sarnakh.screens.screen import Screen
from sarnakh.screens.selection import Count, Selection
from sarnakh.screens.state import SearchState
from sarnakh.screens.views import is_partial

MOST_CHOICES = 20
LONGEST_EDITED = 20_000


@login_needed
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A new filter, or the condition of a chip; `do=add` makes chips of it.

    `edit` is the condition, `instead` the state without its chip. What the actor
    may not ask, or what is no condition, is said, and the editor starts empty.
    """
    actor = _reader(request, screen)
    if request.method == "POST":
        given: QueryDict | None = request.POST
    else:
        given = take(request, request.path)
    if given is not None:
        form = forms.posted(screen.type, actor, given)
        if given.get("do") == "add":
            return _add(request, screen, form, given)
        return _page(request, screen, form, given)
    form = forms.new(screen.type, actor)
    if "edit" in request.GET:
        try:
            form = forms.edited(screen.type, actor, _condition(request.GET["edit"]))
        except Refused as refusal:
            messages.error(
                request,
                _("This filter cannot be edited: %(reason)s")
                % {"reason": refusal.message},
            )
    kept = QueryDict(mutable=True)
    kept["state"] = _state_of(request.GET, screen).query()
    kept["instead"] = request.GET.get("instead", "") if not form.is_new else ""
    return _page(request, screen, form, kept)


@login_needed
@require_POST
def rebuild(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The posted tree after a button, or after a field or operator has changed."""
    actor = _reader(request, screen)
    form = forms.posted(screen.type, actor, request.POST)
    form = forms.changed(form, request.POST.get("do", ""))
    return _page(request, screen, form, request.POST)


@login_needed
@require_GET
def fields(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Paths whose label holds a text, or the fields behind a link."""
    paths = Paths(screen.type, _reader(request, screen))
    text = request.GET.get("text", "").strip()[:200]
    within = request.GET.get("within", "")[:200]
    context = {
        "found": paths.search(text, within),
        "within": paths.label(within),
        "above": within.rpartition(".")[0],
    }
    return render(request, "screens/filter/fields.html", context)


@login_needed
@require_GET
def values(request: HttpRequest, screen: Screen, path: str) -> HttpResponse:
    """Records or choices for a typed text, for the field at the end of a path."""
    actor = _reader(request, screen)
    steps = Paths(screen.type, actor).steps(path)
    if not steps:
        raise Http404
    described = steps[-1]
    text = request.GET.get("text", "").strip()[:200]
    if described.kind.is_link:
        options = [
            Option(
                label=str(record),
                pk=record.pk,
                text=str(record),
                detail=getattr(record, "email", "") or "",
                tone=getattr(record, "tone", None),
            )
            for record in inputs.suggestions(described, text, actor)
        ]
    else:
        wanted = searchable(text)
        fitting = [
            (key, str(label))
            for key, label in described.choices
            if wanted in searchable(str(label))
        ]
        fitting.sort(key=lambda one: not searchable(one[1]).startswith(wanted))
        options = [
            Option(label=label, pk=key, text=label)
            for key, label in fitting[:MOST_CHOICES]
        ]
    context = {"options": options, "list_id": "filter-values"}
    return render(request, "screens/options.html", context)


def _add(
    request: HttpRequest, screen: Screen, form: Form, given: QueryDict
) -> HttpResponse:
    """Back to the screen with the new chips, or the form with what is wrong."""
    form = dataclasses.replace(form, shows_missing=True)
    if form.faults:
        return _page(request, screen, form, given, status=422)
    if form.is_new and not form.parts:
        problem = _("Add a rule first: this filter would match all records.")
        return _page(request, screen, form, given, problem=problem, status=422)
    found = _matches(screen, form)
    if found.problem:
        return _page(request, screen, form, given, status=422)
    state = _state_of(QueryDict(given.get("instead") or given.get("state", "")), screen)
    state = state.but(custom=tuple(dict.fromkeys((*state.custom, *form.chips))))
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{state.query()}")


def _page(
    request: HttpRequest,
    screen: Screen,
    form: Form,
    given: QueryDict,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole editor, its tree, or its count only, as asked for."""
    base = reverse(f"{screen.slug}:browse")
    state, instead = given.get("state", ""), given.get("instead", "")
    context = {
        "screen": screen,
        "base": base,
        "form": form,
        "state": state,
        "instead": instead,
        "root": drawn(form),
        "found": _matches(screen, form),
        "problem": problem,
        "back": f"{base}?{_state_of(QueryDict(state), screen).query()}",
        "currency": form.actor.company.currency,
    }
    template = "screens/filter.html"
    if is_partial(request):
        is_count = request.headers.get("HX-Target") == "filter-count"
        template = f"screens/filter/{'count' if is_count else 'tree'}.html"
    return render(request, template, context, status=status)


@dataclass(frozen=True)
class Matches:
    """How many records a form finds and where to look at them, or why not."""

    count: Count | None = None
    url: str = ""
    problem: str = ""


def _matches(screen: Screen, form: Form) -> Matches:
    """What the form finds on its screen, for the one who works on it."""
    if form.faults:
        return Matches()
    try:
        look = SearchState(view=screen.pages[0].name, custom=tuple(form.chips))
        count = Selection(screen, look, form.actor).count()
    except Refused as refusal:
        return Matches(problem=refusal.message)
    return Matches(count, f"{reverse(f'{screen.slug}:browse')}?{look.query()}")


def _reader(request: HttpRequest, screen: Screen) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(screen.type, actor, "read"):
        raise Http404
    return actor


def _state_of(query: QueryDict, screen: Screen) -> SearchState:
    """The state of the screen to go back to, in a way of looking that it has."""
    state = states.read(query)
    return state.but(view=screen.page(state.view).name)


def _condition(text: str) -> list[Any]:
    """The condition of a chip; raises Refused for what is none."""
    try:
        found = json.loads(text) if len(text) <= LONGEST_EDITED else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise Refused(_("The condition is invalid."), "condition_shape")
    return found
