"""One rule of the filter editor: between what people type and condition values."""

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib import money, numbers
from sarnakh.lib.numbers import format_number
from sarnakh.lib.text import letters
from sarnakh.records import conditions
from sarnakh.records.conditions.operators import UNITS
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field
from sarnakh.screens import typed
from sarnakh.screens.filter_tree import Rule
from sarnakh.screens.shown import input_text

Shape = Literal["none", "text", "lines", "number", "date", "span", "choice", "chips"]

NO_VALUE = {"set", "not set", "me", "my_teams"}
SPANS = {"last", "next"}
LISTED = {"in", "not in", "child_of", "parent_of"}
TOKEN = re.compile(
    r"@(today|week_start|month_start|quarter_start|year_start)"
    r"(?:([+-])([0-9]{1,5})([dwmqy]))?"
)
SEPARATORS = re.compile(r"[,،;؛\n]")
LONGEST_SPAN = 9_999


class Missing(ValueError):
    """Nothing was entered yet."""


@dataclass(frozen=True)
class Draft:
    """A rule as it stands in the form.

    `texts` are inputs in order, `keys` what is chosen among chips. A dynamic date
    is the text `@month_start -۲ m`: token, shift as typed, unit.
    """

    path: str
    operator: str
    texts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def text(self, number: int) -> str:
        """The text of an input; empty when there is none."""
        return self.texts[number] if number < len(self.texts) else ""


@dataclass(frozen=True)
class Kept:
    """An operand that the editor has no words for: shown, removed, never changed."""

    condition: list[Any]


def shape(field: Field, operator: str) -> Shape:
    """Which input an operator needs for a field."""
    if operator in NO_VALUE:
        return "none"
    if operator in SPANS:
        return "span"
    if field.kind.is_number:
        return "number"
    if field.kind.is_time:
        return "date"
    if operator in LISTED:
        return "lines" if field.kind.is_text else "chips"
    return "choice" if field.kind == Kind.CHOICE else "text"


def first_operator(field: Field) -> str:
    """The operator that a rule on a field begins with."""
    if field.kind.is_text:
        return "ilike"
    if field.kind == Kind.CHOICE:
        return "in"
    return conditions.operators(field)[0][0]


# --- from the form to conditions ------------------------------------------------------


def value_of(draft: Draft, field: Field, actor: Actor) -> Any:
    """What `conditions.build` takes for a draft.

    Raises Missing while something is blank, ValueError with a message for people.
    """
    match shape(field, draft.operator):
        case "none":
            return None
        case "span":
            return [_count(draft.text(0)), unit(draft.text(1))]
        case "chips":
            return _chosen(draft, field)
        case "choice":
            return _choice(draft.text(0), field)
        case "lines":
            lines = [line.strip() for line in draft.text(0).splitlines()]
            found = [conditions.literal(line) for line in lines if line]
            return found or _blank()
        case "text":
            return conditions.literal(draft.text(0).strip() or _blank())
    if draft.operator == "between":
        return [_one(draft.text(end), field, actor) for end in (0, 1)]
    return _one(draft.text(0), field, actor)


def settled(draft: Draft, field: Field, actor: Actor) -> Draft:
    """Names typed among chips become chips where they are known."""
    if shape(field, draft.operator) != "chips":
        return draft
    keys, unknown = list(draft.keys), []
    for text in SEPARATORS.split(draft.text(0)):
        name = text.strip()
        found = _keys_of(name, field, actor) if name else []
        keys += found
        if name and not found:
            unknown.append(name)
    rest = ("، ".join(unknown),) if unknown else ()
    return dataclasses.replace(draft, keys=tuple(dict.fromkeys(keys)), texts=rest)


def reshaped(draft: Draft, before: str, after: Shape) -> Draft:
    """A draft whose input was of another shape: what still makes sense stays."""
    if before == after:
        return draft
    first = draft.text(0)
    match before, after:
        case "choice", "chips":
            return dataclasses.replace(draft, keys=(first,) if first else (), texts=())
        case "chips", "choice":
            return dataclasses.replace(draft, keys=(), texts=draft.keys[:1])
        case "lines", "text":
            return dataclasses.replace(
                draft, keys=(), texts=tuple(first.splitlines()[:1])
            )
        case "text", "lines":
            return draft
    return dataclasses.replace(draft, keys=(), texts=())


def _blank() -> Any:
    raise Missing(_("Enter a value."))


def _keys_of(name: str, field: Field, actor: Actor) -> list[str]:
    if field.kind.is_link:
        return [str(pk) for pk in typed.named(field, name, actor)]
    wanted = letters(name).casefold()
    return [
        str(key)
        for key, label in field.choices
        if letters(str(label)).casefold() == wanted
    ]


def _chosen(draft: Draft, field: Field) -> list[Any]:
    if unknown := draft.text(0).strip():
        raise ValueError(
            _("There is no “%(name)s”. Choose one of the list.")
            % {"name": unknown[:100]}
        )
    if not draft.keys:
        raise Missing(_("Choose at least one."))
    if field.kind == Kind.CHOICE:
        return [_choice(key, field) for key in draft.keys]
    if not all(re.fullmatch(r"[0-9]{1,18}", key) for key in draft.keys):
        raise ValueError(_("This value does not fit."))
    return [int(key) for key in draft.keys]


