"""Checking what a person decided: which columns may go together to one field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.fields import IDENTITY, importable, place_of
from sarnakh.exchange.options import POLICIES, Column, Options
from sarnakh.exchange.traits import traits_of
from sarnakh.lib.text import searchable
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

# Several columns on one of these are joined; other fields take only one column.
_JOINED = {Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT, Kind.LINKS}


def value_key(text: str) -> str:
    """What makes two values of a file the same in a table of values."""
    return searchable(text)


def problems(
    columns: Sequence[Column], options: Options, record_type: RecordType, by: Actor
) -> list[str]:
    """What stands in the way of starting; empty when all is well."""
    fields = importable(record_type, by)
    found: list[str] = []
    seen: dict[str, str] = {}
    for column in columns:
        if column.missing not in POLICIES:
            found.append(_("“%(word)s” is no policy.") % {"word": column.missing})
        for path in column.fields:
            place = place_of(path, fields)
            if place is None:
                text = _("There is no field “%(field)s”.") % {"field": path}
                found.append(text)
                continue
            field, how = place
            base = field.name if field else how
            if base in seen and (field is None or field.kind not in _JOINED or how):
                found.append(
                    _("“%(first)s” and “%(second)s” go to the same field.")
                    % {"first": seen[base], "second": column.header}
                )
            seen.setdefault(base, column.header)
    if not seen:
        found.append(_("No column goes to a field."))
    if options.match and traits_of(record_type).matcher(options.match) is None:
        found.append(_("Records cannot be matched by this field."))
    found += [
        _("There is no field “%(field)s”.") % {"field": name}
        for name in options.fixed
        if name not in fields
    ]
    return found


def without_rivals(columns: Sequence[Column], keep: Collection[str]) -> list[Column]:
    """A guess gives way to a column that was named for the same field."""
    named = {
        path for column in columns if column.header in keep for path in column.fields
    }
    bases = {path.partition("/")[0] for path in named if path not in IDENTITY} | named
    found = []
    for column in columns:
        if column.header not in keep:
            rest = tuple(
                path for path in column.fields if path.partition("/")[0] not in bases
            )
            column = replace(column, fields=rest)
        found.append(column)
    return found
