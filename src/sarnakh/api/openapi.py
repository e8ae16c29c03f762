"""The OpenAPI 3.1 document, made for one caller's rights.

Types, fields and verbs that the caller does not have are not in it, so a program
built from the document never asks for what it would be refused.
"""

from collections.abc import Sequence
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.api import schemas
from sarnakh.api.schemas import Schema, component, reference
from sarnakh.records.types import RecordType

ERRORS = {
    "400": "The request cannot be understood",
    "401": "No valid key",
    "403": "Not allowed",
    "404": "Missing or out of reach",
    "409": "Changed by somebody else meanwhile",
    "422": "Values that do not fit",
    "429": "Too many requests",
}
READING = ("400", "401", "403", "404", "429")
WRITING = tuple(ERRORS)

Offer = tuple[RecordType, Sequence[str]]


def document(types: Sequence[Offer], actor: Actor, server: str) -> dict[str, Any]:
    """The document for types with their allowed verbs; `server` is our address."""
    found = dict(schemas.SHARED)
    paths: dict[str, Any] = {}
    can_plan = any(one.name == "activities" and "create" in v for one, v in types)
    for record_type, verbs in types:
        found.update(schemas.of_type(record_type, actor))
        paths.update(_of_type(record_type, verbs))
        if record_type.has_discussion:
            paths.update(_of_conversation(record_type, "write" in verbs))
        if record_type.has_activities and any(o.name == "activities" for o, _ in types):
            paths.update(_of_activities(record_type, can_plan and "write" in verbs))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sarnakh", "version": "1"},
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": found,
            "responses": {
                f"E{status}": {"description": text, **_json(reference("Error"))}
                for status, text in ERRORS.items()
            },
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _of_type(record_type: RecordType, verbs: Sequence[str]) -> dict[str, Any]:
    base, name = f"/{record_type.name}", component(record_type)
    collection: dict[str, Any] = {
        "get": _operation(f"list{name}", _page(name), READING, [*_LIST, _FIELDS])
    }
    if "create" in verbs:
        one, many = reference(name), _items(name)
        sent = reference(f"{name}Create")
        collection["post"] = {
            **_operation(
                f"create{name}", {"anyOf": [one, many]}, WRITING, [_IDEMPOTENCY], "201"
            ),
            "requestBody": _body(
                {"anyOf": [sent, {"type": "array", "maxItems": 100, "items": sent}]}
            ),
        }
    record: dict[str, Any] = {
        "parameters": [_ID],
        "get": _operation(f"read{name}", reference(name), READING, [_FIELDS]),
    }
    if "write" in verbs:
        record["patch"] = {
            **_operation(f"change{name}", reference(name), WRITING, [_IF_MATCH]),
            "requestBody": _body(reference(f"{name}Change")),
        }
    if "delete" in verbs:
        record["delete"] = _operation(f"delete{name}", None, WRITING, [_IF_MATCH])
    paths = {
        base: collection,
        f"{base}/fields": {
            "get": _operation(f"fieldsOf{name}", {"type": "object"}, READING)
        },
        f"{base}/groups": {
            "get": _operation(f"group{name}", _GROUPS_ANSWER, READING, _GROUPS)
        },
        f"{base}/{{id}}": record,
    }
    if "write" in verbs:
        for command in record_type.commands:
            paths[f"{base}/{{id}}/actions/{command}"] = _command(record_type, command)
    return paths


def _command(record_type: RecordType, command: str) -> dict[str, Any]:
    name = component(record_type)
    words = "".join(part.capitalize() for part in command.split("-"))
    return {
        "parameters": [_ID],
        "post": {
            **_operation(
                f"do{words}Of{name}",
                reference(name),
                WRITING,
                [_IF_MATCH, _IDEMPOTENCY],
            ),
            "requestBody": {
                **_body(schemas.of_command(record_type, command)),
                "required": False,
            },
        },
    }


def _of_conversation(record_type: RecordType, may_write: bool) -> dict[str, Any]:
    base, name = f"/{record_type.name}/{{id}}", component(record_type)
    entries = {
        **_items("Entry"),
        "properties": {
            **_items("Entry")["properties"],
            "before": {"type": ["string", "null"]},
        },
    }
    messages: dict[str, Any] = {
        "parameters": [_ID],
        "get": _operation(
            f"messagesOf{name}",
            entries,
            READING,
            [_query("limit", {"type": "integer"}), _query("before")],
        ),
    }
    files: dict[str, Any] = {
        "parameters": [_ID],
        "get": _operation(f"filesOf{name}", _items("File"), READING),
    }
    file: dict[str, Any] = {
        "parameters": [_ID, _path("file")],
        "get": {
            **_operation(f"downloadFileOf{name}", None, READING),
            "responses": {**_responses(None, READING), "200": _BYTES},
        },
    }
    del file["get"]["responses"]["204"]
    if may_write:
        messages["post"] = {
            **_operation(
                f"postMessageOn{name}",
                reference("Entry"),
                WRITING,
                [_IDEMPOTENCY],
                "201",
            ),
            "requestBody": _body(_MESSAGE),
        }
        files["post"] = {
            **_operation(
                f"uploadFileTo{name}", _items("File"), WRITING, [_IDEMPOTENCY], "201"
            ),
            "requestBody": {
                "required": True,
                "content": {"multipart/form-data": {"schema": _UPLOAD}},
            },
        }
        file["delete"] = _operation(f"removeFileOf{name}", None, WRITING)
    return {
        f"{base}/messages": messages,
        f"{base}/files": files,
        f"{base}/files/{{file}}": file,
    }


