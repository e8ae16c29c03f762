"""JSON Schemas of records, as they are read and as they are written."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.api.commands import Argument, arguments
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

Schema = dict[str, Any]

ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
TEXT_LIMITS = {Kind.TEXT: 500, Kind.LONG_TEXT: 100_000, Kind.RICH_TEXT: 1_000_000}
DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$"

SHARED: dict[str, Schema] = {
    "Error": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "fields": {"type": "object"},
                },
            }
        },
    },
    "Link": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": ID, "name": {"type": "string"}},
    },
    "LinkInput": {
        "anyOf": [
            ID,
            {"type": "object", "required": ["id"], "properties": {"id": ID}},
        ]
    },
    "LinksInput": {
        "anyOf": [
            {"type": "array", "items": {"$ref": "#/components/schemas/LinkInput"}},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {
                    word: {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/LinkInput"},
                    }
                    for word in ("set", "add", "remove")
                },
            },
        ]
    },
    "Money": {
        "type": "object",
        "required": ["amount", "currency"],
        "properties": {
            "amount": {"type": "string", "pattern": DECIMAL},
            "currency": {"type": "string", "minLength": 3, "maxLength": 3},
        },
    },
    "MoneyInput": {
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": DECIMAL},
            {
                "type": "object",
                "required": ["amount"],
                "properties": {
                    "amount": {
                        "anyOf": [
                            {"type": "number"},
                            {"type": "string", "pattern": DECIMAL},
                        ]
                    },
                    "currency": {"type": "string"},
                },
            },
        ]
    },
    "Entry": {
        "type": "object",
        "required": ["key", "kind", "at"],
        "properties": {
            "key": {"type": "string"},
            "id": {"type": ["integer", "null"]},
            "kind": {"enum": ["message", "note", "activity", "change"]},
            "at": {"type": "string", "format": "date-time"},
            "author": {
                "anyOf": [{"$ref": "#/components/schemas/Link"}, {"type": "null"}]
            },
            "heading": {"type": ["string", "null"]},
            "body": {"type": ["string", "null"]},
            "changes": {"type": "array", "items": {"type": "object"}},
            "files": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/File"},
            },
        },
    },
    "File": {
        "type": "object",
        "required": ["id", "name", "type", "size"],
        "properties": {
            "id": ID,
            "name": {"type": "string"},
            "type": {"type": "string"},
            "size": {"type": "integer"},
            "created_at": {"type": "string", "format": "date-time"},
        },
    },
}


def reference(name: str) -> Schema:
    """A pointer to a shared schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def component(record_type: RecordType) -> str:
    """What the schemas of a type are called: `LostReasons`."""
    return "".join(part.capitalize() for part in record_type.name.split("-"))


def of_type(record_type: RecordType, actor: Actor) -> dict[str, Schema]:
    """The schemas of a type for one actor: read, create, change."""
    fields = record_type.readable_fields(actor)
    writable = {name: one for name, one in fields.items() if one.editable}
    name = component(record_type)
    return {
        name: {
            "type": "object",
            "title": str(record_type.label),
            "required": ["id", "version"],
            "properties": {
                "id": ID,
                "version": {"type": "integer"},
                **{one.name: shown(one) for one in fields.values()},
            },
        },
        f"{name}Create": {
            **_writing(writable),
            "required": [one.name for one in writable.values() if one.required],
        },
        f"{name}Change": _writing(writable),
    }


def of_command(record_type: RecordType, name: str) -> Schema:
    """The schema of a command's arguments."""
    known = arguments(record_type, name)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one for one, found in known.items() if found.is_required],
        "properties": {one: _argument(found) for one, found in known.items()},
    }


def shown(field: Field) -> Schema:
    """A value as it comes out; null when it is not set."""
    found = _SHOWN.get(field.kind, {"type": "string"})
    if field.kind == Kind.DECIMAL and field.decimals is not None:
        # Exact decimals travel as text.
        found = {"type": "string", "pattern": DECIMAL}
    if field.kind == Kind.CHOICE:
        found = {"enum": [key for key, _label in field.choices if key != ""]}
    if field.kind not in {Kind.LINKS, Kind.BOOLEAN, Kind.PROPERTIES}:
        found = {"anyOf": [found, {"type": "null"}]}
    return _labelled(found, field)


def taken(field: Field) -> Schema:
    """A value as it is accepted; null removes it where it is not required."""
    found = _taken(field)
    if not field.required and field.kind != Kind.BOOLEAN:
        found = {"anyOf": [found, {"type": "null"}]}
    return _labelled(found, field)


def _taken(field: Field) -> Schema:
    match field.kind:
        case Kind.LINK:
            return reference("LinkInput")
        case Kind.LINKS:
            return reference("LinksInput")
        case Kind.MONEY:
            return reference("MoneyInput")
        case Kind.CHOICE:
            return {"enum": [key for key, _label in field.choices]}
        case Kind.DECIMAL:
            return {"anyOf": [{"type": "number"}, {"type": "string"}]}
    if limit := TEXT_LIMITS.get(field.kind):
        return {"type": "string", "maxLength": limit}
    return _SHOWN[field.kind]


def _argument(argument: Argument) -> Schema:
    found = _taken(argument.field)
    if argument.may_be_null:
        found = {"anyOf": [found, {"type": "null"}]}
    return _labelled(found, argument.field)


def _writing(writable: dict[str, Field]) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: taken(one) for name, one in writable.items()},
    }


def _labelled(schema: Schema, field: Field) -> Schema:
    found = {**schema, "title": str(field.label)}
    return {**found, "description": str(field.help)} if field.help else found


_SHOWN: dict[Kind, Schema] = {
    Kind.INTEGER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
    Kind.MONEY: reference("Money"),
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.LINK: reference("Link"),
    Kind.LINKS: {"type": "array", "items": reference("Link")},
    Kind.PROPERTIES: {"type": "object"},
}
