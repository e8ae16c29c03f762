"""Whether a small table of counts can answer for a condition."""

from collections.abc import Set as AbstractSet
from typing import Any

from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

SIMPLE = frozenset({"=", "!=", "in", "not in"})
# Text needs the search column and many links their own table.
COLUMN_ONLY = frozenset({Kind.LINK, Kind.CHOICE, Kind.BOOLEAN, Kind.DATE, Kind.INTEGER})


def fits(
    condition: list[Any], record_type: RecordType, available: AbstractSet[str]
) -> bool:
    """Whether every test is a plain equality on one of the available columns.

    The condition's `Q` then also holds on a model with columns of these names.
    """
    return all(
        isinstance(member, str) or _is_simple(member, record_type, available)
        for member in condition
    )


def _is_simple(
    member: Any, record_type: RecordType, available: AbstractSet[str]
) -> bool:
    if not isinstance(member, (list, tuple)) or len(member) != 3:
        return False
    path, operator, _value = member
    if path not in available or operator not in SIMPLE:
        return False
    field = record_type.field(path)
    return field is None or (field.column == path and field.kind in COLUMN_ONLY)
