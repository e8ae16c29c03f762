"""The export dialog, and the file it makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.exchange.exporting import actions
from sarnakh.exchange.exporting.columns import Offer, column_at, offers, searched
from sarnakh.exchange.exporting.selection import Selection
from sarnakh.exchange.models import ExportFile
from sarnakh.exchange.queries import screen_of
from sarnakh.lib.errors import Refused
from sarnakh.records.types import by_name
from sarnakh.screens import columns as shown_columns
from sarnakh.screens import state as states
from sarnakh.screens.look import Look
from sarnakh.screens.screen import Screen

State = ExportFile.State
MOST_FIELDS = 200


@login_needed
@require_GET
def everything(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the dialog for all that a screen shows in the state of the address.

    What is kept for it is a scratch note of the person, gone after a day.
    """
    actor = request.actor  # type: ignore[attr-defined]
    screen = screen_of(slug)
    if screen is None or not actions.may_export(screen.type, actor):
        raise Http404
    query = states.read(request.GET).query()
    file = actions.ask(screen.type, screen=slug, query=query, by=actor)
    return redirect("exchange:export", pk=file.pk)


@login_needed
@require_http_methods(["GET", "POST"])
def dialog(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose fields; sending the form makes the file or saves the list."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    if file.state != State.CHOOSING:
        return _outcome(request, file)
    if request.method == "GET":
        return _dialog_page(request, file, _first_fields(file, request))
    paths = _paths(request.POST)
    record_type = by_name(file.record_type)
    wanted = request.POST.get("do", "export")
    try:
        if wanted == "save":
            actions.save_list(
                record_type,
                request.POST.get("name", ""),
                paths,
                is_shared="is_shared" in request.POST,
                by=actor,
            )
            return _dialog_page(request, file, paths)
        if wanted == "list":
            return _dialog_page(request, file, _of_list(request, file))
        options = {
            "fields": paths,
            "format": request.POST.get("format", actions.XLSX),
            "compatible": "compatible" in request.POST,
            "displayed": "displayed" in request.POST,
        }
        actions.start(file, options, by=actor)
    except Refused as refusal:
        return _dialog_page(request, file, paths, error=refusal.message, status=422)
    # A file that is there already comes at once; the page stays as it is.
    is_there = file.state == State.DONE
    return redirect("exchange:export-file" if is_there else "exchange:export", file.pk)


@login_needed
@require_GET
def fields(request: HttpRequest, pk: int) -> HttpResponse:
    """A branch of the field tree, or the fields that a search finds."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    record_type = by_name(file.record_type)
    text = request.GET.get("text", "").strip()[:100]
    if text:
        found = searched(text, record_type, actor)
    else:
        found = offers(record_type, actor, request.GET.get("under", "")[:200])
    context = {"offers": found, "file": file}
    return render(request, "exchange/_offers.html", context)


@login_needed
@require_POST
def chosen(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen fields after one was added, taken out or moved."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    paths = _moved(_paths(request.POST), request.POST)
    context = {"chosen": _labelled(paths, file, actor), "file": file}
    return render(request, "exchange/_chosen.html", context)


@login_needed
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a large export is."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    if file.state != State.RUNNING:
        address = reverse("exchange:export", args=[file.pk])
        return HttpResponse(headers={"HX-Redirect": address})
    return render(request, "exchange/_export_progress.html", _running(file))


@login_needed
@require_GET
def download(request: HttpRequest, pk: int) -> Any:
    """The file, for the one who made it and still may."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    if file.state != State.DONE:
        raise Http404
    path = actions.path_of(file)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=file.file_name)


@login_needed
@require_POST
def delete_list(request: HttpRequest, pk: int, list_pk: int) -> HttpResponse:
    """Delete an own saved list."""
    actor = request.actor  # type: ignore[attr-defined]
    file = actions.opened(pk, actor)
    actions.delete_list(by_name(file.record_type), list_pk, by=actor)
    return redirect("exchange:export", pk=file.pk)


