"""The addresses of lines: begin, add, change, remove, order, suggest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.records import rows
from sarnakh.records.errors import Conflict, InvalidValues
from sarnakh.records.types import by_name
from sarnakh.screens import find, inputs
from sarnakh.screens.lines import drawing, writing
from sarnakh.screens.lines.table import Table, Typed
from sarnakh.screens.screen import Screen
from sarnakh.screens.shown import text_of

MOST_ROWS = 2_000


@login_needed
@require_http_methods(["GET", "POST"])
def lines(request: HttpRequest, screen: Screen, pk: int, name: str) -> HttpResponse:
    """GET: the table, or (`?add=…`) a row to begin a line in. POST: add a line."""
    table = _table(request, screen, pk, name)
    if request.method == "POST":
        return _write(request, screen, table, "new")
    wanted = request.GET.get("add", "")
    begun = next((one for one in table.adds if one.name == wanted), None)
    if begun is not None:
        html = drawing.part(table, [table.blank(begun)], get_token(request))
        return HttpResponse(html)
    return HttpResponse(drawing.table(table, get_token(request)))


@login_needed
@require_POST
def line(
    request: HttpRequest, screen: Screen, pk: int, name: str, line: int
) -> HttpResponse:
    """Change a line: only the cells that were sent."""
    table = _table(request, screen, pk, name)
    return _write(request, screen, table, str(line))


@login_needed
@require_POST
def remove(
    request: HttpRequest, screen: Screen, pk: int, name: str, line: int
) -> HttpResponse:
    """Delete a line."""
    table = _table(request, screen, pk, name)
    before = writing.state(table)
    writing.remove(table, line, by=table.actor)
    return _answer(request, screen, table, before)


@login_needed
@require_POST
def order(request: HttpRequest, screen: Screen, pk: int, name: str) -> HttpResponse:
    """Put the lines in another order."""
    table = _table(request, screen, pk, name)
    keys = request.POST.getlist("key")[:MOST_ROWS]
    before = writing.state(table)
    writing.reorder(table, [int(one) for one in keys if one.isdigit()], by=table.actor)
    return _answer(request, screen, table, before)


@login_needed
@require_GET
def choose(
    request: HttpRequest, screen: Screen, pk: int, name: str, field: str
) -> HttpResponse:
    """The best linked records for what was typed into a cell."""
    table = _table(request, screen, pk, name)
    described = next((one for one in table.columns if one.name == field), None)
    if described is None or not described.kind.is_link:
        raise Http404
    text = request.GET.get("text", "").strip()[:200]
    narrow = table.lines.narrows
    found = inputs.suggested(
        by_name(described.target),
        text,
        table.actor,
        among=(lambda rows: narrow(field, table.record, table.actor, rows))
        if narrow
        else None,
    )
    options = find.options(described, found, text, table.actor)
    return render(
        request, "screens/options.html", {"options": options, "list_id": f"f-{field}"}
    )


def tables(
    request: HttpRequest,
    screen: Screen,
    record: Any,
    *,
    typed_in: "tuple[str, Typed] | None" = None,
) -> list[Table]:
    """The tables of a record's form; none while it is not saved."""
    if record is None:
        return []
    actor = request.actor  # type: ignore[attr-defined]
    wanted = request.GET.get("add", "")
    return [
        Table(
            one,
            record,
            actor,
            reverse(f"{screen.slug}:browse"),
            typed=typed_in[1] if typed_in and typed_in[0] == one.name else None,
            add=wanted,
        )
        for one in screen.lines
    ]


def _table(request: HttpRequest, screen: Screen, pk: int, name: str) -> Table:
    actor = request.actor  # type: ignore[attr-defined]
    declared = next((one for one in screen.lines if one.name == name), None)
    if declared is None:
        raise Http404
    record = rows.find(screen.type, pk, actor)
    return Table(declared, record, actor, reverse(f"{screen.slug}:browse"))


def _write(
    request: HttpRequest, screen: Screen, table: Table, key: str
) -> HttpResponse:
    before = writing.state(table)
    add = request.POST.get("add", "")
    try:
        if key == "new":
            writing.add(table, add, request.POST, by=table.actor)
        else:
            writing.change(
                table, int(key), request.POST, known=before.keys(), by=table.actor
            )
    except InvalidValues as error:
        wrong = Typed(key, request.POST, error.errors, add)
        return _refused(request, screen, table, wrong, 422)
    except Conflict as conflict:
        wrong = Typed(key, request.POST, _both(table, conflict))
        return _refused(request, screen, table, wrong, 409)
    return _answer(request, screen, table, before, was=key if key == "new" else "")


def _both(table: Table, conflict: Conflict) -> dict[str, str]:
    """What somebody else wrote meanwhile, beside what was typed here."""
    said = _(
        "%(who)s has changed this to “%(theirs)s”. Yours is kept when you save it again."
    )
    fields = table.lines.type.fields
    return {
        clash.field: said
        % {
            "who": conflict.who,
            "theirs": text_of(
                fields[clash.field], clash.theirs, table.actor.profile, table.currency
            ),
        }
        for clash in conflict.clashes
    }


def _answer(
    request: HttpRequest,
    screen: Screen,
    table: Table,
    before: dict[int, tuple[Any, ...]],
    *,
    was: str = "",
) -> HttpResponse:
    """The rows that are not what they were, the lines that are gone, the totals."""
    if not request.headers.get("HX-Request"):
        return redirect(
            f"{reverse(f'{screen.slug}:record', args=[table.record.pk])}#{table.id}"
        )
    table.record.refresh_from_db()
    after = writing.state(table)
    changed = {pk for pk, row in after.items() if before.get(pk) != row}
    edited = (
        request.resolver_match.kwargs.get("line") if request.resolver_match else None
    )
    if edited in after:
        # Many links of a line stand elsewhere.
        changed.add(edited)
    gone = " ".join(str(pk) for pk in before if pk not in after)
    drawn = table.rows(changed) if changed else []
    return HttpResponse(
        drawing.part(table, drawn, get_token(request), was=was, gone=gone)
    )


def _refused(
    request: HttpRequest, screen: Screen, table: Table, wrong: Typed, status: int
) -> HttpResponse:
    """The row with what was typed and what is wrong; nothing is lost."""
    table.typed = wrong
    if not request.headers.get("HX-Request"):
        from sarnakh.screens.views import form_page

        for text in wrong.errors.values():
            messages.error(request, text)
        return form_page(
            request,
            screen,
            table.record,
            typed_line=(table.lines.name, wrong),
            status=status,
        )
    found = [one for one in table.all_rows if one.key == wrong.key]
    return HttpResponse(drawing.part(table, found, get_token(request)), status=status)
