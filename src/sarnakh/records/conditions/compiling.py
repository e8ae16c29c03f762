"""From a checked tree to a `Q` for both databases.

Negation is pushed down to the single questions, where NULL is dealt with: SQL
calls `NULL < 5` neither true nor false, but a record either matches or not.
"""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Length, StrIndex
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from sarnakh.lib import text
from sarnakh.records import database
from sarnakh.records.conditions import hierarchy, parsing, phones, places
from sarnakh.records.conditions import predicates as ask
from sarnakh.records.conditions.meaning import meaning, name_fields
from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.predicates import Predicate, Stored
from sarnakh.records.conditions.property_values import (
    DAY_LENGTH,
    PropertyHolds,
    PropertyIsSet,
    PropertyNumber,
    PropertyText,
    stored_form,
)
from sarnakh.records.conditions.reader import ID, Reader, rows_of
from sarnakh.records.conditions.relations import related
from sarnakh.records.conditions.tree import And, Not, Or, Test, Tree
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING
COMPARE = {
    "lt": LessThan,
    "lte": LessThanOrEqual,
    "gt": GreaterThan,
    "gte": GreaterThanOrEqual,
}
FOLD = {"letters": database.Letters, "search": database.Searchable}
# Shorter needles have no trigram, so the index could not help.
SHORTEST_INDEXED = 3
MOST_INDEXED = 5


def compiled(tree: Tree, record_type: RecordType, reader: Reader) -> Q:
    """The rows of the type that match, as a `Q` on its model."""
    if tree == And():
        return Q()
    return _tree(tree, record_type, reader, negated=False)


def visible_rows(record_type: RecordType, reader: Reader) -> "QuerySet[Any]":
    """Rows of a linked type that the reader may know of."""
    rows = rows_of(record_type.model)
    restriction = reader.restriction(record_type)
    if restriction is None:
        return rows.none()
    if restriction:
        trusted = reader.trusted()
        tree = parsing.parse(restriction, record_type, trusted)
        rows = rows.filter(compiled(tree, record_type, trusted))
    return rows


def linked_rows(link: Field, target: RecordType, reader: Reader) -> "QuerySet[Any]":
    """Rows reached through a link: many links pass over archived records."""
    rows = visible_rows(target, reader)
    if link.kind == Kind.LINKS and target.active:
        rows = rows.filter(**{target.active: True})
    return rows


def _tree(tree: Tree, record_type: RecordType, reader: Reader, *, negated: bool) -> Q:
    match tree:
        case Not(part):
            return _tree(part, record_type, reader, negated=not negated)
        case And(parts) | Or(parts):
            found = [
                _tree(part, record_type, reader, negated=negated) for part in parts
            ]
            both = isinstance(tree, And) != negated
            return _all(found) if both else _some(found)
        case Test():
            return _test(tree, record_type, reader, negated=negated)


def _test(test: Test, record_type: RecordType, reader: Reader, *, negated: bool) -> Q:
    place = places.resolve(test.path, record_type, reader)
    asked = meaning(test, place, reader)
    if not place.links:
        return _predicate(asked, place, reader, negated=negated)
    # Inside out: the last field's question first, then link after link.
    inner = _predicate(asked, place, reader, negated=False)
    for number, (owner, link, target) in reversed(list(enumerate(place.links))):
        rows = linked_rows(link, target, reader).filter(inner)
        inner = _through(owner, link, rows, negated=negated and number == 0)
    return inner


def _predicate(asked: Predicate, place: Place, reader: Reader, *, negated: bool) -> Q:
    match asked:
        case ask.Opposite(predicate):
            return _predicate(predicate, place, reader, negated=not negated)
        case ask.AnyOf(several):
            parts = [_predicate(one, place, reader, negated=negated) for one in several]
            return _all(parts) if negated else _some(parts)
        case ask.Always():
            return NOTHING if negated else EVERYTHING
        case ask.Never():
            return EVERYTHING if negated else NOTHING
        case ask.IsSet():
            return _is_set(place, negated=negated)
        case ask.Linked(condition):
            target = reader.behind(place.field)
            rows = linked_rows(place.field, target, reader)
            rows = rows.filter(compiled(condition, target, reader))
            return _through(place.record_type, place.field, rows, negated=negated)
        case ask.InFamily():
            return _predicate(
                family_members(asked, place, reader), place, reader, negated=negated
            )
        case ask.OneOf(values) if place.field.kind == Kind.LINKS:
            found = Q(related(place.record_type, place.field, values))
            return ~found if negated else found
        case ask.OneOf(values) if place.key:
            found = Q(PropertyHolds(F(place.field.column), place.key, values))
            return ~found if negated else found
    found = _question(asked, place)
    if isinstance(asked, ask.OneOf) or (isinstance(asked, ask.Range) and not place.key):
        # Django itself adds IS NOT NULL when it negates a plain lookup.
        return ~found if negated else found
    return ~(_present(asked, place) & found) if negated else found


