"""Activities over HTTP. Every view begins with access to the record or activity."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.activities import actions, forms, panel, queries, shown
from sarnakh.activities.models import Activity
from sarnakh.activities.types import ACTIVITIES
from sarnakh.discussion import queries as discussion
from sarnakh.discussion.addresses import address
from sarnakh.records import guarded, rows
from sarnakh.records.access import Verb
from sarnakh.records.errors import Conflict, InvalidValues
from sarnakh.records.types import RecordType, all_types
from sarnakh.screens.views import is_partial

CHANGED = "activities-changed"
LATEST = 3_650

# --- a record's activities --------------------------------------------------------


@require_GET
@login_needed
def popover(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """What is planned on a record, with the form to plan more."""
    record, record_type = _record(request, name, pk)
    context = panel.context(record, record_type, _actor(request), "popover")
    part = "_popover" if is_partial(request) else "record"
    return render(request, f"activities/{part}.html", context)


@require_http_methods(["GET", "POST"])
@login_needed
def schedule(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Plan an activity; GET is the form, refilled for `?type=`."""
    actor = _actor(request)
    record, record_type = _record(request, name, pk, "write")
    if request.method == "GET":
        wanted = request.GET.get("type", "")
        kind = queries.types().filter(pk=wanted).first() if _is_key(wanted) else None
        form = forms.blank(actor, kind, request.GET)
        return _form_page(request, form, record=record, record_type=record_type)
    try:
        values = forms.read(request.POST, actor)
        values |= {"record_type": record_type.name, "record_id": record.pk}
        guarded.create(ACTIVITIES, [values], by=actor)
    except InvalidValues as error:
        form = forms.typed_again(request.POST, error.errors, actor)
        return _form_page(
            request, form, record=record, record_type=record_type, status=422
        )
    return _answer(request, record_type.name, record.pk)


# --- one activity -----------------------------------------------------------------


@require_POST
@login_needed
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as done, with what came of it."""
    activity = _activity(request, pk)
    feedback = request.POST.get("feedback", "")
    actions.complete(activity, feedback, by=_actor(request))
    return _answer(request, activity.record_type, activity.record_id)


@require_POST
@login_needed
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan it no more."""
    activity = _activity(request, pk)
    actions.cancel(activity, by=_actor(request))
    return _answer(request, activity.record_type, activity.record_id)


@require_POST
@login_needed
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the deadline on by `days`, 1 if nothing is said."""
    activity = _activity(request, pk)
    days = request.POST.get("days", "1")
    if not (_is_key(days) and 0 < int(days) <= LATEST):
        raise Http404
    actions.postpone(activity, int(days), by=_actor(request))
    return _answer(request, activity.record_type, activity.record_id)


@require_http_methods(["GET", "POST"])
@login_needed
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit an activity; saving checks the version that was seen."""
    actor = _actor(request)
    activity = _activity(request, pk)
    if request.method == "GET":
        return _form_page(request, forms.filled(activity, actor), activity=activity)
    seen = request.POST.get("version", "")
    try:
        values = forms.read(request.POST, actor, activity)
        values = {name: value for name, value in values.items() if _says(name, value)}
        guarded.change(
            ACTIVITIES, pk, values, seen=int(seen) if _is_key(seen) else None, by=actor
        )
    except (InvalidValues, Conflict) as error:
        errors = error.errors if isinstance(error, InvalidValues) else {}
        form = forms.typed_again(request.POST, errors, actor, activity)
        form["message"] = "" if errors else error.message
        return _form_page(request, form, activity=activity, status=422)
    return _answer(request, activity.record_type, activity.record_id)


# --- mine -------------------------------------------------------------------------


@require_GET
@login_needed
def mine(request: HttpRequest) -> HttpResponse:
    """The actor's open activities: late, today, planned."""
    part = "_mine" if is_partial(request) else "mine"
    return render(request, f"activities/{part}.html", _mine(_actor(request)))


def _mine(actor: Actor) -> dict[str, Any]:
    activities = list(queries.open_for(actor))
    references = [(one.record_type, one.record_id) for one in activities]
    known = all_types()
    titles = discussion.titles((one for one in references if one[0] in known), actor)
    lines = [
        shown.line(
            activity,
            actor,
            may_write=True,
            title=titles.get(reference, activity.record_title),
            url=address(*reference) if reference in titles else "",
        )
        for activity, reference in zip(activities, references, strict=True)
    ]
    return {
        "activity_groups": shown.grouped(lines),
        "counts": queries.due_counts(actor),
        **panel.placed("mine"),
    }


# --- access -----------------------------------------------------------------------


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _record(
    request: HttpRequest, name: str, pk: int, verb: Verb = "read"
) -> tuple[Any, RecordType]:
    """The record and its type; what is not there and what is not theirs is 404."""
    record_type = all_types().get(name)
    if record_type is None or not record_type.has_activities or pk >= 2**63:
        raise Http404
    return rows.find(record_type, pk, _actor(request), verb), record_type


def _activity(request: HttpRequest, pk: int) -> Activity:
    if pk >= 2**63:
        raise Http404
    found: Activity = rows.find(ACTIVITIES, pk, _actor(request), "write")
    return found


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _says(name: str, value: Any) -> bool:
    """An emptied deadline, type or assignee stays what it was."""
    return value is not None or name in {"summary", "note"}


# --- answers ----------------------------------------------------------------------


def _answer(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The list that the button stood in, as it is now; else back to the page."""
    place = request.POST.get("place", "")
    actor = _actor(request)
    if not is_partial(request) or place not in panel.PLACES:
        messages.success(request, _("Saved."))
        return _back(request, address(name, pk))
    if place == "mine":
        answer = render(request, "activities/_mine.html", _mine(actor))
    else:
        answer = _list_again(request, name, pk, place)
    answer.headers["HX-Trigger"] = CHANGED
    return answer


def _list_again(request: HttpRequest, name: str, pk: int, place: str) -> HttpResponse:
    """The record's list; an empty one for assignees who may not read the record."""
    record_type = all_types()[name]
    record = rows.visible(record_type, _actor(request)).filter(pk=pk).first()
    if record is None:
        return HttpResponse()
    context = panel.context(record, record_type, _actor(request), place)
    if place == "panel":
        return render(request, "activities/panel.html", {"panel": context})
    return render(request, "activities/_popover.html", context)


def _form_page(
    request: HttpRequest, form: dict[str, Any], *, status: int = 200, **context: Any
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    place = given.get("place", "")
    context |= panel.placed(place if place in panel.PLACES else "panel")
    context["activity_form"] = form
    part = "_form" if is_partial(request) else "form"
    answer = render(request, f"activities/{part}.html", context, status=status)
    if is_partial(request) and status != 200:
        # The form is replaced by itself with its faults, not the list by the form.
        answer.headers["HX-Retarget"] = "closest form"
        answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that held the form; only one of ours."""
    came_from = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    # The form's own page has done its work.
    if own and not came_from.partition("?")[0].endswith(("/schedule", "/change")):
        return redirect(came_from)
    return redirect(otherwise)
