"""Finding: search suggestions, link suggestions, going to a state."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.digits import to_latin
from sarnakh.lib.text import searchable
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, Search, by_name
from sarnakh.screens import inputs, typed
from sarnakh.screens import state as states
from sarnakh.screens.screen import Screen
from sarnakh.screens.state import SearchState, Typed


@dataclass(frozen=True)
class Option:
    """A line of suggestions."""

    label: str
    pk: Any = None
    url: str = ""
    text: str = ""
    detail: str = ""
    icon: str = ""
    tone: int | None = None
    deep: bool = False
    new: bool = False


@login_needed
@require_GET
def suggest(request: HttpRequest, screen: Screen) -> HttpResponse:
    """What typed text can mean, one line per search field.

    Without script the first meaning is taken: the form leads straight there.
    """
    state = states.read(QueryDict(request.GET.get("state", "")))
    base = reverse(f"{screen.slug}:browse")
    if number := request.GET.get("page"):
        return redirect(f"{base}?{state.but(page=_page(number)).query()}")
    if group := request.GET.get("group"):
        return redirect(f"{base}?{state.toggled('groups', group).query()}")
    text = request.GET.get("text", "").strip()[:200]
    if not text:
        return redirect(f"{base}?{state.query()}")
    options = meanings(screen, state, text, request.actor, base)  # type: ignore[attr-defined]
    if request.headers.get("Accept", "").startswith("text/html+options"):
        return render(
            request,
            "screens/options.html",
            {"options": options, "list_id": "search-options"},
        )
    return redirect(options[0].url if options else f"{base}?{state.query()}")


def meanings(
    screen: Screen, state: SearchState, text: str, actor: Any, base: str
) -> list[Option]:
    """Suggestions in the declared order of the search fields."""
    found = []
    readable = screen.type.readable_fields(actor)
    for search in screen.type.search:
        field = readable.get(search.fields[0])
        if field is not None and field.kind == Kind.CHOICE:
            found += _choices(state, search, field, text, base)
            continue
        if search.operator == "phone" and len(_digits(text)) < 3:
            continue
        following = state.but(typed=(*state.typed, Typed(search.name, text=text)))
        found.append(
            Option(
                label=_("%(field)s: “%(text)s”")
                % {"field": search.label, "text": text},
                url=f"{base}?{following.query()}",
                icon="search",
            )
        )
        if field is not None and field.kind.is_link:
            found += _records(state, search, field, text, actor, base)
    return found


def _records(
    state: SearchState, search: Search, field: Any, text: str, actor: Any, base: str
) -> list[Option]:
    return [
        Option(
            label=str(record),
            url=f"{base}?"
            + state.but(typed=(*state.typed, Typed(search.name, pk=record.pk))).query(),
            deep=True,
        )
        for record in inputs.suggestions(field, text, actor, limit=3)
    ]


def _choices(
    state: SearchState, search: Search, field: Any, text: str, base: str
) -> list[Option]:
    wanted = searchable(text)
    return [
        Option(
            label=_("%(field)s: “%(text)s”") % {"field": search.label, "text": label},
            url=f"{base}?"
            + state.but(
                typed=(*state.typed, Typed(search.name, text=str(key)))
            ).query(),
            icon="tag",
        )
        for key, label in field.choices
        if wanted in searchable(str(label))
    ][:4]


@login_needed
@require_GET
def choose(request: HttpRequest, screen: Screen, field: str) -> HttpResponse:
    """The best linked records for typed text, and "create" for an unknown name."""
    actor = request.actor  # type: ignore[attr-defined]
    described = screen.type.readable_fields(actor).get(field)
    if described is None or not described.kind.is_link:
        raise Http404
    text = request.GET.get("text", "").strip()[:200]
    found = inputs.suggestions(described, text, actor)
    lines = options(described, found, text, actor)
    return render(
        request, "screens/options.html", {"options": lines, "list_id": f"f-{field}"}
    )


def options(described: Field, found: list[Any], text: str, actor: Any) -> list[Option]:
    """Lines for records that were found, and one to make a record of the text."""
    linked = by_name(described.target)
    options = [
        Option(
            label=linked.title_of(record),
            pk=record.pk,
            text=str(record),
            detail=getattr(record, "email", "") or "",
            tone=getattr(record, "tone", None),
        )
        for record in found
    ]
    exact = searchable(text) in {searchable(option.label) for option in options}
    if text and not exact and typed.may_create(described, actor):
        options.append(
            Option(
                label=_("Create “%(name)s”") % {"name": text},
                text=text,
                icon="plus",
                new=True,
            )
        )
    return options


def _page(text: str) -> int:
    """ "161-240", "3" or "161,240" typed into the pager, in any digits."""
    numbers = [
        int(part)
        for part in to_latin(text).replace(",", "-").replace("–", "-").split("-")
        if part.strip().isdigit()
    ]
    if not numbers:
        return 1
    return max(1, (numbers[0] - 1) // settings.LIST_PAGE + 1)


def _digits(text: str) -> str:
    return "".join(c for c in to_latin(text) if c.isdigit())
