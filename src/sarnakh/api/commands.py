"""Named writes of a record: what they are called with.

The arguments are read off the command's own signature. An argument that is named
like a link of the type, or like the last word of one (`reason` of a lost reason),
is the number of such a record, and the actor must be able to see it.
"""

import datetime as dt
import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.api.errors import ApiError, unprocessable
from sarnakh.records import values
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

# The acting user and the version come with the request itself.
GIVEN = frozenset({"by", "seen"})
KINDS: dict[type, Kind] = {
    bool: Kind.BOOLEAN,
    int: Kind.INTEGER,
    str: Kind.LONG_TEXT,
    float: Kind.DECIMAL,
    dt.date: Kind.DATE,
    dt.datetime: Kind.DATETIME,
}


@dataclass(frozen=True)
class Argument:
    """One argument as the request gives it."""

    field: Field
    is_required: bool
    may_be_null: bool


@cache
def arguments(record_type: RecordType, name: str) -> dict[str, Argument]:
    """The arguments of a command by name, without record, actor and version."""
    command = record_type.commands[name]
    hints = get_type_hints(command)
    _record, *rest = inspect.signature(command).parameters.values()
    return {
        one.name: Argument(
            field=_field(record_type, one.name, hints[one.name]),
            is_required=one.default is inspect.Parameter.empty,
            may_be_null=type(None) in get_args(hints[one.name]),
        )
        for one in rest
        if one.name not in GIVEN
    }


def takes_version(command: Callable[..., Any]) -> bool:
    """Whether the command itself looks at the version that was seen."""
    return "seen" in inspect.signature(command).parameters


def read(
    record_type: RecordType, name: str, given: dict[str, Any], actor: Actor
) -> dict[str, Any]:
    """Keyword arguments for a command; 400 for unknown names, 422 for misfits."""
    known = arguments(record_type, name)
    message = _("There is no such argument.")
    if unknown := {one: message for one in given if one not in known}:
        raise ApiError(400, "unknown-argument", message, fields=unknown)
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    for one, argument in known.items():
        try:
            if one in given:
                found[one] = _value(argument, given[one], actor)
            elif argument.is_required:
                errors[one] = _("This field is required.")
        except (ValueError, TypeError) as error:
            errors[one] = str(error)
    if errors:
        raise unprocessable(" ".join(dict.fromkeys(errors.values())), errors)
    return found


def _value(argument: Argument, value: Any, actor: Actor) -> Any:
    if value is None:
        if argument.may_be_null:
            return None
        raise ValueError(_("This field is required."))
    if value == "" and argument.field.kind == Kind.LONG_TEXT:
        return ""
    currency = actor.company.currency
    return values.canonical(argument.field, value, actor, currency=currency)


def _field(record_type: RecordType, name: str, hint: Any) -> Field:
    """What the argument is like, as a described field."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if hint is int and (link := _link(record_type, name)):
        return Field(
            name=name,
            kind=Kind.LINK,
            label=link.label,
            column="",
            target=link.target,
            required=True,
        )
    return Field(name=name, kind=KINDS[hint], label=name, column="", required=True)


def _link(record_type: RecordType, name: str) -> Field | None:
    links = [one for one in record_type.fields.values() if one.kind == Kind.LINK]
    return next(
        (one for one in links if one.name == name or one.name.endswith(f"_{name}")),
        None,
    )
