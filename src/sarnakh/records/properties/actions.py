"""Adding, changing and removing added fields."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.models import PropertyDefinition
from sarnakh.records.types import all_types, by_name

Kind = PropertyDefinition.PropertyKind
NEEDS_OPTIONS = {Kind.CHOICE, Kind.TAGS}


@transaction.atomic
def define(
    owner_type: str,
    owner_id: int,
    *,
    label: str,
    kind: str,
    options: Sequence[str] = (),
    is_on_card: bool = False,
    by: Actor,
) -> PropertyDefinition:
    """Add a field to everything below an owner that the actor may write."""
    rows.find(by_name(owner_type), owner_id, by, "write")
    last = (
        PropertyDefinition.objects.filter(owner_type=owner_type, owner_id=owner_id)
        .order_by("-sequence")
        .first()
    )
    return PropertyDefinition.objects.create(
        owner_type=owner_type,
        owner_id=owner_id,
        key=secrets.token_hex(6),
        label=_label(label),
        kind=_kind(kind),
        options=_options(kind, options),
        is_on_card=is_on_card,
        sequence=(last.sequence if last else 0) + 10,
    )


@transaction.atomic
def redefine(
    definition: PropertyDefinition,
    *,
    label: str,
    options: Sequence[str] = (),
    is_on_card: bool = False,
    by: Actor,
) -> PropertyDefinition:
    """Change the words of a field; its key and kind stay, so values stay too."""
    rows.find(by_name(definition.owner_type), definition.owner_id, by, "write")
    definition.label = _label(label)
    definition.options = _options(definition.kind, options)
    definition.is_on_card = is_on_card
    definition.save(update_fields=["label", "options", "is_on_card"])
    return definition


@transaction.atomic
def remove(definition: PropertyDefinition, *, by: Actor) -> int:
    """Remove a field with its values everywhere; how many records had one."""
    rows.find(by_name(definition.owner_type), definition.owner_id, by, "write")
    touched = 0
    for record in _holding(definition):
        record.properties.pop(definition.key, None)
        record.save(update_fields=["properties"])
        touched += 1
    definition.delete()
    return touched


def _holding(definition: PropertyDefinition) -> list[Any]:
    """Records with a value under the key; rights play no part in tidying up."""
    found: list[Any] = []
    for record_type in all_types().values():
        owner = record_type.fields.get(record_type.properties_owner)
        if owner is not None and owner.target == definition.owner_type:
            found += list(
                record_type.model._default_manager.filter(
                    **{
                        owner.column: definition.owner_id,
                        "properties__has_key": definition.key,
                    }
                )
            )
    return found


def _label(label: str) -> str:
    if not label.strip():
        raise InvalidValues({"label": _("Give the property a label.")})
    return label.strip()[:100]


def _kind(kind: str) -> str:
    if kind not in Kind.values:
        raise InvalidValues({"kind": _("This is not one of the choices.")})
    return kind


def _options(kind: str, options: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(o.strip()[:100] for o in options if o.strip()))[:200]
    if kind in NEEDS_OPTIONS and not found:
        raise InvalidValues({"options": _("Write at least one option.")})
    return found
