"""Lists, records, groups and commands of any record type."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from sarnakh.api import commands, grouping, inputs, listing, outputs
from sarnakh.api.call import Call, as_json, length_of
from sarnakh.api.errors import bad_request, changed_meanwhile, unprocessable
from sarnakh.api.idempotency import once
from sarnakh.api.inputs import LinkEdit
from sarnakh.api.parameters import seen_version
from sarnakh.records import guarded, rows
from sarnakh.records.actions import locked
from sarnakh.records.currency import currency_of
from sarnakh.records.errors import Conflict
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType
from sarnakh.records.types.record_type import Values

MOST_AT_ONCE = 100


def browse(call: Call, name: str) -> HttpResponseBase:
    """`GET /<type>`: a part of the records."""
    record_type = call.type(name)
    parameters = call.parameters(*listing.EXPECTED)
    visible = rows.visible(record_type, call.actor)
    return as_json(listing.listed(record_type, visible, parameters, call.actor))


def show(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`GET /<type>/<id>`: one record."""
    record_type = call.type(name)
    parameters = call.parameters("fields")
    names = parameters.words("fields") if "fields" in parameters else None
    wanted = outputs.shape(record_type, call.actor, names)
    visible = rows.visible(record_type, call.actor)
    record = wanted.loaded(visible.filter(pk=pk)).first()
    if record is None:
        raise Http404
    found = wanted.plain(record)
    return as_json(found, version=found["version"])


def groups(call: Call, name: str) -> HttpResponseBase:
    """`GET /<type>/groups`: counts and sums per value."""
    record_type = call.type(name)
    parameters = call.parameters(*grouping.EXPECTED)
    found = grouping.grouped(record_type, parameters, call.actor, call.profile)
    return as_json(found)


def create(call: Call, name: str) -> HttpResponseBase:
    """`POST /<type>`: one record, or a list of them, all or none."""
    record_type = call.type(name, "create")
    call.parameters()
    given = call.value()
    is_list = isinstance(given, list)
    objects = given if is_list else [given]
    if not all(isinstance(one, dict) for one in objects):
        raise bad_request("body", _("Send an object, or a list of objects."))
    if not 0 < len(objects) <= MOST_AT_ONCE:
        message = _("Send from 1 to %(most)s records at once.")
        raise bad_request("body", message % {"most": MOST_AT_ONCE})

    def effect() -> HttpResponse:
        made = _created(record_type, objects, call, is_list=is_list)
        answer = {"items": made} if is_list else made[0]
        return as_json(answer, 201, version=None if is_list else made[0]["version"])

    return once(call, call.body, effect)


def change(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`PATCH /<type>/<id>`: other values; `If-Match` guards against overwriting."""
    record_type = call.type(name, "write")
    call.parameters()
    given = call.mapping()
    seen = seen_version(call.request)
    with transaction.atomic():
        record = rows.find(record_type, pk, call.actor, "write")
        if seen is not None and seen > getattr(record, "version", 1):
            raise changed_meanwhile()
        currency = currency_of(record, record_type, call.actor)
        [values] = inputs.read(record_type, [given], call.actor, currencies=[currency])
        values = _with_links(record_type, record, values)
        with _both_values(record_type, currency, call):
            changed = guarded.change(record_type, pk, values, seen=seen, by=call.actor)
        [found] = outputs.written(outputs.shape(record_type, call.actor), [changed])
    return as_json(found, version=found["version"])


def delete(call: Call, name: str, pk: int) -> HttpResponseBase:
    """`DELETE /<type>/<id>`."""
    record_type = call.type(name, "delete")
    call.parameters()
    seen = seen_version(call.request)
    with transaction.atomic():
        _refuse_stale(rows.find(record_type, pk, call.actor, "delete"), seen)
        guarded.delete(record_type, [pk], by=call.actor)
    return HttpResponse(status=204)


def command(call: Call, name: str, pk: int, action: str) -> HttpResponseBase:
    """`POST /<type>/<id>/actions/<name>`: a named write with its arguments."""
    record_type = call.type(name, "write")
    call.parameters()
    if action not in record_type.commands:
        raise Http404
    given = call.mapping() if length_of(call.request) else {}
    seen = seen_version(call.request)

    def effect() -> HttpResponse:
        record = rows.find(record_type, pk, call.actor, "write")
        arguments = commands.read(record_type, action, given, call.actor)
        if commands.takes_version(record_type.commands[action]):
            arguments["seen"] = seen
        else:
            _refuse_stale(record, seen)
        currency = currency_of(record, record_type, call.actor)
        with _both_values(record_type, currency, call):
            guarded.command(record_type, action, pk, by=call.actor, **arguments)
        record.refresh_from_db()
        [found] = outputs.written(outputs.shape(record_type, call.actor), [record])
        return as_json(found, version=found["version"])

    return once(call, call.request.body, effect)


def _created(
    record_type: RecordType, objects: list[dict[str, Any]], call: Call, *, is_list: bool
) -> list[dict[str, Any]]:
    actor = call.actor
    currencies = inputs.currencies(record_type, objects, actor)
    values = inputs.read(
        record_type, objects, actor, currencies=currencies, is_list=is_list
    )
    made = guarded.create(
        record_type, [_with_links(record_type, None, one) for one in values], by=actor
    )
    found = outputs.written(outputs.shape(record_type, actor), made)
    for given, currency, one in zip(objects, currencies, found, strict=True):
        _refuse_other_currency(record_type, given, currency, one)
    return found


def _with_links(record_type: RecordType, record: Any, values: Values) -> Values:
    """Edits of many links worked out from what is linked now."""
    if record is not None and any(isinstance(one, LinkEdit) for one in values.values()):
        # Nobody else adds or removes links between reading and writing them.
        locked(record)
    found = dict(values)
    for name, edit in values.items():
        if isinstance(edit, LinkEdit):
            column = record_type.fields[name].column
            now = (
                []
                if record is None
                else list(getattr(record, column).values_list("pk", flat=True))
            )
            found[name] = edit.result(now)
    return found


def _refuse_other_currency(
    record_type: RecordType, given: dict[str, Any], currency: str, made: dict[str, Any]
) -> None:
    """An amount was read in one currency, but the record came to have another."""
    for name in given:
        stored = made.get(name)
        if record_type.fields[name].kind != Kind.MONEY or stored is None:
            continue
        if stored["currency"] != currency:
            message = _("The amount is in another currency.")
            raise unprocessable(message, {name: message})


def _refuse_stale(record: Any, seen: int | None) -> None:
    if seen is not None and seen != getattr(record, "version", 1):
        raise changed_meanwhile()


@contextmanager
def _both_values(record_type: RecordType, currency: str, call: Call) -> Iterator[None]:
    """A refusal because of somebody else's edit shows what both have typed."""
    try:
        yield
    except Conflict as conflict:
        fields = record_type.readable_fields(call.actor)
        both = {
            clash.field: {
                "yours": outputs.plain(fields[clash.field], clash.yours, currency),
                "theirs": outputs.plain(fields[clash.field], clash.theirs, currency),
            }
            for clash in conflict.clashes
            if clash.field in fields
        }
        raise changed_meanwhile(both) from conflict
