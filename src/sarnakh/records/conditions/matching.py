"""The same questions asked of one record in memory."""

import operator
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from sarnakh.lib import text
from sarnakh.records.conditions import compiling, parsing, patterns, phones, places
from sarnakh.records.conditions import predicates as ask
from sarnakh.records.conditions.meaning import meaning
from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.predicates import Predicate
from sarnakh.records.conditions.property_values import holds, is_set, stored_form
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.conditions.tree import And, Not, Or, Test, Tree
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

COMPARE = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
FOLD = {"letters": text.letters, "search": text.searchable}


def holds_for(
    tree: Tree, record: Model, record_type: RecordType, reader: Reader
) -> bool:
    """Whether the record, as it stands in memory, meets the condition."""
    match tree:
        case Not(part):
            return not holds_for(part, record, record_type, reader)
        case And(parts):
            return all(holds_for(one, record, record_type, reader) for one in parts)
        case Or(parts):
            return any(holds_for(one, record, record_type, reader) for one in parts)
        case Test():
            place = places.resolve(tree.path, record_type, reader)
            asked = meaning(tree, place, reader)
            return any(
                _answer(asked, end, place, reader)
                for end in _ends(record, place.links, reader)
            )


def _ends(
    record: Model, links: Iterable[tuple[RecordType, Field, RecordType]], reader: Reader
) -> list[Model]:
    """The records that the links of a path lead to."""
    ends = [record]
    for _owner, link, target in links:
        ends = [found for end in ends for found in _linked(end, link, target, reader)]
    return ends


def _linked(
    record: Model, link: Field, target: RecordType, reader: Reader
) -> list[Model]:
    """Linked records that count: readable, and through many links not archived."""
    found = _value(record, link.column)
    if link.kind != Kind.LINKS:
        return [found] if found is not None and _may_see(found, target, reader) else []
    return [
        one
        for one in found.all()
        if (not target.active or getattr(one, target.active))
        and _may_see(one, target, reader)
    ]


def _may_see(record: Model, record_type: RecordType, reader: Reader) -> bool:
    restriction = reader.restriction(record_type)
    if not restriction:
        return restriction is not None
    trusted = reader.trusted()
    tree = parsing.parse(restriction, record_type, trusted)
    return holds_for(tree, record, record_type, trusted)


def _answer(asked: Predicate, record: Model, place: Place, reader: Reader) -> bool:
    match asked:
        case ask.Always():
            return True
        case ask.Never():
            return False
        case ask.Opposite(predicate):
            return not _answer(predicate, record, place, reader)
        case ask.AnyOf(several):
            return any(_answer(one, record, place, reader) for one in several)
        case ask.Linked(condition):
            target = reader.behind(place.field)
            return any(
                holds_for(condition, one, target, reader)
                for one in _linked(record, place.field, target, reader)
            )
        case ask.InFamily():
            members = compiling.family_members(asked, place, reader)
            return _answer(members, record, place, reader)
        case ask.PhoneHas():
            return _phone(asked, record, place)
    value = _value(record, place.field.column)
    if place.key:
        return _property(asked, (value or {}).get(place.key))
    if place.field.kind.is_link:
        return _link(asked, value)
    return _single(asked, value)


def _link(asked: Predicate, value: Any) -> bool:
    if value is None:
        ids: set[Any] = set()
    elif isinstance(value, Model):
        ids = {value.pk}
    else:
        # Also the archived ones: the stored relation itself is asked about.
        ids = set(value.all().values_list("pk", flat=True))
    return bool(ids & set(asked.values)) if isinstance(asked, ask.OneOf) else bool(ids)


def _single(asked: Predicate, value: Any) -> bool:
    if isinstance(asked, ask.IsSet):
        return value is not None and value is not False and value != ""
    if value is None:
        return False
    match asked:
        case ask.OneOf(values):
            return _plain(value) in [_plain(one) for one in values]
        case ask.Range(bounds):
            return all(
                COMPARE[bound](_plain(value), _plain(limit)) for bound, limit in bounds
            )
    return _text(asked, value)


def _text(asked: Predicate, value: str) -> bool:
    match asked:
        case ask.SameText(keys):
            return text.letters(value) in keys
        case ask.Contains(needle, level, compact):
            if needle in FOLD[level](value):
                return True
            return bool(compact) and compact in text.compact(value)
        case ask.FitsPattern(pattern, level):
            return patterns.fits(FOLD[level](value), pattern)
        case ask.InSearchColumn(needles):
            return any(needle in value for needle in needles)
    raise TypeError(asked)


def _property(asked: Predicate, value: Any) -> bool:
    match asked:
        case ask.IsSet():
            return is_set(value)
        case ask.OneOf(values):
            return holds(value, values)
        case ask.Range(bounds, "number"):
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return is_number and all(
                COMPARE[bound](value, stored_form(limit)) for bound, limit in bounds
            )
        case ask.Range(bounds, form):
            is_time = isinstance(value, str) and (
                len(value) == len("YYYY-MM-DD")
                if form == "day"
                else len(value) > len("YYYY-MM-DD")
            )
            return is_time and all(
                COMPARE[bound](value, stored_form(limit)) for bound, limit in bounds
            )
    return isinstance(value, str) and _text(asked, value)


def _phone(asked: ask.PhoneHas, record: Model, place: Place) -> bool:
    number = phones.bare(_value(record, place.field.column) or "")
    twin = phones.normal_column(type(record), place.field.column)
    normal = (getattr(record, twin) or "") if twin else ""
    return (
        any(number.startswith(start) for start in asked.starts)
        or bool(asked.part and (asked.part in number or asked.part in normal))
        or bool(asked.normal_start and normal.startswith(asked.normal_start))
    )


def _value(record: Model, column: str) -> Any:
    """The attribute behind a column, through links when there are any."""
    value: Any = record
    for name in column.split("__"):
        if value is None:
            return None
        value = getattr(value, name)
    return value


def _plain(value: Any) -> Any:
    """Numbers of every make compare as decimals; the rest as it is."""
    if isinstance(value, (bool, str, date, datetime)):
        return value
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
