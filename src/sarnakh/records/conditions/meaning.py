"""What a test means for one reader at one moment, as a predicate."""

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sarnakh.lib import phone, text
from sarnakh.lib.calendars.periods import Period, instants
from sarnakh.records.conditions import refusal, tokens, values
from sarnakh.records.conditions.language import OPPOSITES, ORDER
from sarnakh.records.conditions.patterns import pattern_of
from sarnakh.records.conditions.phones import phone_fragment
from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.predicates import (
    Always,
    AnyOf,
    Bound,
    Contains,
    FitsPattern,
    InFamily,
    InSearchColumn,
    IsSet,
    Linked,
    Never,
    OneOf,
    Opposite,
    Predicate,
    Range,
    SameText,
    Stored,
)
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.conditions.tokens import NoValue, Token, Unknown
from sarnakh.records.conditions.tree import And, Not, Or, Scalar, Test, Tree
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

BOUNDS: dict[str, Bound] = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
WHOLE_ONLY = {Kind.INTEGER, Kind.MONEY}
# From so many letters on a needle may be found with the spaces left out.
COMPACT_NEEDLE = 3


def meaning(test: Test, place: Place, reader: Reader) -> Predicate:
    """The predicate of a test on the field at its place.

    Raises Invalid for what only shows on use: too short a phone fragment, a
    token shifted out of every calendar.
    """
    if isinstance(test.value, (And, Or, Not, Test)):
        found: Predicate = Linked(test.value)
    else:
        try:
            known = _known(test.value, place, reader)
        except NoValue:
            # Even a negative triple matches nothing then.
            return Never()
        except Unknown as error:
            raise refusal.wrong_value(".".join(test.path)) from error
        found = _positive(
            OPPOSITES.get(test.operator, test.operator), known, place, reader
        )
    return Opposite(found) if test.operator in OPPOSITES else found


def _known(value: Any, place: Place, reader: Reader) -> Any:
    """The value with its tokens worked out; lists inside lists are spread."""
    if isinstance(value, Token):
        found = tokens.value(value, reader.actor, reader.now)
        if isinstance(found, datetime) and place.field.kind == Kind.DATE:
            return found.astimezone(reader.actor.profile.tz).date()
        return found
    if not isinstance(value, tuple):
        return value
    spread: list[Scalar] = []
    for member in value:
        known = _known(member, place, reader)
        spread += known if isinstance(known, tuple) else [known]
    return tuple(spread)


def _positive(operator: str, value: Any, place: Place, reader: Reader) -> Predicate:
    if operator == "=?":
        return Always() if value is None else _equal((value,), place, reader)
    if operator in {"=", "in"}:
        members = value if isinstance(value, tuple) else (value,)
        return _equal(members, place, reader)
    if operator in ORDER:
        return _ordered(operator, value, place, reader)
    if operator in {"child_of", "parent_of"}:
        return _family(value, upwards=operator == "parent_of")
    if operator == "search":
        return _searched(value)
    if operator == "phone":
        return phone_fragment(value, reader.actor.company.country)
    if place.field.kind.is_link:
        return _by_name(operator, value, place, reader)
    return _text_like(operator, value)


# --- equality --------------------------------------------------------------------


def _equal(members: Iterable[Any], place: Place, reader: Reader) -> Predicate:
    given = list(members)
    kind = place.field.kind
    if kind == Kind.BOOLEAN:
        wanted = {bool(member) for member in given}
        return _any([_yes_or_no(answer) for answer in sorted(wanted)])
    found = [member for member in given if not _is_unset(member, place)]
    parts: list[Predicate] = []
    if len(found) < len(given):
        parts.append(Opposite(IsSet()))
    if found:
        parts += _EQUAL[kind](found, place, reader)
    return _any(parts)


def _is_unset(member: Any, place: Place) -> bool:
    if place.field.kind == Kind.PROPERTIES and member is False:
        return True
    if member is None:
        return True
    return isinstance(member, str) and text.letters(member) == ""


def _yes_or_no(answer: bool) -> Predicate:
    return IsSet() if answer else Opposite(IsSet())


