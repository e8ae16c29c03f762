"""The shared views: look, open, create, change, press, move, suggest."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts import interrupted
from sarnakh.accounts.interrupted import login_needed
from sarnakh.records import guarded, rows
from sarnakh.records.errors import Conflict, InvalidValues
from sarnakh.screens import favourites, forms, once, panels, trail
from sarnakh.screens import state as states
from sarnakh.screens.lines import drawing
from sarnakh.screens.lines import views as line_views
from sarnakh.screens.look import Look
from sarnakh.screens.once import made_once
from sarnakh.screens.screen import Screen


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for the changed part of a page only."""
    return bool(
        request.headers.get("HX-Request")
        and not request.headers.get("HX-History-Restore-Request")
    )


def board_of(screen: Screen) -> Any:
    """The board of a screen; 404 where there is none."""
    page: Any = screen.page("board")
    if page.name != "board":
        raise Http404
    return page


def look_of(request: HttpRequest, screen: Screen) -> Look:
    """Who looks, and in which state; entering by the menu takes the defaults."""
    actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(screen.type, actor, "read"):
        raise Http404
    if request.GET.keys() - {"lang"}:
        state = states.read(request.GET)
        if state.view not in [page.name for page in screen.pages]:
            state = state.but(view=screen.pages[0].name)
    else:
        state = favourites.default_state(screen, actor)
    return Look(screen, state, actor)


