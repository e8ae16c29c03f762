"""Values of conditions: from JSON to typed, checked ones."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sarnakh.lib import text
from sarnakh.records.conditions import refusal, tokens
from sarnakh.records.conditions.language import (
    CONTAINS,
    HIERARCHY,
    LISTED,
    ORDER,
    PATTERN,
    PHONE,
    SEARCH,
)
from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.reader import ID, Reader
from sarnakh.records.conditions.tokens import YEARS, Token
from sarnakh.records.conditions.tree import Scalar
from sarnakh.records.kinds import Kind

MOST_VALUES = 1_000
LONGEST_NEEDLE = 500
BIGGEST = 2**63 - 1
NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
TYPED_AS_TEXT = CONTAINS | PATTERN | PHONE | SEARCH


class Misfit(Exception):
    """The value does not suit the field; the caller names the path."""


def typed(
    raw: Any, operator: str, place: Place, reader: Reader, path: str
) -> Scalar | tuple[Scalar, ...]:
    """The typed value of a triple; raises Invalid when it does not fit."""
    try:
        if isinstance(raw, (list, tuple)):
            return _list(raw, operator, place, reader)
        value = _single(raw, operator, place, reader)
    except Misfit as error:
        raise refusal.wrong_value(path) from error
    names_list = isinstance(value, Token) and value.family == "records"
    if operator in LISTED and not names_list:
        raise refusal.wrong_value(path)
    return value


def day(raw: str) -> date | None:
    """The day written as YYYY-MM-DD; None for anything else."""
    if not DAY.fullmatch(raw):
        return None
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def instant(raw: str) -> datetime | None:
    """The instant written in ISO form with its zone; None for anything else."""
    if len(raw) > 40 or not INSTANT.fullmatch(raw):
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def number(raw: Any) -> Decimal | None:
    """A JSON number, or a decimal in text without exponent; None for others."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if abs(raw) <= BIGGEST else None
    if isinstance(raw, float):
        raw = Decimal(repr(raw)) if math.isfinite(raw) else None
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() and abs(raw) < 10**18 else None
    if isinstance(raw, str) and len(raw) <= 40:
        written = text.letters(raw)
        return Decimal(written) if NUMBER.fullmatch(written) else None
    return None


def _list(
    raw: list[Any] | tuple[Any, ...], operator: str, place: Place, reader: Reader
) -> tuple[Scalar, ...]:
    if operator not in LISTED | HIERARCHY | {"=", "!="}:
        raise Misfit
    if len(raw) > MOST_VALUES:
        raise refusal.too_much("values", MOST_VALUES)
    found = tuple(_single(member, operator, place, reader) for member in raw)
    names = [isinstance(one, str) for one in found if one is not None]
    if place.field.kind.is_link and any(names) and not all(names):
        # Either all are names or all are ids: half and half is a mistake.
        raise Misfit
    return found


def _single(raw: Any, operator: str, place: Place, reader: Reader) -> Scalar:
    if isinstance(raw, str):
        _check_text(raw)
        if raw.startswith("@@"):
            raw = raw[1:]
        elif raw.startswith("@") and operator not in SEARCH | PHONE:
            # What is typed into the search box is never a token.
            return _token(raw, operator, place, reader)
    if raw is None or (raw is False and place.field.kind != Kind.BOOLEAN):
        _check_unset(operator)
        return None
    if operator in TYPED_AS_TEXT:
        return _text(raw)
    if operator in HIERARCHY:
        return _link(raw)
    if operator in ORDER and place.field.kind == Kind.PROPERTIES:
        return _ordered_property(raw)
    return _of_kind(raw, place)


def _check_unset(operator: str) -> None:
    """Nothing can be larger than nothing, nor look like it."""
    if operator in ORDER | PATTERN | PHONE | SEARCH:
        raise Misfit


def _of_kind(raw: Any, place: Place) -> Scalar:
    kind = place.field.kind
    if kind.is_text:
        return _text(raw)
    if kind.is_link:
        return _link(raw)
    if kind == Kind.CHOICE:
        return _choice(raw, place)
    if kind == Kind.BOOLEAN:
        return _given(raw if isinstance(raw, bool) else None)
    if kind == Kind.DATE:
        return _given(_day(raw))
    if kind == Kind.DATETIME:
        return _given(_day(raw) or _instant(raw))
    if kind == Kind.PROPERTIES:
        return raw if isinstance(raw, (bool, str)) else _given(number(raw))
    return _given(number(raw))


def _check_text(raw: str) -> None:
    if len(raw) > LONGEST_NEEDLE:
        raise refusal.too_much("text", LONGEST_NEEDLE)
    if "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        raise Misfit


def _token(raw: str, operator: str, place: Place, reader: Reader) -> Token:
    try:
        token = tokens.read(raw)
        if token.family in {"day", "instant"}:
            # Shifted out of every calendar is an error now, not on use.
            tokens.value(token, reader.actor, reader.now)
    except tokens.Unknown as error:
        raise Misfit from error
    kind = place.field.kind
    if token.family in {"day", "instant"}:
        fits = kind.is_time or kind == Kind.PROPERTIES
    else:
        holds_ids = kind.is_link or place.field is ID or kind == Kind.PROPERTIES
        fits = holds_ids and operator not in ORDER
    if not fits or operator in TYPED_AS_TEXT:
        raise Misfit
    return token


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Misfit
    return raw


def _link(raw: Any) -> int | str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= BIGGEST:
        return raw
    raise Misfit


def _choice(raw: Any, place: Place) -> str | int | None:
    if raw == "":
        return None
    for key, _label in place.field.choices:
        if raw == key and not isinstance(raw, bool):
            return key
    raise Misfit


def _ordered_property(raw: Any) -> Scalar:
    found = number(raw)
    return found if found is not None else _given(_day(raw) or _instant(raw))


def _day(raw: Any) -> date | None:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw if raw.year in YEARS else None
    return day(raw) if isinstance(raw, str) else None


def _instant(raw: Any) -> datetime | None:
    if isinstance(raw, datetime):
        return raw if raw.tzinfo and raw.year in YEARS else None
    return instant(raw) if isinstance(raw, str) else None


def _given(value: Scalar) -> Scalar:
    if value is None:
        raise Misfit
    return value
