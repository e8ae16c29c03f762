"""A condition read aloud: labels, names, dates of the reader's calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sarnakh.lib import text
from sarnakh.lib.digits import localize
from sarnakh.lib.money import format_money, to_minor
from sarnakh.lib.numbers import NumberError, format_number
from sarnakh.records.conditions import compiling, places
from sarnakh.records.conditions.places import Place
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.conditions.tokens import Token
from sarnakh.records.conditions.tree import And, Not, Or, Test, Tree, Value
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

PHRASES = {
    "=": gettext_lazy("%(field)s is %(value)s"),
    "!=": gettext_lazy("%(field)s is not %(value)s"),
    "in": gettext_lazy("%(field)s is %(value)s"),
    "not in": gettext_lazy("%(field)s is not %(value)s"),
    "=?": gettext_lazy("%(field)s is %(value)s, if given"),
    "<": gettext_lazy("%(field)s < %(value)s"),
    "<=": gettext_lazy("%(field)s ≤ %(value)s"),
    ">": gettext_lazy("%(field)s > %(value)s"),
    ">=": gettext_lazy("%(field)s ≥ %(value)s"),
    "ilike": gettext_lazy("%(field)s contains %(value)s"),
    "not ilike": gettext_lazy("%(field)s does not contain %(value)s"),
    "like": gettext_lazy("%(field)s contains exactly %(value)s"),
    "not like": gettext_lazy("%(field)s does not contain exactly %(value)s"),
    "=like": gettext_lazy("%(field)s has exactly the pattern %(value)s"),
    "=ilike": gettext_lazy("%(field)s has the pattern %(value)s"),
    "child_of": gettext_lazy("%(field)s is under %(value)s"),
    "parent_of": gettext_lazy("%(field)s is above %(value)s"),
    "any": gettext_lazy("%(field)s has (%(value)s)"),
    "not any": gettext_lazy("%(field)s does not have (%(value)s)"),
    "search": gettext_lazy("Search: %(value)s"),
    "phone": gettext_lazy("%(field)s contains %(value)s"),
}
SET = gettext_lazy("%(field)s is set")
NOT_SET = gettext_lazy("%(field)s is not set")
BETWEEN = gettext_lazy("%(field)s is between %(first)s and %(last)s")
SET_WHEN_EMPTY = {"!=", "ilike", "like"}
NOT_SET_WHEN_EMPTY = {"=", "not ilike", "not like"}
TOKENS = {
    "today": gettext_lazy("today"),
    "now": gettext_lazy("now"),
    "week_start": gettext_lazy("start of this week"),
    "month_start": gettext_lazy("start of this month"),
    "quarter_start": gettext_lazy("start of this quarter"),
    "year_start": gettext_lazy("start of this year"),
    "me": gettext_lazy("me"),
    "my_contact": gettext_lazy("my contact"),
    "my_team": gettext_lazy("my team"),
    "my_teams": gettext_lazy("my teams"),
    "company": gettext_lazy("this company"),
    "companies": gettext_lazy("my companies"),
}

Names = dict[tuple[str, int], str]


@dataclass(frozen=True)
class _Speaker:
    """Who listens, and the names of linked records, fetched once per type."""

    reader: Reader
    names: Names


def spoken(tree: Tree, record_type: RecordType, reader: Reader) -> str:
    """The sentence of a checked condition."""
    if tree == And():
        return _("All records")
    speaker = _Speaker(reader, _names(tree, record_type, reader))
    return _tree(tree, record_type, speaker, is_inner=False)


# --- names of linked records ----------------------------------------------------------


def _names(tree: Tree, record_type: RecordType, reader: Reader) -> Names:
    wanted: dict[str, tuple[RecordType, set[int]]] = {}
    for target, pk in _mentioned(tree, record_type, reader):
        wanted.setdefault(target.name, (target, set()))[1].add(pk)
    return {
        (name, record.pk): target.title_of(record)
        for name, (target, ids) in wanted.items()
        for record in compiling.visible_rows(target, reader).filter(pk__in=ids)
    }


def _mentioned(
    tree: Tree, record_type: RecordType, reader: Reader
) -> Iterable[tuple[RecordType, int]]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _mentioned(part, record_type, reader)
        case Not(part):
            yield from _mentioned(part, record_type, reader)
        case Test(path, _operator, value):
            place = places.resolve(path, record_type, reader)
            target = reader.target(place.field) if place.field.kind.is_link else None
            if target is None:
                return
            if isinstance(value, (And, Or, Not, Test)):
                yield from _mentioned(value, target, reader)
                return
            members = value if isinstance(value, tuple) else (value,)
            for member in members:
                if isinstance(member, int) and not isinstance(member, bool):
                    yield target, member


# --- sentences ------------------------------------------------------------------------


def _tree(
    tree: Tree, record_type: RecordType, speaker: _Speaker, *, is_inner: bool
) -> str:
    match tree:
        case Not(part):
            inner = _tree(part, record_type, speaker, is_inner=False)
            return _("not (%(condition)s)") % {"condition": inner}
        case And(parts):
            word = pgettext("between conditions", "and")
            said = _neighbours(parts, record_type, speaker)
        case Or(parts):
            word = pgettext("between conditions", "or")
            said = [_tree(one, record_type, speaker, is_inner=True) for one in parts]
        case Test():
            return _test(tree, record_type, speaker)
    joined = f" {word} ".join(said)
    return f"({joined})" if is_inner and len(said) > 1 else joined


def _neighbours(
    parts: tuple[Tree, ...], record_type: RecordType, speaker: _Speaker
) -> list[str]:
    """AND-ed parts; a lower and an upper end side by side become one phrase."""
    said: list[str] = []
    rest = list(parts)
    while rest:
        first = rest.pop(0)
        if rest and _are_ends(first, rest[0]):
            said.append(_between(first, rest.pop(0), record_type, speaker))
        else:
            said.append(_tree(first, record_type, speaker, is_inner=True))
    return said


def _are_ends(first: Tree, last: Tree) -> bool:
    return (
        isinstance(first, Test)
        and isinstance(last, Test)
        and first.path == last.path
        and (first.operator, last.operator) == (">=", "<=")
    )


def _between(first: Any, last: Any, record_type: RecordType, speaker: _Speaker) -> str:
    place = places.resolve(first.path, record_type, speaker.reader)
    return BETWEEN % {
        "field": _label(place),
        "first": _value(first.value, place, speaker),
        "last": _value(last.value, place, speaker),
    }


def _test(test: Test, record_type: RecordType, speaker: _Speaker) -> str:
    place = places.resolve(test.path, record_type, speaker.reader)
    field = _label(place)
    if place.field.kind == Kind.BOOLEAN and test.value in {True, False}:
        is_yes = (test.operator == "!=") != bool(test.value)
        return (SET if is_yes else NOT_SET) % {"field": field}
    if test.value is None or test.value == "":
        if test.operator in SET_WHEN_EMPTY:
            return SET % {"field": field}
        if test.operator in NOT_SET_WHEN_EMPTY:
            return NOT_SET % {"field": field}
    value = _value(test.value, place, speaker)
    return PHRASES[test.operator] % {"field": field, "value": value}


def _label(place: Place) -> str:
    labels = [str(link.label) for _owner, link, _target in place.links]
    labels.append(place.key or str(place.field.label))
    return " › ".join(labels)


# --- values ---------------------------------------------------------------------------


def _value(value: Value, place: Place, speaker: _Speaker) -> str:
    if isinstance(value, (And, Or, Not, Test)):
        target = speaker.reader.behind(place.field)
        if value == And():
            return _("All records")
        return _tree(value, target, speaker, is_inner=False)
    if not isinstance(value, tuple):
        return _scalar(value, place, speaker)
    word = pgettext("between conditions", "or")
    return f" {word} ".join(_scalar(one, place, speaker) for one in value) or "–"


def _scalar(value: Any, place: Place, speaker: _Speaker) -> str:
    profile = speaker.reader.actor.profile
    kind = place.field.kind
    if value is None:
        return _("not set")
    if isinstance(value, Token):
        return _token(value, speaker)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if kind == Kind.CHOICE:
        return str(place.field.choice_label(value))
    if kind.is_link and isinstance(value, int):
        target = place.field.target
        name = speaker.names.get((target, value))
        return text.isolate(name) if name is not None else _("(no access)")
    if isinstance(value, str):
        return _("“%(text)s”") % {"text": text.isolate(value)}
    if isinstance(value, datetime):
        local = profile.local(value)
        clock = localize(f"{local:%H:%M}", profile.digits)
        return f"{profile.date_text(local.date())} {clock}"
    if isinstance(value, date):
        return profile.date_text(value)
    return _number(Decimal(value), kind, speaker)


def _number(value: Decimal, kind: Kind, speaker: _Speaker) -> str:
    actor = speaker.reader.actor
    if kind == Kind.MONEY:
        currency = actor.company.currency
        try:
            return format_money(to_minor(value, currency), currency, actor.profile)
        except NumberError:
            pass
    return format_number(value, actor.profile)


def _token(token: Token, speaker: _Speaker) -> str:
    said = str(TOKENS[token.name])
    profile = speaker.reader.actor.profile
    for count, unit in token.shifts:
        amount = localize(_amount(abs(count), unit), profile.digits)
        sign = "+" if count >= 0 else "−"
        said = f"{said} {sign} {amount}"
    return said


def _amount(count: int, unit: str) -> str:
    said = {
        "d": ngettext("%(count)s day", "%(count)s days", count),
        "w": ngettext("%(count)s week", "%(count)s weeks", count),
        "m": ngettext("%(count)s month", "%(count)s months", count),
        "q": ngettext("%(count)s quarter", "%(count)s quarters", count),
        "y": ngettext("%(count)s year", "%(count)s years", count),
        "h": ngettext("%(count)s hour", "%(count)s hours", count),
        "min": ngettext("%(count)s minute", "%(count)s minutes", count),
    }
    return said[unit] % {"count": count}