def _of_activities(record_type: RecordType, may_plan: bool) -> dict[str, Any]:
    name = component(record_type)
    activities: dict[str, Any] = {
        "parameters": [_ID],
        "get": _operation(
            f"activitiesOf{name}", _page("Activities"), READING, [*_LIST, _FIELDS]
        ),
    }
    if may_plan:
        activities["post"] = {
            **_operation(
                f"planActivityOn{name}",
                reference("Activities"),
                WRITING,
                [_IDEMPOTENCY],
                "201",
            ),
            "requestBody": _body(reference("ActivitiesChange")),
        }
    return {f"/{record_type.name}/{{id}}/activities": activities}


def _operation(
    operation: str,
    answer: Schema | None,
    errors: Sequence[str],
    parameters: Sequence[Schema] = (),
    status: str = "200",
) -> dict[str, Any]:
    return {
        "operationId": operation,
        "parameters": list(parameters),
        "responses": _responses(answer, errors, status),
    }


def _responses(
    answer: Schema | None, errors: Sequence[str], status: str = "200"
) -> dict[str, Any]:
    """The good answer, without a body when there is no schema, and the others."""
    good = (
        {"204": {"description": "Done"}}
        if answer is None
        else {status: {"description": "Done", **_json(answer)}}
    )
    bad = {one: {"$ref": f"#/components/responses/E{one}"} for one in errors}
    return {**good, **bad}


def _json(schema: Schema) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _body(schema: Schema) -> dict[str, Any]:
    return {"required": True, **_json(schema)}


def _items(name: str) -> Schema:
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": reference(name)}},
    }


def _page(name: str) -> Schema:
    found = _items(name)
    return {
        **found,
        "properties": {
            **found["properties"],
            "limit": {"type": "integer"},
            "offset": {"type": "integer"},
            "total": {"type": "integer"},
            "cursor": {"type": ["string", "null"]},
        },
    }


def _query(name: str, schema: Schema | None = None, text: str = "") -> Schema:
    found = {"name": name, "in": "query", "schema": schema or {"type": "string"}}
    return {**found, "description": text} if text else found


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schemas.ID}


def _header(name: str, text: str) -> Schema:
    return {
        "name": name,
        "in": "header",
        "description": text,
        "schema": {"type": "string"},
    }


_ID = _path("id")
_FIELDS = _query("fields", text="Names between commas; all when missing")
_DOMAIN = _query("domain", text='A condition as JSON, e.g. [["active", "=", true]]')
_IF_MATCH = _header("If-Match", "The version that was read")
_IDEMPOTENCY = _header("Idempotency-Key", "The same request twice has one effect")
_LIST = (
    _DOMAIN,
    _query("order", text="Names between commas, descending after a minus"),
    _query("limit", {"type": "integer", "minimum": 1, "maximum": 500}),
    _query("offset", {"type": "integer", "minimum": 0, "maximum": 100_000}),
    _query("total", {"type": "boolean"}),
    _query("cursor", text="Empty to begin, then the cursor of the last answer"),
)
_GROUPS = (
    {**_query("by", text="E.g. stage,created_at:month"), "required": True},
    _query("measures", text="E.g. expected_revenue:sum"),
    _DOMAIN,
    _query("calendar", {"enum": ["jalali", "gregorian", "hijri"]}),
)
_GROUPS_ANSWER: Schema = {
    "type": "object",
    "required": ["groups"],
    "properties": {
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["by", "count", "measures", "domain"],
                "properties": {
                    "by": {"type": "object"},
                    "count": {"type": "integer"},
                    "measures": {"type": "object"},
                    "domain": {"type": "array"},
                },
            },
        }
    },
}
_MESSAGE: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["body"],
    "properties": {
        "kind": {"enum": ["message", "note"], "default": "note"},
        "body": {"type": "string", "description": "HTML; cleaned on its way in"},
        "mentions": {"type": "array", "items": schemas.ID, "maxItems": 100},
    },
}
_UPLOAD: Schema = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "array",
            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
        }
    },
}
_BYTES = {
    "description": "The bytes",
    "content": {"application/octet-stream": {"schema": {}}},
}