def _equal_text(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    keys = dict.fromkeys(text.letters(member) for member in found)
    return [SameText(tuple(keys))]


def _equal_link(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    names = tuple(member for member in found if isinstance(member, str))
    if names:
        return [_by_name("in", names, place, reader)]
    return [OneOf(tuple(found))]


def _equal_plain(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    return [OneOf(tuple(found))]


def _equal_number(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    scaled = [_scaled(member, place, reader) for member in found]
    if place.field.kind in WHOLE_ONLY:
        scaled = [one for one in scaled if _is_whole(one)]
    return [OneOf(tuple(_storable(one) for one in scaled))]


def _equal_instant(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    exact = [member for member in found if isinstance(member, datetime)]
    days = [member for member in found if not isinstance(member, datetime)]
    parts: list[Predicate] = [OneOf(tuple(exact))] if exact else []
    return parts + [_within_day(day, reader) for day in days]


def _equal_property(found: list[Any], place: Place, reader: Reader) -> list[Predicate]:
    parts: list[Predicate] = []
    for member in found:
        if isinstance(member, datetime):
            parts.append(Range((("gte", member), ("lte", member)), "instant"))
            continue
        day = member if isinstance(member, date) else None
        if isinstance(member, str):
            day = values.day(member)
            parts += [SameText((text.letters(member),)), OneOf((member,))]
        elif day is None:
            parts.append(OneOf((_storable(member),)))
        else:
            parts.append(Range((("gte", day), ("lte", day)), "day"))
        if day is not None:
            parts.append(_within_day(day, reader, of="instant"))
    return parts


_EQUAL: dict[Kind, Callable[[list[Any], Place, Reader], list[Predicate]]] = {
    Kind.TEXT: _equal_text,
    Kind.LONG_TEXT: _equal_text,
    Kind.RICH_TEXT: _equal_text,
    Kind.INTEGER: _equal_number,
    Kind.DECIMAL: _equal_number,
    Kind.MONEY: _equal_number,
    Kind.DATE: _equal_plain,
    Kind.DATETIME: _equal_instant,
    Kind.CHOICE: _equal_plain,
    Kind.LINK: _equal_link,
    Kind.LINKS: _equal_link,
    Kind.PROPERTIES: _equal_property,
}


# --- order -----------------------------------------------------------------------


def _ordered(operator: str, value: Any, place: Place, reader: Reader) -> Predicate:
    kind = place.field.kind
    if kind.is_number:
        number = _scaled(value, place, reader)
        if kind in WHOLE_ONLY:
            # The first whole number that the comparison lets in or keeps out.
            number = (
                math.ceil(number) if operator in {"<", ">="} else math.floor(number)
            )
        return Range(((BOUNDS[operator], _storable(number)),))
    if kind == Kind.PROPERTIES:
        return _ordered_property(operator, value, reader)
    if kind == Kind.DATETIME and not isinstance(value, datetime):
        return Range((_beside_day(operator, value, reader),))
    return Range(((BOUNDS[operator], value),))


def _ordered_property(operator: str, value: Any, reader: Reader) -> Predicate:
    bound = BOUNDS[operator]
    if isinstance(value, datetime):
        return Range(((bound, value),), "instant")
    if isinstance(value, date):
        return AnyOf(
            (
                Range(((bound, value),), "day"),
                Range((_beside_day(operator, value, reader),), "instant"),
            )
        )
    return Range(((bound, _storable(value)),), "number")


def _within_day(day: date, reader: Reader, of: Any = "") -> Predicate:
    start, end = instants(Period(day, day), reader.actor.profile.tz)
    return Range((("gte", start), ("lt", end)), of)


def _beside_day(operator: str, day: date, reader: Reader) -> tuple[Bound, Stored]:
    """Before, up to the end of, after or from the start of a local day."""
    start, end = instants(Period(day, day), reader.actor.profile.tz)
    return {
        "<": ("lt", start),
        "<=": ("lt", end),
        ">": ("gte", end),
        ">=": ("gte", start),
    }[operator]  # type: ignore[return-value]


def _scaled(number: Decimal | int, place: Place, reader: Reader) -> Any:
    number = Decimal(number)
    return reader.minor_units(number) if place.field.kind == Kind.MONEY else number


def _is_whole(number: Decimal) -> bool:
    return number == int(number) and abs(number) <= values.BIGGEST


def _storable(number: Any) -> Stored:
    """A number as both databases compare it without rounding surprises."""
    if isinstance(number, Decimal) and number == int(number):
        number = int(number)
    if isinstance(number, int) and abs(number) > values.BIGGEST:
        # Beyond every stored number; the largest one compares the same way.
        return values.BIGGEST if number > 0 else -values.BIGGEST
    return cast("Stored", number)


# --- text ------------------------------------------------------------------------


def _text_like(operator: str, value: str | None) -> Predicate:
    needle = value or ""
    if operator == "ilike":
        plain = text.searchable(needle)
        compact = text.compact(needle)
        long_enough = len(compact) >= COMPACT_NEEDLE
        if not plain:
            return IsSet()
        return Contains(plain, "search", compact if long_enough else "")
    if operator == "like":
        plain = text.letters(needle)
        return Contains(plain, "letters") if plain else IsSet()
    if operator == "=ilike":
        return FitsPattern(pattern_of(needle, text.searchable), "search")
    return FitsPattern(pattern_of(needle, text.letters), "letters")


def _searched(value: str) -> Predicate:
    """One or two letters find words that start with them, more are found anywhere."""
    plain = text.searchable(value)
    if not plain:
        return Always()
    if len(plain) < COMPACT_NEEDLE:
        return InSearchColumn((f" {plain}",))
    compact = text.compact(value)
    needles = [plain] + ([compact] if len(compact) >= COMPACT_NEEDLE else [])
    if phone.is_fragment(value):
        # Numbers stand in the column as bare digits.
        needles.append(phone.digits_key(value))
    return InSearchColumn(tuple(dict.fromkeys(needles)))


def _by_name(operator: str, value: Any, place: Place, reader: Reader) -> Predicate:
    """Text on a link looks for it in the names of the linked records."""
    if not value:
        return IsSet()
    target = reader.behind(place.field)
    tests: list[Tree] = [
        Test((name,), operator, value) for name in name_fields(target, reader)
    ]
    if not tests:
        raise refusal.wrong_value(place.field.name)
    return Linked(tests[0] if len(tests) == 1 else Or(tuple(tests)))


def name_fields(record_type: RecordType, reader: Reader) -> list[str]:
    """The readable fields that show what a record is called.

    A record may be called after another one: then its title is a link.
    """
    title = reader.field(record_type, record_type.title)
    if title is not None and (title.kind.is_text or title.kind == Kind.LINK):
        return [record_type.title]
    searched = [name for search in record_type.search[:1] for name in search.fields]
    return [
        name
        for name in searched
        if (field := reader.field(record_type, name)) and field.kind.is_text
    ]


# --- hierarchies -----------------------------------------------------------------


def _family(value: Any, *, upwards: bool) -> Predicate:
    members = value if isinstance(value, tuple) else (value,)
    roots = tuple(member for member in members if member is not None)
    return InFamily(roots, upwards) if roots else Never()


def _any(parts: list[Predicate]) -> Predicate:
    if not parts:
        return Never()
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