def _choice(text: str, field: Field) -> Any:
    for key, _label in field.choices:
        if text and str(key) == text:
            return key
    if text:
        raise ValueError(_("This value does not fit."))
    raise Missing(_("Choose a value."))


def _one(text: str, field: Field, actor: Actor) -> Any:
    """A number or a day, as conditions write it."""
    text = text.strip()
    if not text:
        _blank()
    if field.kind.is_time and text.startswith("@"):
        return _token(text)
    currency = actor.company.currency
    given = QueryDict(mutable=True)
    given["value"] = text
    if field.kind == Kind.DATETIME:
        try:
            field_of_day = dataclasses.replace(field, kind=Kind.DATE)
            return _json(typed.read(field_of_day, "value", given, actor, currency))
        except ValueError:
            pass
    value = typed.read(field, "value", given, actor, currency)
    if field.kind == Kind.MONEY:
        value = money.to_major(value, currency)
    return _json(value)


def _json(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else f"{number:f}"


def _token(text: str) -> str:
    name, *rest = text.split()
    found = name
    if len(rest) == 2:
        amount = rest[0].lstrip("+-")
        sign = "-" if rest[0].startswith("-") else "+"
        number = _count(amount) if amount else 0
        if number:
            found = f"{name}{sign}{number}{rest[1]}"
    if not TOKEN.fullmatch(found):
        raise ValueError(_("This value does not fit."))
    return found


def _count(text: str) -> int:
    if not text.strip():
        _blank()
    try:
        number = numbers.parse_number(text)
    except ValueError:
        number = Decimal(-1)
    if number != number.to_integral_value() or not 0 <= number <= LONGEST_SPAN:
        raise ValueError(
            _("“%(text)s” is not a whole number up to %(limit)s.")
            % {"text": text[:40], "limit": LONGEST_SPAN}
        )
    return int(number)


def unit(text: str) -> str:
    """A known unit of time, by its suffix."""
    return text if text in UNITS else "d"


# --- from conditions to the form ------------------------------------------------------


def draft_of(rule: Rule, field: Field, actor: Actor) -> Draft | None:
    """A rule for the form; None when the form could not give the same rule back."""
    rule = _in_words(rule, field)
    if rule.operator not in [name for name, _label in conditions.operators(field)]:
        return None
    try:
        draft = _drafted(rule, field, actor)
        again = value_of(draft, field, actor)
    except (ValueError, TypeError, ArithmeticError):
        return None
    return draft if _same(again, rule.value) else None


def _in_words(rule: Rule, field: Field) -> Rule:
    """The operator that the editor offers for the same thing."""
    if field.kind == Kind.BOOLEAN and rule.value is True:
        words = {"=": "set", "!=": "not set"}
        return Rule(rule.path, words.get(rule.operator, rule.operator))
    is_key = isinstance(rule.value, int) and not isinstance(rule.value, bool)
    if field.kind.is_link and is_key:
        words = {"=": "in", "!=": "not in"}
        operator = words.get(rule.operator, rule.operator)
        if operator in LISTED:
            return Rule(rule.path, operator, [rule.value])
    return rule


def _drafted(rule: Rule, field: Field, actor: Actor) -> Draft:
    value = rule.value
    blank = Draft(rule.path, rule.operator)
    match shape(field, rule.operator):
        case "none":
            return blank
        case "span":
            number = format_number(value[0], actor.profile)
            return dataclasses.replace(blank, texts=(number, value[1]))
        case "chips":
            return dataclasses.replace(blank, keys=tuple(str(key) for key in value))
        case "choice":
            return dataclasses.replace(blank, texts=(str(value),))
        case "lines":
            lines = "\n".join(_unescaped(text) for text in value)
            return dataclasses.replace(blank, texts=(lines,))
        case "text":
            return dataclasses.replace(blank, texts=(_unescaped(value),))
    ends = value if rule.operator == "between" else [value]
    return dataclasses.replace(
        blank, texts=tuple(_typed_text(end, field, actor) for end in ends)
    )


def _unescaped(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value[1:] if value.startswith("@@") else value


def _typed_text(value: Any, field: Field, actor: Actor) -> str:
    """What somebody would type for a number or a day."""
    profile, currency = actor.profile, actor.company.currency
    if field.kind.is_number:
        number = Decimal(str(value))
        if field.kind == Kind.MONEY:
            return input_text(
                field, money.to_minor(number, currency), profile, currency
            )
        return input_text(field, number, profile, currency)
    if found := TOKEN.fullmatch(value):
        name, sign, count, unit = found.groups()
        if not count:
            return f"@{name}"
        return f"@{name} {sign}{format_number(int(count), profile)} {unit}"
    if len(value) == len("2025-01-31"):
        day = dt.date.fromisoformat(value)
        return input_text(
            dataclasses.replace(field, kind=Kind.DATE), day, profile, currency
        )
    return input_text(field, dt.datetime.fromisoformat(value), profile, currency)


def _same(first: Any, second: Any) -> bool:
    """Whether two values mean the same, however numbers and instants are written."""
    if isinstance(first, list) and isinstance(second, (list, tuple)):
        return len(first) == len(second) and all(map(_same, first, second))
    return _plain(first) == _plain(second)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        pass
    try:
        return dt.datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return value