def family_members(asked: ask.InFamily, place: Place, reader: Reader) -> Predicate:
    """The ids of a family, looked up now."""
    target = place.record_type
    if place.field is not ID:
        target = reader.behind(place.field)
    rows = visible_rows(target, reader)
    if all(isinstance(root, int) for root in asked.roots):
        roots = rows.filter(pk__in=asked.roots)
    else:
        roots = rows.filter(
            _some(
                [
                    _test(
                        Test((name,), "in", asked.roots), target, reader, negated=False
                    )
                    for name in name_fields(target, reader)
                ]
            )
        )
    ids = hierarchy.family(roots, rows, hierarchy.column(target), asked.upwards)
    return ask.OneOf(tuple(ids)) if ids else ask.Never()


# --- single questions --------------------------------------------------------------


def _question(asked: Predicate, place: Place) -> Q:
    """A question whose answer may be NULL where the column is."""
    column = place.field.column
    match asked:
        case ask.OneOf((value,)):
            return _equal(column, _stored(value, place))
        case ask.OneOf(values):
            return Q(**{f"{column}__in": [_stored(value, place) for value in values]})
        case ask.SameText(keys):
            found = Q(In(database.Letters(_text(place)), list(keys)))
            return _prefilter(place, [text.searchable(key) for key in keys]) & found
        case ask.Range(bounds):
            return _all([_bound(asked, place, *bound) for bound in bounds])
        case ask.Contains(needle, level, compact):
            return _contains(place, needle, level, compact)
        case ask.FitsPattern(pattern, level):
            return Q(database.FitsPattern(FOLD[level](_text(place)), pattern))
        case ask.InSearchColumn(needles):
            return _some([_indexed(place.record_type, one) for one in needles])
        case ask.PhoneHas():
            return _phone(asked, place)
    raise TypeError(asked)


def _present(asked: Predicate, place: Place) -> Q:
    """That the question has an answer at all, for use under a negation."""
    if isinstance(asked, ask.PhoneHas):
        return EVERYTHING
    if place.key:
        return Q(IsNull(_compared(asked, place), False))
    if _is_nullable(place):
        return Q(**{f"{place.field.column}__isnull": False})
    return EVERYTHING


def _is_set(place: Place, *, negated: bool) -> Q:
    column = place.field.column
    kind = place.field.kind
    if place.key:
        found = Q(PropertyIsSet(F(column), place.key))
        return ~found if negated else found
    if kind == Kind.LINKS:
        found = Q(related(place.record_type, place.field, None))
        return ~found if negated else found
    if kind == Kind.BOOLEAN:
        unset = _equal(column, False)
        found = _equal(column, True)
    elif kind.is_text or (kind == Kind.CHOICE and _holds_text(place)):
        unset = Q(**{column: ""})
        # Larger than empty is neither empty nor NULL.
        found = Q(**{f"{column}__gt": ""})
    else:
        unset = NOTHING
        found = Q(**{f"{column}__isnull": False})
    if not negated:
        return found
    return unset | Q(**{f"{column}__isnull": True}) if _is_nullable(place) else unset


def _equal(column: str, value: Any) -> Q:
    """Equality in a form that both databases look up in an index.

    Django writes a bare `active` for true, which SQLite does not find there.
    """
    if isinstance(value, bool):
        return Q(**{f"{column}__in": [value]})
    return Q(**{column: value})


def _contains(place: Place, needle: str, level: ask.Level, compact: str) -> Q:
    subject = _text(place)
    found = _has(FOLD[level](subject), needle)
    if level == "letters":
        return _prefilter(place, [text.searchable(needle)]) & found
    # Only a space between two Arabic letters is ever left out.
    if compact and not compact.isascii():
        found |= _has(database.Compact(subject), compact)
        return _prefilter(place, [needle, compact]) & found
    return _prefilter(place, [needle]) & found


