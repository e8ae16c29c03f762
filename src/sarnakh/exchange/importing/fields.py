"""Which fields of a type can be imported, and by which names a header may call them."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.mapping import DATABASE_ID, EXTERNAL_ID, FieldInfo
from sarnakh.exchange.traits import traits_of
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

IDENTITY = (EXTERNAL_ID, DATABASE_ID)


def importable(record_type: RecordType, actor: Actor) -> dict[str, Field]:
    """Fields that an import may write, by name.

    Links to records that the actor may not even see are left out.
    """
    also = traits_of(record_type).also
    return {
        name: field
        for name, field in record_type.readable_fields(actor).items()
        if (field.editable or name in also)
        and field.kind != Kind.PROPERTIES
        and field.widget != "password"
        and (not field.target or rows.may(by_name(field.target), actor, "read"))
    }


def field_infos(record_type: RecordType, actor: Actor) -> list[FieldInfo]:
    """The same for guessing: with their labels in every language of the product."""
    fields = importable(record_type, actor)
    labels: dict[str, dict[str, None]] = {name: {} for name in fields}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, field in fields.items():
                labels[name][str(field.label)] = None
    return [
        FieldInfo(name, field.kind, (*labels[name], *field.synonyms))
        for name, field in fields.items()
    ]


def place_of(path: str, fields: dict[str, Field]) -> tuple[Field | None, str] | None:
    """The field and the way of naming links (`""`, `id`, `.id`) of a path.

    The record's own `id` and `.id` have no field. None when the path leads nowhere.
    """
    if path in IDENTITY:
        return None, path
    name, slash, how = path.partition("/")
    field = fields.get(name)
    if field is None:
        return None
    if slash and not (field.kind.is_link and how in IDENTITY):
        return None
    return field, how


def choice_names(field: Field) -> dict[str | int, list[str]]:
    """The options of a choice with their labels in every language."""
    found: dict[str | int, list[str]] = {key: [] for key, _label in field.choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for key, label in field.choices:
                found[key].append(str(label))
    return found
