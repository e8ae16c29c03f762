"""The words of the condition language and which field kinds they suit."""

from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.reader import ID, Reader
from sarnakh.records.kinds import Kind

OPPOSITES = {
    "!=": "=",
    "not in": "in",
    "not ilike": "ilike",
    "not like": "like",
    "not any": "any",
}
"""Operators that are the exact complement of another one."""

EQUALITY = frozenset({"=", "!=", "in", "not in", "=?"})
ORDER = frozenset({"<", "<=", ">", ">="})
CONTAINS = frozenset({"ilike", "not ilike", "like", "not like"})
PATTERN = frozenset({"=like", "=ilike"})
HIERARCHY = frozenset({"child_of", "parent_of"})
ANY = frozenset({"any", "not any"})
SEARCH = frozenset({"search"})
PHONE = frozenset({"phone"})
OPERATORS = EQUALITY | ORDER | CONTAINS | PATTERN | HIERARCHY | ANY | SEARCH | PHONE
LISTED = frozenset({"in", "not in"})
"""Operators whose value is a list."""


def suits(operator: str, place: Place, reader: Reader) -> bool:
    """Whether an operator means something for the field at a place."""
    if place.is_search:
        return operator in SEARCH
    kind = place.field.kind
    if operator in EQUALITY:
        return True
    if operator in ORDER:
        return kind.is_number or kind.is_time or kind == Kind.PROPERTIES
    if operator in CONTAINS | PATTERN:
        return kind.is_text or kind.is_link or kind == Kind.PROPERTIES
    if operator in HIERARCHY:
        return _is_hierarchical(place, reader)
    if operator in ANY:
        return kind.is_link and reader.target(place.field) is not None
    return operator in PHONE and kind.is_text


def _is_hierarchical(place: Place, reader: Reader) -> bool:
    if place.field is ID:
        return bool(place.record_type.parent)
    target = reader.target(place.field) if place.field.kind.is_link else None
    return target is not None and bool(target.parent)