def _prefilter(place: Place, needles: list[str]) -> Q:
    """What the indexed search column says beforehand about a text field.

    It contains the search form and the compact form of each searchable field,
    so it lets everything pass that can match.
    """
    record_type = place.record_type
    helps = (
        record_type.search_column
        and len(needles) <= MOST_INDEXED
        and place.field.name in record_type.searchable
        and all(len(needle) >= SHORTEST_INDEXED for needle in needles)
    )
    if not helps:
        return Q()
    return _some([_indexed(record_type, needle) for needle in dict.fromkeys(needles)])


def _indexed(record_type: RecordType, needle: str) -> Q:
    """What holds a needle in its search column."""
    return Q(
        database.HasText(
            F("pk"), F(record_type.search_column), needle, record_type.search_index
        )
    )


def _bound(asked: ask.Range, place: Place, bound: ask.Bound, value: Stored) -> Q:
    if not place.key:
        return Q(**{f"{place.field.column}__{bound}": _stored(value, place)})
    compared = _compared(asked, place)
    if asked.of == "number":
        return Q(COMPARE[bound](compared, float(value)))  # type: ignore[arg-type]
    length = Exact if asked.of == "day" else GreaterThan
    return Q(COMPARE[bound](compared, stored_form(value))) & Q(
        length(Length(compared), DAY_LENGTH)
    )


def _phone(asked: ask.PhoneHas, place: Place) -> Q:
    # Never NULL: the number may stand in one column and be missing in the other.
    subject = phones.bare_column(_or_empty(place.field.column))
    parts = [Q(Exact(StrIndex(subject, Value(one)), 1)) for one in asked.starts]
    if asked.part:
        parts.append(_has(subject, asked.part))
    normal = phones.normal_column(place.record_type.model, place.field.column)
    if normal:
        twin = _or_empty(normal)
        if asked.part:
            parts.append(_has(twin, asked.part))
        if asked.normal_start:
            parts.append(Q(Exact(StrIndex(twin, Value(asked.normal_start)), 1)))
    return _some(parts)


def _or_empty(column: str) -> Any:
    return Coalesce(F(column), Value(""))


def _has(subject: Any, needle: str) -> Q:
    return Q(GreaterThan(StrIndex(subject, Value(needle)), 0))


def _text(place: Place) -> Any:
    column = F(place.field.column)
    return PropertyText(column, place.key) if place.key else column


def _compared(asked: Predicate, place: Place) -> Any:
    if isinstance(asked, ask.Range) and asked.of == "number":
        return PropertyNumber(F(place.field.column), place.key)
    return _text(place)


def _stored(value: Stored, place: Place) -> Any:
    """The value as its column compares it, without loss of decimals."""
    source = _source(place)
    if isinstance(source, models.FloatField):
        return float(value)  # type: ignore[arg-type]
    if isinstance(source, models.DecimalField):
        wide = models.DecimalField(max_digits=40, decimal_places=10)
        return Value(value, output_field=wide)
    if isinstance(source, models.IntegerField) and type(value) is int:
        # Django's shortcut for numbers beyond a small column forgets about NULL.
        return Value(value, output_field=models.BigIntegerField())
    return value


# --- links -------------------------------------------------------------------------


def _through(
    owner: RecordType, link: Field, rows: "QuerySet[Any]", *, negated: bool
) -> Q:
    if link.kind == Kind.LINKS:
        found = Q(related(owner, link, rows))
    else:
        found = Q(**{f"{link.column}__in": rows.values("pk")})
    # Without a link there is no linked record: Django adds IS NOT NULL itself.
    return ~found if negated else found


# --- columns -----------------------------------------------------------------------


def _source(place: Place) -> Any:
    try:
        return place.record_type.model._meta.get_field(place.field.column)
    except FieldDoesNotExist:
        return None


def _is_nullable(place: Place) -> bool:
    if place.field is ID:
        return False
    source = _source(place)
    return source is None or source.null


def _holds_text(place: Place) -> bool:
    return any(isinstance(key, str) for key, _label in place.field.choices)


# --- boolean algebra -----------------------------------------------------------------


def _all(parts: list[Q]) -> Q:
    """All of them; the algebra leaves no empty `Q` inside an "or"."""
    return reduce(and_, parts, Q()) if parts else EVERYTHING


def _some(parts: list[Q]) -> Q:
    return reduce(or_, parts) if parts else NOTHING
