"""Doing something with the selected rows; editing lanes."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.errors import Refused
from sarnakh.records import guarded, rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_name
from sarnakh.screens import forms, inputs, typed
from sarnakh.screens import state as states
from sarnakh.screens.head import count_text
from sarnakh.screens.look import Look
from sarnakh.screens.screen import Screen

NEVER_TOGETHER = {"name"}


def chosen(request: HttpRequest, screen: Screen) -> tuple[Look, list[int]]:
    """The ticked rows, or the whole search when "all" was chosen."""
    given = request.POST if request.method == "POST" else request.GET
    look = Look(
        screen,
        states.read(QueryDict(given.get("state", ""))),
        request.actor,  # type: ignore[attr-defined]
    )
    if given.get("all"):
        limit = settings.BULK_LIMIT
        keys = list(
            look.selection.rows.order_by("pk").values_list("pk", flat=True)[: limit + 1]
        )
        if len(keys) > limit:
            raise Refused(_("Select fewer records for one action."), "too-many")
        return look, keys
    keys = [int(pk) for pk in given.getlist("pk") if pk.isascii() and pk.isdigit()]
    return look, keys[: settings.BULK_LIMIT]


def _back(look: Look) -> str:
    return f"{reverse(f'{look.screen.slug}:browse')}?{look.state.query()}"


@login_needed
@require_POST
def bulk(request: HttpRequest, screen: Screen, name: str) -> HttpResponse:
    """Run a declared action on the selection; all or nothing."""
    actor = request.actor  # type: ignore[attr-defined]
    action = next((b for b in screen.bulk if b.name == name), None)
    if action is None or (action.role and not actor.has(action.role)):
        raise Http404
    look, keys = chosen(request, screen)
    if not keys:
        messages.error(request, _("Select at least one record first."))
        return redirect(_back(look))
    must_ask = action.asks or action.verb == "delete"
    error = ""
    if not must_ask or "sure" in request.POST:
        try:
            with transaction.atomic():
                found = guarded.found(screen.type, keys, actor, action.verb)  # type: ignore[arg-type]
                extra = action.reads(request.POST, actor) if action.reads else {}
                answer: Any = action.run(found, by=actor, **extra)
        except Refused as refusal:
            error = refusal.message
        except PermissionDenied:
            error = _("Some of these records are not yours to change.")
        else:
            if isinstance(answer, HttpResponse):
                return answer
            messages.success(
                request,
                _("Done: %(count)s.") % {"count": count_text(answer, actor.profile)},
            )
            return redirect(_back(look))
        if not must_ask:
            messages.error(request, error)
            return redirect(_back(look))
    context = {
        "action": action,
        "here": reverse(f"{screen.slug}:bulk", args=[name]),
        "keys": [] if request.POST.get("all") else keys,
        "all": request.POST.get("all", ""),
        "state": look.state.query(),
        "number": len(keys),
        "back": _back(look),
        "error": error,
        "screen": screen,
    }
    return render(
        request, "screens/dialogs/bulk.html", context, status=409 if error else 200
    )


@login_needed
@require_http_methods(["GET", "POST"])
def edit_many(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Write the ticked fields to every selected record in one transaction."""
    actor = request.actor  # type: ignore[attr-defined]
    look, keys = chosen(request, screen)
    writable = set(
        rows.visible(screen.type, actor, "write")
        .filter(pk__in=keys)
        .values_list("pk", flat=True)
    )
    error, problems = "", {}
    if request.method == "POST" and writable:
        names = [
            n for n in request.POST.getlist("write") if n in _together(screen, actor)
        ]
        try:
            with transaction.atomic():
                values = forms.read(
                    screen, request.POST, actor, actor.company.currency, names
                )
                settled = typed.made(values, by=actor)
                for pk in sorted(writable):
                    guarded.change(screen.type, pk, settled, by=actor)
        except InvalidValues as refusal:
            problems, error = refusal.errors, refusal.message
        except Refused as refusal:
            error = refusal.message
        else:
            messages.success(
                request,
                _("Done: %(count)s.")
                % {"count": count_text(len(writable), actor.profile)},
            )
            return redirect(_back(look))
    fields = [look.fields[name] for name in _together(screen, actor)]
    context = {
        "screen": screen,
        "base": reverse(f"{screen.slug}:browse"),
        "many": list(
            inputs.inputs(
                fields,
                forms.blank(screen, actor),
                actor,
                actor.company.currency,
                posted=request.POST if request.method == "POST" else None,
                errors={name: [text] for name, text in problems.items()},
            ).values()
        ),
        "ticked": request.POST.getlist("write"),
        "keys": keys,
        "number": len(writable),
        "skipped": len(set(keys)) - len(writable),
        "state": look.state.query(),
        "back": _back(look),
        "error": error,
    }
    return render(
        request, "screens/dialogs/edit_many.html", context, status=422 if error else 200
    )


def _together(screen: Screen, actor: Any) -> list[str]:
    page: Any = screen.page("list")
    readable = screen.type.readable_fields(actor)
    names = dict.fromkeys([*page.columns, *page.optional])
    return [
        name
        for name in names
        if name in readable
        and readable[name].editable
        and name not in NEVER_TOGETHER
        and name in screen.type.fields
    ]


@login_needed
@require_POST
def lanes(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A new lane by its name, or all lanes in a new order."""
    actor = request.actor  # type: ignore[attr-defined]
    lane_type, page = _lane_type(screen)
    state = states.read(QueryDict(request.POST.get("state", "")))
    if order := request.POST.getlist("order"):
        keys = [int(key) for key in order if key.isdigit()]
        records = guarded.found(lane_type, keys, actor, "write")
        page.reorder(records, by=actor)
        return HttpResponse(status=204)
    name = request.POST.get("name", "").strip()
    if not name:
        raise InvalidValues({"name": _("Give the stage a name.")})
    guarded.create(lane_type, [lane_type.quick_values(name, actor)], by=actor)
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{state.query()}")


@login_needed
@require_POST
def edit_lane(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """Delete a lane, or move it one place."""
    actor = request.actor  # type: ignore[attr-defined]
    lane_type, page = _lane_type(screen)
    state = states.read(QueryDict(request.POST.get("state", "")))
    what = request.POST.get("do", "")
    if what == "delete":
        guarded.delete(lane_type, [pk], by=actor)
        messages.success(request, _("Deleted."))
    elif what in {"earlier", "later"}:
        found = list(rows.visible(lane_type, actor, "write").order_by(*lane_type.order))
        place = next((i for i, lane in enumerate(found) if lane.pk == pk), None)
        if place is None:
            raise Http404
        other = place + (-1 if what == "earlier" else 1)
        if 0 <= other < len(found):
            found[place], found[other] = found[other], found[place]
            page.reorder(found, by=actor)
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{state.query()}")


def _lane_type(screen: Screen) -> tuple[Any, Any]:
    page: Any = screen.page("board")
    field = screen.type.fields.get(getattr(page, "lane", ""))
    if field is None or not field.target or page.reorder is None:
        raise Http404
    return by_name(field.target), page
