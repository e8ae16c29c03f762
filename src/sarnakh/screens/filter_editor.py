"""The page where a custom filter is put together.

Each button sends the whole tree and gets the page anew, so it works without
script; nothing is stored until the filter becomes a chip in the address.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.records import conditions, rows
from sarnakh.records.conditions.operators import UNITS
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType, by_name
from sarnakh.screens import filter_tree as trees
from sarnakh.screens import state as states
from sarnakh.screens.filter_tree import Branch, Rule
from sarnakh.screens.head import count_text
from sarnakh.screens.look import Look
from sarnakh.screens.screen import Screen
from sarnakh.screens.state import SearchState

SENSIBLE = ("country", "salesperson", "customer", "stage")
FEW = 60


@login_needed
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A new filter, the condition behind a chip, or the finished tree."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        return _finish(request, screen, actor)
    state = states.read(request.GET)
    instead = request.GET.get("instead", "")
    problem = ""
    root = Branch("any", [Rule(path=_first(screen.type, actor))])
    if text := request.GET.get("edit", ""):
        try:
            tree = conditions.parse(json.loads(text), screen.type, actor)
            root = trees.from_condition(tree, actor)
        except (ValueError, TypeError, conditions.Invalid):
            problem = _("This filter cannot be edited; build it anew.")
    after = states.read(QueryDict(instead)) if instead else state
    return _page(request, screen, actor, trees.numbered(root), after, problem)


@login_needed
@require_POST
def rebuild(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The page after a button of the tree was pressed."""
    actor = request.actor  # type: ignore[attr-defined]
    root = trees.from_form(request.POST)
    what, _sign, number = str(request.POST.get("do", "")).partition(":")
    if number.isdigit():
        root = trees.changed(root, what, int(number), _first(screen.type, actor))
    return _page(request, screen, actor, root, _after(request), checks=what == "look")


def _finish(request: HttpRequest, screen: Screen, actor: Actor) -> HttpResponse:
    """The tree as chips; wrong lines keep the page open."""
    root = trees.from_form(request.POST)
    parts = [part for part in trees.parts_of(root, screen.type, actor) if part]
    wrong = any(isinstance(n, Rule) and n.wrong for n in trees.walk(root))
    state = _after(request)
    if wrong or not parts:
        problem = _("The condition is invalid.") if wrong else _("Add a rule first.")
        return _page(request, screen, actor, root, state, problem, status=422)
    if "archived" in request.POST and screen.type.active:
        parts.append([[screen.type.active, "in", [True, False]]])
    chips = tuple(json.dumps(part, ensure_ascii=False) for part in parts)
    state = state.but(custom=(*state.custom, *chips))
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{state.query()}")


def _page(
    request: HttpRequest,
    screen: Screen,
    actor: Actor,
    root: Branch,
    state: SearchState,
    problem: str = "",
    *,
    checks: bool = False,
    status: int = 200,
) -> HttpResponse:
    condition = trees.to_condition(root, screen.type, actor)
    if not checks and status == 200:
        # A line that is still being filled in is not called wrong yet.
        for node in trees.walk(root):
            if isinstance(node, Rule):
                node.wrong = ""
    context = {
        "screen": screen,
        "base": reverse(f"{screen.slug}:browse"),
        "root": _drawn(root, screen.type, actor),
        "fields": field_choices(screen.type, actor),
        "joins": [
            ("any", pgettext("filter", "any")),
            ("all", pgettext("filter", "all")),
            ("none", pgettext("filter", "none")),
        ],
        "state": state.query(),
        "problem": problem,
        "has_archive": bool(screen.type.active),
        "with_archived": "archived" in request.POST,
        **_count(screen, state, condition, actor),
    }
    return render(request, "screens/filter.html", context, status=status)


def _count(
    screen: Screen, state: SearchState, condition: list[Any], actor: Actor
) -> dict[str, Any]:
    """How many records match now, under the actor's own rights."""
    if not condition:
        total = Look(screen, SearchState(view="list"), actor).selection.count()
        return {"matches": count_text(total.value, actor.profile), "is_all": True}
    alone = SearchState(view="list", custom=(json.dumps(condition),))
    found = Look(screen, alone, actor).selection.count()
    return {
        "matches": count_text(found.value, actor.profile),
        "is_more": found.is_more,
        "matches_query": alone.query(),
    }


def _drawn(root: Branch, record_type: RecordType, actor: Actor) -> Branch:
    """The tree with what each line needs to be drawn."""
    for node in trees.walk(root):
        if isinstance(node, Rule):
            field = trees.field_at(node.path, record_type, actor)
            node.choices = conditions.operators(field) if field else []  # type: ignore[attr-defined]
            if field and node.choice not in [key for key, _l in node.choices]:  # type: ignore[attr-defined]
                node.choice = node.choices[0][0]  # type: ignore[attr-defined]
            node.field = field  # type: ignore[attr-defined]
            node.has_value = (  # type: ignore[attr-defined]
                field is not None
                and field.kind != Kind.BOOLEAN
                and node.choice not in trees.WITHOUT_VALUE
            )
            node.units = UNITS.items()  # type: ignore[attr-defined]
            node.offers = _offers(field, actor) if field else []  # type: ignore[attr-defined]
        else:
            node.parent_numbers = [child.number for child in node.children]  # type: ignore[attr-defined]
    return root


def _offers(field: Any, actor: Actor) -> list[str]:
    """Names to choose from, where there are few."""
    if field.kind == Kind.CHOICE:
        return [str(label) for _key, label in field.choices]
    if field.kind.is_link:
        linked = by_name(field.target)
        found = rows.visible(linked, actor).order_by(*linked.order)[: FEW + 1]
        names = [str(record) for record in found]
        return names if len(names) <= FEW else []
    return []


def field_choices(record_type: RecordType, actor: Actor) -> list[tuple[str, list[Any]]]:
    """Fields by group: the type's own first, then those of each linked record."""
    own = _offered(record_type, actor)
    groups: list[tuple[str, list[Any]]] = [
        ("", [(field.name, str(field.label)) for field in own])
    ]
    for field in own:
        if not field.kind.is_link:
            continue
        linked = by_name(field.target)
        if rows.may(linked, actor, "read"):
            inner = [
                (f"{field.name}.{found.name}", f"{field.label} › {found.label}")
                for found in _offered(linked, actor)
            ]
            groups.append((str(field.label), inner))
    return groups


def _offered(record_type: RecordType, actor: Actor) -> list[Any]:
    return [
        field
        for field in record_type.readable_fields(actor).values()
        if field.filterable and field.kind not in {Kind.PROPERTIES, Kind.RICH_TEXT}
    ]


def _first(record_type: RecordType, actor: Actor) -> str:
    names = [field.name for field in _offered(record_type, actor)]
    return next((name for name in SENSIBLE if name in names), names[0])


def _after(request: HttpRequest) -> SearchState:
    return states.read(QueryDict(str(request.POST.get("state", ""))))
