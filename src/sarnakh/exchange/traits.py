"""What a record type says about its own import, beyond its description.

Rooms above declare these; `config/imports.py` lists them by type, so that the import
itself stays the same for every type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from sarnakh.accounts.actor import Actor
from sarnakh.records.types import RecordType
from sarnakh.records.types.record_type import Values


@dataclass(frozen=True, kw_only=True)
class Special:
    """A word in a column that means more than a value of its field.

    "Lost" in a column of stages is no stage: it closes the record. `words` are how
    files say it; they count only when no record has that name. `values(actor)` are
    the fields to write.
    """

    name: str
    label: str | Promise
    words: tuple[str, ...]
    values: Callable[[Actor], Values]


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """How rows find the record they mean: by a field, compared in its normal form.

    `column` holds `key(text)` in the database.
    """

    field: str
    column: str
    key: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class ImportTraits:
    """`also` are fields that only an import may write. `fixed` can be set for all
    rows at once. `create` and `change` are doors that keep quiet. `screens` show the
    records. `template` are the columns of the empty form, `example` its first row.
    `passed_on` names, for a link, the fields that the type passes on to the linked
    record in any case: one that is made on the fly gets them at once.
    """

    also: frozenset[str] = frozenset()
    specials: Mapping[str, tuple[Special, ...]] = field(default_factory=dict)
    matchers: tuple[Matcher, ...] = ()
    fixed: tuple[str, ...] = ()
    create: Callable[..., list[Any]] | None = None
    change: Callable[..., Any] | None = None
    screens: tuple[str, ...] = ()
    passed_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    template: tuple[str, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)

    def matcher(self, name: str) -> Matcher | None:
        """The matcher on that field."""
        return next((one for one in self.matchers if one.field == name), None)


@cache
def _listed() -> Mapping[str, ImportTraits]:
    found: Mapping[str, ImportTraits] = import_string(settings.IMPORTS)
    return found


def traits_of(record_type: RecordType) -> ImportTraits:
    """The traits of a type; plain ones when it declares none."""
    return _listed().get(record_type.name) or ImportTraits()