@login_needed
@require_GET
def browse(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A screen in one of its ways of looking; the URL is the state."""
    look = look_of(request, screen)
    page = screen.page(look.state.view)
    context = {
        "screen": screen,
        "look": look,
        "head": look.head,
        "page": page,
        "base": reverse(f"{screen.slug}:browse"),
        "profile": look.profile,
        "screen_menu": panels.menu(screen, look.state.query(), look.actor),
        **page.context(look),
    }
    template = page.template
    if is_partial(request) and request.headers.get("HX-Target") == "results":
        context["is_partial"] = True
    return render(request, template, context)


@login_needed
@require_GET
def more(request: HttpRequest, screen: Screen, key: str) -> HttpResponse:
    """The next cards of a lane."""
    look = look_of(request, screen)
    page = board_of(screen)
    start = (
        int(request.GET.get("from", "0")[:9])
        if request.GET.get("from", "0").isdigit()
        else 0
    )
    context = {
        "screen": screen,
        "look": look,
        "board": page,
        "base": reverse(f"{screen.slug}:browse"),
        **page.more(look, key, start),
    }
    return render(request, "screens/board_more.html", context)


@login_needed
@require_GET
def lane(request: HttpRequest, screen: Screen, key: str) -> HttpResponse:
    """One lane anew: unfolded, or with fresh figures."""
    look = look_of(request, screen)
    page = board_of(screen)
    by = page.grouping(look)
    found = page.build(look, by, only=key)
    if not found:
        raise Http404
    context = {
        "screen": screen,
        "look": look,
        "base": reverse(f"{screen.slug}:browse"),
        **page.context_of(look, by, found),
        "lane": found[0],
    }
    return render(request, "screens/lane.html", context)


@login_needed
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, screen: Screen) -> HttpResponse:
    """A new record on an empty form."""
    actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(screen.type, actor, "create"):
        raise Http404
    if request.method == "POST":
        try:
            record = made_once(
                request,
                screen.type,
                lambda: forms.save_new(screen, request.POST, by=actor),
                by=actor,
            )
        except InvalidValues as error:
            return form_page(
                request, screen, None, posted=request.POST, errors=error.errors,
                status=422,
            )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect(after_creation(request, screen, record))
    kept = interrupted.take(request, request.path)
    number = request.GET.get("copy", "")
    copied = (
        forms.copy_of(screen, int(number), actor)
        if number.isdigit()
        else forms.begun(screen, request.GET.getlist("with"), actor)
    )
    return form_page(request, screen, None, posted=kept, copied=copied)


@login_needed
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """A record on its form; saving checks the version that was seen."""
    actor = request.actor  # type: ignore[attr-defined]
    record = rows.find(screen.type, pk, actor)
    if request.method == "GET":
        kept = interrupted.take(request, request.path)
        return form_page(request, screen, record, posted=kept)
    try:
        saved = forms.save(screen, record, request.POST, by=actor)
    except InvalidValues as error:
        return form_page(
            request, screen, record, posted=request.POST, errors=error.errors,
            status=422,
        )  # fmt: skip
    except Conflict as conflict:
        record.refresh_from_db()
        return form_page(
            request, screen, record, posted=request.POST, conflict=conflict, status=409
        )
    messages.success(request, _("Saved."))
    return redirect(record_url(screen, saved) + trail.carried(request))


def form_page(
    request: HttpRequest,
    screen: Screen,
    record: Any,
    *,
    posted: QueryDict | None = None,
    errors: dict[str, str] | None = None,
    conflict: Conflict | None = None,
    copied: Any = None,
    typed_line: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The form with its record, what was typed, and what was wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    context = forms.context(
        screen,
        record,
        actor,
        posted=posted,
        errors=errors,
        conflict=conflict,
        copied=copied,
    )
    context["base"] = reverse(f"{screen.slug}:browse")
    context["back"] = trail.back(request, screen)
    context["carried"] = trail.carried(request)
    context["walk"] = trail.walk(request, screen, record, actor)
    context["tables"] = [
        (drawing.table(table, token), drawing.forms(table, token), table.lines)
        for token in [get_token(request)]
        for table in line_views.tables(request, screen, record, typed_in=typed_line)
    ]
    context["insets"] = panels.insets(screen, record, actor)
    context["panels"] = panels.contexts(screen, record, actor)
    return render(request, screen.form_template, context, status=status)


@login_needed
@require_POST
def press(request: HttpRequest, screen: Screen, pk: int, command: str) -> HttpResponse:
    """A named command on one record: won, lost, restore, …"""
    actor = request.actor  # type: ignore[attr-defined]
    button = next((b for b in panels.buttons(screen) if b.command == command), None)
    if button is None or button.url:
        raise Http404
    arguments = button.reads(request.POST, actor) if button.reads else {}
    record = guarded.command(
        screen.type, command, pk, by=actor, run=button.run, **arguments
    )
    if isinstance(record, screen.type.model):
        celebrate(request, screen, record, actor, command)
    if button.done and (text := button.done(record, actor)):
        messages.success(request, str(text))
    if isinstance(record, str):
        # A command that leads somewhere else says so.
        return redirect(record)
    if isinstance(record, screen.type.model) and record.pk != pk:
        return redirect(record_url(screen, record))
    return redirect(back_to(request, screen, pk))


@login_needed
@require_POST
def step(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """A click on the status bar of a form."""
    from sarnakh.records import values

    actor = request.actor  # type: ignore[attr-defined]
    text = request.POST.get("to", "")
    if not screen.status or not text.isdigit():
        raise Http404
    checked = values.checked(screen.type, {screen.status: int(text)}, actor)
    record = guarded.change(screen.type, pk, checked, by=actor)
    celebrate(request, screen, record, actor, "move")
    return redirect(back_to(request, screen, pk))


@login_needed
@require_POST
def move(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """A card dropped on a lane: writes the lane's value."""
    actor = request.actor  # type: ignore[attr-defined]
    look = look_of(request, screen)
    page = board_of(screen)
    by = page.grouping(look)
    if by.unit or not by.field.editable:
        raise Http404
    text = request.POST.get("to", "")
    given: dict[str, Any] = {by.field.name: lane_value(by.field, text)}
    from sarnakh.records import values

    checked = values.checked(screen.type, given, actor)
    record = guarded.change(screen.type, pk, checked, by=actor)
    celebrate(request, screen, record, actor, "move")
    if request.headers.get("Accept", "").startswith("text/html+lanes"):
        return lanes_answer(request, screen, look, page, by, record)
    return redirect(f"{reverse(f'{screen.slug}:browse')}?{look.state.query()}")


def lanes_answer(
    request: HttpRequest, screen: Screen, look: Look, page: Any, by: Any, record: Any
) -> HttpResponse:
    """Heads of the lanes with fresh figures, and the card as it is now."""
    fresh = Look(screen, look.state, look.actor)
    context = {
        "screen": screen,
        "look": fresh,
        "base": reverse(f"{screen.slug}:browse"),
        "card": page.one(fresh, record.pk),
        **page.heads(fresh, by),
    }
    return render(request, "screens/moved.html", context)


def lane_value(field: Any, text: str) -> Any:
    """What a lane's key stands for."""
    if text in ("", "none"):
        return None
    if field.kind == "boolean":
        return text == "True"
    if field.kind in {"link", "integer"}:
        return int(text) if text.lstrip("-").isdigit() else None
    return text


def celebrate(
    request: HttpRequest, screen: Screen, record: Any, actor: Any, event: str
) -> None:
    """Say something nice after a win."""
    if screen.celebrates and (text := screen.celebrates(record, event, by=actor)):
        messages.success(request, text, extra_tags="celebration")


@login_needed
@require_http_methods(["GET", "POST"])
def quick(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The small form in a lane: Add saves and opens the next one."""
    actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(screen.type, actor, "create"):
        raise Http404
    look = look_of(request, screen)
    page = board_of(screen)
    by = page.grouping(look)
    key = (request.POST if request.method == "POST" else request.GET).get("lane", "")
    context = {
        "screen": screen,
        "look": look,
        "board": page,
        "base": reverse(f"{screen.slug}:browse"),
        "lane_key": key,
        "once": once.token(),
    }
    if request.method == "POST":
        preset = {by.field.name: lane_value(by.field, key)} if by.field.editable else {}
        try:
            record = made_once(
                request,
                screen.type,
                lambda: forms.save_new(
                    screen, request.POST, by=actor, only=page.quick, preset=preset
                ),
                by=actor,
            )
        except InvalidValues as error:
            context["inputs"] = forms.quick_inputs(
                screen, page.quick, actor, posted=request.POST, errors=error.errors
            )
            context["errors"] = error.errors
            return render(request, page.quick_template, context, status=422)
        if "edit" in request.POST:
            if not is_partial(request):
                return redirect(record_url(screen, record))
            headers = {"HX-Redirect": record_url(screen, record)}
            return HttpResponse(status=204, headers=headers)
        if not is_partial(request):
            return redirect(f"{reverse(f'{screen.slug}:browse')}?{look.state.query()}")
        fresh = Look(screen, look.state, actor)
        context |= {"look": fresh, "card": page.one(fresh, record.pk)}
        # A card that was put into a lane changes the figures of no other one.
        context |= page.heads(fresh, by, only=key if by.field.editable else "")
        context["is_added"] = True
    context["inputs"] = forms.quick_inputs(screen, page.quick, actor)
    return render(request, page.quick_template, context)


@login_needed
@require_POST
def star(request: HttpRequest, screen: Screen, pk: int, field: str) -> HttpResponse:
    """Stars and colours are written at once; the same star again takes it back."""
    actor = request.actor  # type: ignore[attr-defined]
    described = screen.type.fields.get(field)
    if described is None or described.widget not in {"stars", "tone"}:
        raise Http404
    text = request.POST.get("value", "")
    if not text.isdigit() or len(text) > 2:
        raise Http404
    from sarnakh.records import values

    wanted = int(text)
    record = rows.find(screen.type, pk, actor, "write")
    if described.widget == "stars" and getattr(record, described.column) == wanted:
        wanted = 0
    if described.widget == "tone" and wanted > 11:
        raise Http404
    checked = values.checked(screen.type, {field: wanted}, actor)
    record = guarded.change(screen.type, pk, checked, by=actor)
    if is_partial(request):
        return render(
            request,
            "screens/parts/stars.html",
            {
                "record": record,
                "screen": screen,
                "field": described,
                "value": getattr(record, described.column),
                "base": reverse(f"{screen.slug}:browse"),
            },
        )
    return redirect(back_to(request, screen, pk))


@login_needed
@require_POST
@transaction.atomic
def delete(request: HttpRequest, screen: Screen, pk: int) -> HttpResponse:
    """Delete one record."""
    actor = request.actor  # type: ignore[attr-defined]
    guarded.delete(screen.type, [pk], by=actor)
    messages.success(request, _("Deleted."))
    return redirect(trail.back(request, screen))


@login_needed
@require_GET
def fill(request: HttpRequest, screen: Screen) -> JsonResponse:
    """What choosing a linked record suggests for the other fields."""
    return JsonResponse(forms.filled(screen, request.GET, request.actor))  # type: ignore[attr-defined]


def record_url(screen: Screen, record: Any) -> str:
    """The address of a record on its screen."""
    return reverse(f"{screen.slug}:record", args=[record.pk])


def after_creation(request: HttpRequest, screen: Screen, record: Any) -> str:
    """The new record, with its first line begun when that is how it was saved."""
    then = request.POST.get("then", "")
    for lines in screen.lines:
        if then in {add.name for add in lines.adds}:
            return f"{record_url(screen, record)}?add={then}#lines-{lines.name}"
    return record_url(screen, record) + trail.carried(request)


def back_to(request: HttpRequest, screen: Screen, pk: int) -> str:
    """The page that a button was pressed on."""
    from django.utils.http import url_has_allowed_host_and_scheme

    came_from = request.POST.get("back") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return came_from
    return reverse(f"{screen.slug}:record", args=[pk])
