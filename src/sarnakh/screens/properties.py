"""Added fields on forms and cards."""

import datetime as dt
from typing import Any

from django.http import QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.records.errors import InvalidValues
from sarnakh.records.kinds import Kind
from sarnakh.records.models import PropertyDefinition
from sarnakh.records.properties import queries
from sarnakh.records.types import Field, RecordType
from sarnakh.screens import typed
from sarnakh.screens.inputs import Input
from sarnakh.screens.shown import input_text, text_of

PREFIX = "properties."
KINDS = {"tags": Kind.TEXT, "separator": Kind.TEXT}


def field_of(definition: PropertyDefinition) -> Field:
    """The definition as a described field."""
    kind = KINDS.get(definition.kind) or Kind(definition.kind)
    return Field(
        name=f"{PREFIX}{definition.key}",
        kind=kind,
        label=definition.label,
        column="properties",
        choices=tuple((option, option) for option in definition.options)
        if kind == Kind.CHOICE
        else (),
        widget="separator" if definition.kind == "separator" else "",
    )


def inputs(
    record: Any,
    record_type: RecordType,
    actor: Actor,
    *,
    posted: QueryDict | None = None,
    errors: dict[str, str] | None = None,
    is_read_only: bool = False,
) -> list[Input]:
    """Inputs of a record's added fields."""
    found = []
    for definition in queries.definitions(record, record_type):
        field = field_of(definition)
        value = value_of(definition, record.properties.get(definition.key))
        one = Input(
            field=field,
            name=field.name,
            value=value,
            text=input_text(field, value, actor.profile, ""),
            errors=[errors[field.name]] if errors and field.name in errors else [],
            is_read_only=is_read_only,
            options=list(field.choices),  # type: ignore[arg-type]
        )
        if posted is not None and field.name in posted:
            one.text = str(posted[field.name])
            one.value = posted[field.name] if field.kind == Kind.CHOICE else value
        found.append(one)
    return found


def read(
    record: Any, record_type: RecordType, given: QueryDict, actor: Actor
) -> dict[str, Any] | None:
    """The properties as typed; None when the form had none."""
    found = dict(getattr(record, "properties", None) or {})
    errors: dict[str, str] = {}
    has_any = False
    for definition in queries.definitions(record, record_type):
        field = field_of(definition)
        if definition.kind == "separator":
            continue
        try:
            value = typed.read(field, field.name, given, actor, "")
        except ValueError as error:
            errors[field.name] = str(error)
            continue
        if value is typed.MISSING:
            continue
        has_any = True
        found[definition.key] = _plain(definition, value)
    if errors:
        raise InvalidValues(errors)
    return {k: v for k, v in found.items() if v is not None} if has_any else None


def shown(
    definition: PropertyDefinition, properties: dict[str, Any], actor: Actor
) -> str:
    """A value as its reader writes it."""
    value = value_of(definition, properties.get(definition.key))
    return text_of(field_of(definition), value, actor.profile, "")


def value_of(definition: PropertyDefinition, stored: Any) -> Any:
    """A stored JSON value as the kind says."""
    if stored is None:
        return None
    if definition.kind == "date":
        return dt.date.fromisoformat(stored)
    if definition.kind == "datetime":
        return dt.datetime.fromisoformat(stored)
    if definition.kind == "tags":
        return "، ".join(stored)
    return stored


def _plain(definition: PropertyDefinition, value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if definition.kind == "tags" and value is not None:
        parts = value.replace("،", ",").split(",")
        return [part.strip() for part in parts if part.strip()]
    return value