# --- pages ---------------------------------------------------------------------------


def _dialog_page(
    request: HttpRequest,
    file: ExportFile,
    paths: Sequence[str],
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record_type = by_name(file.record_type)
    selection = Selection(file, actor)
    context = {
        "type": record_type,
        "file": file,
        "offers": offers(record_type, actor),
        "chosen": _labelled(paths, file, actor),
        "lists": actions.lists_for(record_type, actor),
        "count": selection.count(),
        "is_grouped": selection.is_grouped,
        "has_other_calendar": actor.profile.calendar != "gregorian",
        "is_importable": record_type.is_importable,
        "format": request.POST.get("format", actions.XLSX),
        "compatible": "compatible" in request.POST,
        "displayed": "displayed" in request.POST,
        "error": error,
        "back": _back(file),
    }
    return render(request, "exchange/export.html", context, status=status)


def _outcome(request: HttpRequest, file: ExportFile) -> HttpResponse:
    context: dict[str, Any] = {
        "type": by_name(file.record_type),
        "back": _back(file),
        "is_done": file.state == State.DONE,
        "is_failed": file.state == State.FAILED,
        **_running(file),
    }
    return render(request, "exchange/export_outcome.html", context)


def _running(file: ExportFile) -> dict[str, Any]:
    from sarnakh.jobs.models import Job

    job = Job.objects.filter(pk=file.job_id).first() if file.job_id else None
    return {"file": file, "done": job.done if job else 0, "total": file.total}


def _back(file: ExportFile) -> str:
    slug = file.rows_wanted.get("screen") or file.record_type
    screen = screen_of(slug)
    if screen is None:
        return "/"
    query = file.rows_wanted.get("query", "")
    return (
        f"{reverse(f'{slug}:browse')}?{query}" if query else reverse(f"{slug}:browse")
    )


# --- fields --------------------------------------------------------------------------


def _first_fields(file: ExportFile, request: HttpRequest) -> list[str]:
    """The columns of the list that the person came from."""
    actor = request.actor  # type: ignore[attr-defined]
    record_type = by_name(file.record_type)
    screen: Screen | None = screen_of(file.rows_wanted.get("screen", ""))
    if screen is None:
        screen = screen_of(record_type.name)
    if screen is None or screen.type is not record_type:
        return list(record_type.fields)[:8]
    page: Any = next((one for one in screen.pages if one.name == "list"), None)
    if page is None:
        return list(record_type.fields)[:8]
    look = Look(screen, states.read(QueryDict("view=list")), actor)
    return [field.name for field in shown_columns.shown(look, page)]


def _of_list(request: HttpRequest, file: ExportFile) -> list[str]:
    actor = request.actor  # type: ignore[attr-defined]
    wanted = request.POST.get("list", "")
    for one in actions.lists_for(by_name(file.record_type), actor):
        if str(one.pk) == wanted:
            return [str(path) for path in one.fields]
    return _paths(request.POST)


def _paths(given: QueryDict) -> list[str]:
    return [path[:200] for path in given.getlist("field")[:MOST_FIELDS]]


def _moved(paths: list[str], given: QueryDict) -> list[str]:
    found = list(dict.fromkeys(paths))
    if added := given.get("add"):
        found = [*found, added[:200]] if added not in found else found
    if removed := given.get("remove"):
        found = [path for path in found if path != removed]
    for name, step in (("up", -1), ("down", 1)):
        path = given.get(name)
        if path in found:
            place = found.index(path)
            other = max(0, min(len(found) - 1, place + step))
            found[place], found[other] = found[other], found[place]
    return found


def _labelled(paths: Sequence[str], file: ExportFile, actor: Any) -> list[Offer]:
    record_type = by_name(file.record_type)
    found = []
    for path in dict.fromkeys(paths):
        column = column_at(path, record_type, actor)
        if column is not None:
            label = column.label if column.field else _("External id")
            found.append(Offer(path, label, opens=False))
    return found
