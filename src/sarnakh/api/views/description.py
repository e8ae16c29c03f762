"""What the interface offers to this very caller."""

from typing import Any

from django.http import HttpResponseBase

from sarnakh.api import commands, openapi
from sarnakh.api.call import Call, as_json
from sarnakh.records import rows
from sarnakh.records.access import Verb
from sarnakh.records.types import Field, RecordType, all_types

VERBS: tuple[Verb, ...] = ("read", "write", "create", "delete")


def index(call: Call) -> HttpResponseBase:
    """`GET /`: the record types with what may be done to them."""
    call.parameters()
    user = call.actor.user
    return as_json(
        {
            "product": "sarnakh",
            "version": "v1",
            "user": {"id": call.actor.user_id, "name": str(user)},
            "companies": list(call.actor.company_ids),
            "types": [
                {
                    "name": one.name,
                    "label": str(one.label_plural),
                    "url": f"{call.request.path}{one.name}",
                    "allowed": _verbs(call, one),
                }
                for one in known_types(call)
            ],
            "openapi": f"{call.request.path}openapi.json",
        }
    )


def fields(call: Call, name: str) -> HttpResponseBase:
    """`GET /<type>/fields`: fields and commands of a type."""
    record_type = call.type(name)
    call.parameters()
    readable = record_type.readable_fields(call.actor)
    return as_json(
        {
            "name": record_type.name,
            "label": str(record_type.label),
            "label_plural": str(record_type.label_plural),
            "title": record_type.title,
            "allowed": _verbs(call, record_type),
            "fields": [_field(one) for one in readable.values()],
            "commands": [
                {"name": one, "arguments": _arguments(record_type, one)}
                for one in record_type.commands
            ],
        }
    )


def specification(call: Call) -> HttpResponseBase:
    """`GET /openapi.json`: the OpenAPI 3.1 document for this caller."""
    call.parameters()
    types = [(one, _verbs(call, one)) for one in known_types(call)]
    server = call.request.path.removesuffix("/openapi.json")
    return as_json(openapi.document(types, call.actor, server))


def known_types(call: Call) -> list[RecordType]:
    """The types that both the user and the key may read."""
    return [
        one
        for one in all_types().values()
        if call.caller.may_touch(one.name) and rows.may(one, call.actor, "read")
    ]


def _verbs(call: Call, record_type: RecordType) -> list[str]:
    may_write = call.caller.may_write
    return [
        verb
        for verb in VERBS
        if rows.may(record_type, call.actor, verb) and (may_write or verb == "read")
    ]


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "label": str(field.label),
        "kind": field.kind.value,
        "required": field.required,
        "editable": field.editable,
        "filterable": field.filterable,
        "sortable": field.is_sortable,
        "groupable": field.is_groupable,
    }
    if field.help:
        found["help"] = str(field.help)
    if field.choices:
        found["choices"] = [
            {"value": key, "label": str(label)} for key, label in field.choices
        ]
    if field.target:
        found["target"] = field.target
    return found


def _arguments(record_type: RecordType, name: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one,
            "kind": argument.field.kind.value,
            "required": argument.is_required,
            **({"target": argument.field.target} if argument.field.target else {}),
        }
        for one, argument in commands.arguments(record_type, name).items()
    ]
