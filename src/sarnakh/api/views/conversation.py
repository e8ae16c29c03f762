"""What hangs on a record: messages, files, activities."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from sarnakh.accounts.models import User
from sarnakh.api import inputs, listing, outputs
from sarnakh.api.call import Call, as_json, length_of
from sarnakh.api.errors import ApiError, bad_request, unprocessable
from sarnakh.api.idempotency import once
from sarnakh.discussion import actions, files, queries
from sarnakh.discussion.entries import Entry
from sarnakh.discussion.models import Message
from sarnakh.records import guarded, rows
from sarnakh.records.access import Verb
from sarnakh.records.models import StoredFile
from sarnakh.records.types import RecordType

ACTIVITIES = "activities"
PLACE = ("record_type", "record_id")
MOST_MENTIONS = 100


def messages(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`GET /<type>/<id>/messages`: messages and changes, the newest first."""
    record, record_type = _record(call, name, pk)
    parameters = call.parameters("limit", "before")
    limit = parameters.number("limit", queries.PAGE, 1, listing.MOST)
    before = parameters.text("before")
    part = queries.thread(record, record_type, call.actor, before, limit)
    entries = [_entry(one) for one in part.entries]
    return as_json({"items": entries, "before": part.more or None})


def post_message(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`POST /<type>/<id>/messages`: `{"kind", "body", "mentions"}`."""
    record, record_type = _record(call, name, pk, "write")
    call.parameters()
    kind, body, mentions = _message(call.mapping())

    def effect() -> HttpResponse:
        message = actions.post(
            record, record_type, kind, body, mentions=mentions, by=call.actor
        )
        return as_json(_entry(queries.entry(message, call.actor)), 201)

    return once(call, call.body, effect)


def list_files(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`GET /<type>/<id>/files`."""
    record, record_type = _record(call, name, pk)
    call.parameters()
    found = queries.attached(record, record_type, call.actor)
    return as_json({"items": [_file(one) for one in found]})


def upload(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`POST /<type>/<id>/files`: one or several parts `file` as multipart/form-data."""
    record, record_type = _record(call, name, pk, "write")
    call.parameters()
    sent = _sent(call)
    digest = hashlib.sha256()
    for one in sent:
        digest.update(hashlib.sha256((one.name or "").encode()).digest())
        digest.update(hashlib.file_digest(one, "sha256").digest())
        one.seek(0)

    def effect() -> HttpResponse:
        kept = files.keep_all(sent, record, record_type, by=call.actor)
        return as_json({"items": [_file(one) for one in kept]}, 201)

    return once(call, digest.digest(), effect)


def download(call: Call, name: str, pk: int, file: int) -> HttpResponseBase:
    """`GET /<type>/<id>/files/<file>`: the bytes."""
    call.parameters()
    return files.response(_kept(call, name, pk, file))


def remove_file(call: Call, name: str, pk: int, file: int) -> HttpResponseBase:
    """`DELETE /<type>/<id>/files/<file>`: by who brought it, or an administrator."""
    call.parameters()
    files.remove_file(_kept(call, name, pk, file, "write"), by=call.actor)
    return HttpResponse(status=204)


def list_activities(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`GET /<type>/<id>/activities`: what is planned and was done."""
    _with_activities(call, name, pk, "read")
    activities = call.type(ACTIVITIES)
    parameters = call.parameters(*listing.EXPECTED)
    found = rows.visible(activities, call.actor).filter(record_type=name, record_id=pk)
    return as_json(listing.listed(activities, found, parameters, call.actor))


def plan_activity(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`POST /<type>/<id>/activities`: plan one."""
    _with_activities(call, name, pk, "write")
    activities = call.type(ACTIVITIES, "create")
    call.parameters()
    given = call.mapping()
    if fixed := given.keys() & set(PLACE):
        message = _("This field cannot be written.")
        raise unprocessable(message, dict.fromkeys(sorted(fixed), message))
    actor = call.actor

    def effect() -> HttpResponse:
        [values] = inputs.read(
            activities, [given], actor, currencies=[actor.company.currency]
        )
        place = dict(zip(PLACE, (name, pk), strict=True))
        made = guarded.create(activities, [{**values, **place}], by=actor)
        [found] = outputs.written(outputs.shape(activities, actor), made)
        return as_json(found, 201, version=found["version"])

    return once(call, call.body, effect)


def _record(
    call: Call, name: str, pk: int, verb: Verb = "read"
) -> tuple[Any, RecordType]:
    record_type = call.type(name, verb)
    if not record_type.has_discussion:
        raise Http404
    return rows.find(record_type, pk, call.actor, verb), record_type


def _with_activities(call: Call, name: str, pk: int, verb: Verb) -> None:
    record_type = call.type(name, verb)
    if not record_type.has_activities:
        raise Http404
    if not call.caller.may_touch(ACTIVITIES):
        raise ApiError(403, "scope", _("This key is for other record types."))
    rows.find(record_type, pk, call.actor, verb)


def _message(given: dict[str, Any]) -> tuple[str, str, list[int]]:
    message = _("There is no such field.")
    if unknown := given.keys() - {"kind", "body", "mentions"}:
        fields = dict.fromkeys(sorted(unknown), message)
        raise bad_request("unknown-field", message, **fields)
    errors = {}
    kind = given.get("kind", "note")
    if kind not in (Message.Kind.MESSAGE.value, Message.Kind.NOTE.value):
        errors["kind"] = _("This is not one of the choices.")
    body = given.get("body")
    if not isinstance(body, str):
        errors["body"] = _("This must be text.")
    mentions = given.get("mentions", [])
    is_list = isinstance(mentions, list) and len(mentions) <= MOST_MENTIONS
    if not is_list or not all(type(one) is int for one in mentions):
        errors["mentions"] = _("Links are given as a list of numbers.")
    if errors:
        raise unprocessable(" ".join(errors.values()), errors)
    return kind, str(body), mentions


def _sent(call: Call) -> list[UploadedFile]:
    if call.request.content_type != "multipart/form-data":
        raise bad_request("body", _("Send Content-Type: multipart/form-data."))
    if length_of(call.request) > settings.UPLOAD_LIMIT:
        raise bad_request("body", _("The body is too large."))
    sent = call.request.FILES.getlist("file")
    if not sent or call.request.POST or set(call.request.FILES) != {"file"}:
        raise bad_request("body", _("Send the files as parts with the name “file”."))
    return sent


def _kept(call: Call, name: str, pk: int, file: int, verb: Verb = "read") -> StoredFile:
    """A file of this very record, on a message that the actor may see."""
    record, record_type = _record(call, name, pk, verb)
    found = StoredFile.objects.filter(
        pk=file, record_type=record_type.name, record_id=record.pk
    ).first()
    if found is None or not files.visible_to(found, call.actor):
        raise Http404
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    """A message or a change as JSON."""
    return {
        "key": entry.key,
        "id": entry.message.pk if entry.message else None,
        "kind": entry.message.kind if entry.message else "change",
        "at": outputs.instant(entry.at),
        "author": _person(entry.author),
        "heading": str(entry.heading) or None,
        "body": str(entry.body) or None,
        "changes": [
            {"label": one.label, "old": one.old or None, "new": one.new or None}
            for one in entry.lines
        ],
        "files": [_file(one) for one in entry.files],
    }


def _file(file: StoredFile) -> dict[str, Any]:
    return {
        "id": file.pk,
        "name": file.name,
        "type": file.media_type,
        "size": file.size,
        "created_at": outputs.instant(file.created_at),
    }


def _person(user: User | None) -> dict[str, Any] | None:
    return outputs.link(user) if user else None
