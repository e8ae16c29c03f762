"""Which added fields a record has."""

from typing import Any

from sarnakh.records.models import PropertyDefinition
from sarnakh.records.types.record_type import RecordType


def owner_of(record: Any, record_type: RecordType) -> tuple[str, int] | None:
    """Type and number of the record that defines this one's added fields."""
    if not record_type.properties_owner or record is None:
        return None
    field = record_type.fields[record_type.properties_owner]
    number = getattr(record, f"{field.column}_id")
    return (field.target, number) if number else None


def definitions(record: Any, record_type: RecordType) -> list[PropertyDefinition]:
    """The added fields of a record, in their order."""
    owner = owner_of(record, record_type)
    if owner is None:
        return []
    return list(
        PropertyDefinition.objects.filter(owner_type=owner[0], owner_id=owner[1])
    )


def on_cards(
    owner_type: str, owner_ids: set[int]
) -> dict[int, list[PropertyDefinition]]:
    """Added fields that cards show, by owner; one statement for a whole board."""
    found: dict[int, list[PropertyDefinition]] = {}
    for one in PropertyDefinition.objects.filter(
        owner_type=owner_type, owner_id__in=owner_ids, is_on_card=True
    ):
        found.setdefault(one.owner_id, []).append(one)
    return found
