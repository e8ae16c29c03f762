"""Conversations over HTTP. Every view begins with the record's own access."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.discussion import actions, files, panel, queries, reach, writing
from sarnakh.discussion.addresses import address
from sarnakh.discussion.models import Message
from sarnakh.lib.text import isolate
from sarnakh.records import rows
from sarnakh.records.access import Verb
from sarnakh.records.models import StoredFile
from sarnakh.records.types import RecordType, all_types

# --- a record's conversation ------------------------------------------------------


@require_GET
@login_needed
def thread(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The conversation as a page of its own, or an older part of it."""
    record, record_type = _record(request, name, pk)
    before = request.GET.get("before", "")
    if _is_fragment(request):
        part = queries.thread(record, record_type, _actor(request), before)
        piece = "thread" if "whole" in request.GET else "entries"
        return _fragment(request, piece, record, record_type, thread=part)
    values = panel.context(record, record_type, _actor(request), before)
    page = {"record": record, "panel": values}
    return render(request, "discussion/page.html", page)


@require_POST
@login_needed
def post(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Write a message (`kind=message`) or a note."""
    record, record_type = _record(request, name, pk, "write")
    actor = _actor(request)
    kind = request.POST.get("kind", "")
    if kind not in ("message", "note"):
        raise Http404
    text = request.POST.get("body", "")
    if len(text) > writing.LONGEST:
        raise actions.TooLong
    chosen = [int(key) for key in request.POST.getlist("mentions") if _is_key(key)]
    mentions = queries.mentioned(text, chosen, actor)
    written = actions.post(
        record,
        record_type,
        kind,
        writing.from_plain(text),
        mentions=mentions,
        files=request.FILES.getlist("files"),
        by=actor,
    )
    notice = _unreached(written, mentions)
    if notice and not _is_fragment(request):
        messages.warning(request, notice)
    return _thread_again(request, record, record_type, notice)


@require_POST
@login_needed
def follow(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Follow the record, or make a colleague follow it."""
    record, record_type, user_id = _following(request, name, pk)
    if not reach.readers(record_type, record.pk, [user_id]):
        raise Http404
    actions.follow(record_type.name, [(record.pk, user_id)])
    return _panel_again(request, record, record_type)


@require_POST
@login_needed
def unfollow(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Follow no more, or take a colleague off the list."""
    record, record_type, user_id = _following(request, name, pk)
    actions.unfollow(record_type.name, [(record.pk, user_id)])
    return _panel_again(request, record, record_type)


@require_GET
@login_needed
def others(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The form that makes a colleague follow the record."""
    record, record_type = _record(request, name, pk, "write")
    values = {
        "record": record,
        "record_type": record_type,
        "people": panel.others(record, record_type, _actor(request)),
    }
    place = "_others" if _is_fragment(request) else "others"
    return render(request, f"discussion/{place}.html", values)


@require_POST
@login_needed
def read(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The conversation was opened or marked as read."""
    record, record_type = _record(request, name, pk)
    actions.mark_read(record_type, record.pk, by=_actor(request))
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Trigger": "notifications-changed"})
    return _back(request, address(record_type.name, record.pk))


@require_GET
@login_needed
def people(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """People to mention, as options of a list."""
    _record(request, name, pk, "write")
    found = queries.suggestions(request.GET.get("q", ""), _actor(request))
    return render(request, "discussion/_people.html", {"people": found})


# --- one message ------------------------------------------------------------------


@require_GET
@login_needed
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, as shown before editing began."""
    found, record, record_type = _message(request, pk)
    if not _is_fragment(request):
        return redirect(address(record_type.name, record.pk))
    return _one_entry(request, found, record, record_type)


@login_needed
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for other words, and saving them."""
    found, record, record_type = _message(request, pk)
    entry = queries.entry(found, _actor(request))
    if not entry.may_edit:
        raise PermissionDenied
    if request.method == "POST":
        text = request.POST.get("body", "")
        if len(text) > writing.LONGEST:
            raise actions.TooLong
        actions.edit_message(found, writing.from_plain(text), by=_actor(request))
        return _one_entry(request, found, record, record_type)
    values = {
        "record": record,
        "record_type": record_type,
        "entry": entry,
        "text": writing.to_plain(found.body),
    }
    place = "_edit" if _is_fragment(request) else "edit"
    return render(request, f"discussion/{place}.html", values)


@require_POST
@login_needed
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Empty a message."""
    found, record, record_type = _message(request, pk)
    actions.remove_message(found, by=_actor(request))
    return _one_entry(request, found, record, record_type)


# --- files ------------------------------------------------------------------------


@require_GET
@login_needed  # type: ignore[arg-type]  # a stream is an answer as well
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes of a file on a record that the actor may read."""
    return files.response(_file(request, pk)[0])


@require_POST
@login_needed
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off its record."""
    found, record, record_type = _file(request, pk)
    files.remove_file(found, by=_actor(request))
    return _thread_again(request, record, record_type)


# --- the inbox --------------------------------------------------------------------


@require_GET
@login_needed
def inbox(request: HttpRequest) -> HttpResponse:
    """What is unread, newest first."""
    actor = _actor(request)
    unread = list(queries.inbox(actor))
    titles = queries.titles(((one.record_type, one.record_id) for one in unread), actor)
    lines = [
        {
            "notification": one,
            "title": titles[one.record_type, one.record_id],
            "url": address(one.record_type, one.record_id),
            "type": all_types()[one.record_type],
            "preview": writing.to_plain(one.message.body)[:200] if one.message else "",
        }
        for one in unread
        if (one.record_type, one.record_id) in titles
    ]
    place = "_inbox" if _is_fragment(request) else "inbox"
    return render(request, f"discussion/{place}.html", {"lines": lines})


@require_POST
@login_needed
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is unread any more."""
    actions.mark_all_read(by=_actor(request))
    if _is_fragment(request):
        answer = render(request, "discussion/_inbox.html", {"lines": []})
        answer["HX-Trigger"] = "notifications-changed"
        return answer
    return redirect("discussion:inbox")


# --- access -----------------------------------------------------------------------


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _record(
    request: HttpRequest, name: str, pk: int, verb: Verb = "read"
) -> tuple[Any, RecordType]:
    """The record and its type; what is not there and what is not theirs is 404."""
    record_type = all_types().get(name)
    if record_type is None or not record_type.has_discussion or pk >= 2**63:
        raise Http404
    return rows.find(record_type, pk, _actor(request), verb), record_type


def _message(request: HttpRequest, pk: int) -> tuple[Message, Any, RecordType]:
    """A message of a readable record; notes are for people of the house."""
    found = Message.objects.select_related("author").filter(pk=_key(pk)).first()
    if found is None:
        raise Http404
    record, record_type = _record(request, found.record_type, found.record_id)
    is_public = found.kind == Message.Kind.MESSAGE
    if not is_public and not reach.is_internal(_actor(request)):
        raise Http404
    return found, record, record_type


def _file(request: HttpRequest, pk: int) -> tuple[StoredFile, Any, RecordType]:
    """A file of a readable record and message."""
    found = StoredFile.objects.filter(pk=_key(pk)).first()
    if found is None:
        raise Http404
    record, record_type = _record(request, found.record_type, found.record_id)
    if not files.visible_to(found, _actor(request)):
        raise Http404
    return found, record, record_type


def _following(request: HttpRequest, name: str, pk: int) -> tuple[Any, RecordType, int]:
    """Record and user: oneself with the right to read, others only to write."""
    actor = _actor(request)
    record, record_type = _record(request, name, pk)
    wanted = request.POST.get("user", "")
    user_id = int(wanted) if _is_key(wanted) else actor.user_id
    if user_id is None:
        raise Http404
    if user_id != actor.user_id:
        _record(request, name, pk, "write")
        if user_id not in {user.pk for user in queries.people(actor)}:
            raise Http404
    return record, record_type, user_id


def _key(pk: int) -> int:
    if pk >= 2**63:
        raise Http404
    return pk


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


# --- answers ----------------------------------------------------------------------


def _is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )


def _fragment(
    request: HttpRequest,
    name: str,
    record: Any,
    record_type: RecordType,
    **values: Any,
) -> HttpResponse:
    values |= {"record": record, "record_type": record_type}
    values["may_post"] = rows.still_allowed(record, record_type, _actor(request))
    return render(request, f"discussion/_{name}.html", values)


def _thread_again(
    request: HttpRequest, record: Any, record_type: RecordType, notice: str = ""
) -> HttpResponse:
    """The conversation from its newest entry on."""
    if not _is_fragment(request):
        return _back(request, address(record_type.name, record.pk))
    part = queries.thread(record, record_type, _actor(request))
    return _fragment(request, "thread", record, record_type, thread=part, notice=notice)


def _panel_again(
    request: HttpRequest, record: Any, record_type: RecordType
) -> HttpResponse:
    """The bar above the conversation, where the followers are."""
    if not _is_fragment(request):
        return _back(request, address(record_type.name, record.pk))
    values = panel.context(record, record_type, _actor(request))
    return render(request, "discussion/_bar.html", values)


def _one_entry(
    request: HttpRequest, found: Message, record: Any, record_type: RecordType
) -> HttpResponse:
    if not _is_fragment(request):
        return redirect(address(record_type.name, record.pk))
    entry = queries.entry(found, _actor(request))
    return _fragment(request, "entry", record, record_type, entry=entry)


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that held the form; only one of ours."""
    came_from = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    # The form's own page has done its work.
    if own and not came_from.partition("?")[0].endswith("/others"):
        return redirect(came_from)
    return redirect(otherwise)


def _unreached(written: Message, mentions: list[int]) -> str:
    """Who was mentioned in vain, in a sentence; "" for nobody."""
    people = queries.unreached(written, mentions)
    if not people:
        return ""
    text = ngettext(
        "%(names)s may not read this record and was not notified.",
        "%(names)s may not read this record and were not notified.",
        len(people),
    )
    comma = pgettext("between the items of a list", ", ")
    return text % {"names": comma.join(isolate(user.name) for user in people)}
