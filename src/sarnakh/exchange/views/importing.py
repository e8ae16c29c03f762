"""The import wizard: upload, mapping, test, run, result."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.exchange import actions, decisions, queries, storage
from sarnakh.exchange.errors import READ_ERRORS
from sarnakh.exchange.importing import undo
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.reading.encodings import CODECS
from sarnakh.exchange.reading.sheet import ReadOptions
from sarnakh.exchange.template import template_file
from sarnakh.exchange.wizard import Wizard, decided
from sarnakh.lib.errors import Refused
from sarnakh.records.types import RecordType, by_name

State = ImportBatch.State
ENDED = (State.DONE, State.UNDONE)


@login_needed
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Step one: a file, or one of the latest imports."""
    actor = request.actor  # type: ignore[attr-defined]
    record_type = queries.importable_type(name, actor)
    error = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            error = _("Choose a file first.")
        else:
            try:
                batch = actions.upload(
                    record_type,
                    sent.name or "",
                    sent.chunks(),
                    declared_type=sent.content_type or "",
                    by=actor,
                )
            except Refused as refusal:
                error = refusal.message
            else:
                return redirect(_address(batch))
    context = {
        "type": record_type,
        "error": error,
        "recent": queries.recent(record_type, actor),
        "step": 1,
    }
    return render(
        request, "exchange/upload.html", context, status=422 if error else 200
    )


@login_needed
@require_GET
def template(request: HttpRequest, name: str) -> Any:
    """The empty form to fill in."""
    actor = request.actor  # type: ignore[attr-defined]
    record_type = queries.importable_type(name, actor)
    file, title = template_file(record_type, actor)
    return FileResponse(file, as_attachment=True, filename=title)


@login_needed
@require_GET
def batch(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The import as it stands: mapping, progress, or result."""
    found = _own(request, name, pk)
    return _page(request, found)


@login_needed
@require_POST
def mapping(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Store what was decided; `do` says whether to test or to import then."""
    actor = request.actor  # type: ignore[attr-defined]
    found = _own(request, name, pk)
    if found.state not in actions.IDLE or found.position:
        raise actions.Busy
    columns, options = decided(found, request.POST)
    wanted = request.POST.get("do", "")
    problems = decisions.problems(columns, options, by_name(found.record_type), actor)
    found = actions.decide(found, columns, options)
    if problems and wanted:
        return _mapping_page(request, found, problems=problems, status=422)
    if wanted == "test":
        actions.start_test(found, by=actor)
    elif wanted == "run":
        actions.start_run(found, by=actor)
    if request.headers.get("HX-Request"):
        context = _mapping_context(request, found, problems)
        return render(request, "exchange/_mapping.html", context)
    return redirect(_address(found))


@login_needed
@require_POST
def reading(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Read the file in another way."""
    actor = request.actor  # type: ignore[attr-defined]
    found = _own(request, name, pk)
    given = request.POST
    row = given.get("header_row", "")
    options = ReadOptions(
        sheet=given.get("sheet") or None,
        header="header" in given,
        header_row=int(row)
        if row.isascii() and row.isdigit() and len(row) < 8
        else None,
        encoding=given.get("encoding") or None,
        separator=_separator(given.get("separator", "")),
        quote=given.get("quote", '"')[:1],
    )
    try:
        actions.reread(found, options, by=actor)
    except actions.CannotRead as refusal:
        return _mapping_page(request, found, problems=[refusal.message], status=422)
    return redirect(_address(found))


@login_needed
@require_POST
def act(request: HttpRequest, name: str, pk: int, what: str) -> HttpResponse:
    """Stop, go on, run again, undo."""
    actor = request.actor  # type: ignore[attr-defined]
    found = _own(request, name, pk)
    if what == "stop":
        actions.stop(found)
    elif what == "run":
        actions.start_run(found, by=actor)
    elif what == "go-on":
        if queries.is_interrupted(found):
            actions.go_on(found, by=actor)
    elif what == "undo":
        actions.start_undo(found, by=actor)
    else:
        raise Http404
    return redirect(_address(found))


@login_needed
@require_GET
def progress(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """How far the run is; when it has ended, the whole page is shown anew."""
    found = _own(request, name, pk)
    if found.state not in queries.ACTIVE:
        return HttpResponse(headers={"HX-Redirect": _address(found)})
    return render(request, "exchange/_progress.html", _progress_context(found))


@login_needed
@require_GET
def faults(request: HttpRequest, name: str, pk: int) -> Any:
    """The refused rows as a file."""
    found = _own(request, name, pk)
    path = storage.folder(found.folder) / found.faults_file if found.folder else None
    if not found.faults_file or path is None or not path.is_file():
        raise Http404
    stem = found.file_name.rpartition(".")[0] or found.file_name
    title = f"{stem} {_('errors')}{path.suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=title)


# --- pages ---------------------------------------------------------------------------


def _page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    if found.state in queries.ACTIVE:
        return render(request, "exchange/progress.html", _progress_context(found))
    if found.state in ENDED or found.position or not found.folder:
        return _result_page(request, found)
    return _mapping_page(request, found)


def _mapping_page(
    request: HttpRequest,
    found: ImportBatch,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _mapping_context(request, found, problems or [])
    return render(request, "exchange/mapping.html", context, status=status)


def _mapping_context(
    request: HttpRequest, found: ImportBatch, problems: list[str]
) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    wizard = Wizard(found, actor)
    return {
        "type": wizard.type,
        "batch": found,
        "wizard": wizard,
        "problems": problems,
        "reading": found.reading,
        "remarks": [
            _(READ_ERRORS[one["code"]]) % one["params"]
            for one in found.reading.get("problems", ())
        ],
        "encodings": list(CODECS),
        "separators": [",", ";", "tab", "|", "،", "؛"],
        "step": 3 if found.state in (State.TESTED, State.FAILED) else 2,
        "here": _address(found),
        "is_only_tried": True,
        "is_tested": found.state == State.TESTED,
        "is_failed": found.state == State.FAILED,
        "is_stopped": found.state == State.STOPPED,
    }


def _progress_context(found: ImportBatch) -> dict[str, Any]:
    told = storage.Progress(found.folder).read() if found.folder else {}
    return {
        "type": by_name(found.record_type),
        "batch": found,
        "done": told.get("done", 0),
        "total": told.get("total", found.total),
        "is_interrupted": queries.is_interrupted(found),
        "is_undoing": found.state == State.UNDOING,
        "is_testing": found.state == State.TESTING,
        "step": 3 if found.state == State.TESTING else 4,
        "here": _address(found),
    }


def _result_page(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record_type: RecordType = by_name(found.record_type)
    context = {
        "type": record_type,
        "batch": found,
        "links": queries.links_to_records(found, actor),
        "may_undo": undo.is_possible(found),
        "may_go_on": found.state in (State.STOPPED, State.FAILED)
        and 0 < found.position < found.total
        and bool(found.folder),
        "is_undone": found.state == State.UNDONE,
        "is_done": found.state == State.DONE,
        "has_faults": bool(found.faults_file and found.folder),
        "step": 4,
        "here": _address(found),
    }
    return render(request, "exchange/result.html", context)


def _own(request: HttpRequest, name: str, pk: int) -> ImportBatch:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.own_batch(pk, actor)
    if found.record_type != name:
        raise Http404
    return found


def _address(found: ImportBatch) -> str:
    return reverse("exchange:batch", args=[found.record_type, found.pk])


def _separator(text: str) -> str | None:
    return "\t" if text == "tab" else text[:1] or None
