"""The mapping page: columns with samples, what they will be read as, and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.cells import as_text, is_blank
from sarnakh.exchange.decisions import value_key
from sarnakh.exchange.importing.draft import Draft
from sarnakh.exchange.importing.fields import importable, place_of
from sarnakh.exchange.importing.links import Links, is_short_list
from sarnakh.exchange.importing.plan import Plan, plan_of
from sarnakh.exchange.importing.reading import Reading
from sarnakh.exchange.mapping import DATABASE_ID, EXTERNAL_ID
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import (
    ALL,
    ORDERS,
    POLICIES,
    SKIP,
    UNITS,
    Column,
    Options,
    column_from,
    options_from,
)
from sarnakh.exchange.reading.rows import Row
from sarnakh.exchange.traits import traits_of
from sarnakh.records import rows as visibility
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name
from sarnakh.screens.shown import text_of

SHOWN = 5
MOST_VALUES = 30
MOST_RECORDS = 100
LOOKED_AT = 20_000
AS_IS, LEAVE_EMPTY = "=", "-"


@dataclass(frozen=True)
class Choice:
    """An option of a select."""

    value: str
    label: str
    is_on: bool = False


@dataclass(frozen=True)
class Value:
    """A value of the file that nothing here is called."""

    number: int
    text: str
    key: str
    choices: list[Choice]


@dataclass(frozen=True)
class Shown:
    """A column as the page shows it."""

    column: Column
    field: Field | None
    samples: list[str]
    read_as: list[tuple[str, bool]]
    fields: list[tuple[str, list[Choice]]]
    also: list[tuple[str, list[Choice]]]
    values: list[Value]
    policies: list[Choice]
    orders: list[Choice]
    units: list[Choice]

    @property
    def is_mapped(self) -> bool:
        """Whether it goes anywhere."""
        return bool(self.column.fields)

    @property
    def is_number(self) -> bool:
        """Whether the decimal sign matters."""
        return self.field is not None and self.field.kind.is_number

    @property
    def is_list(self) -> bool:
        """Whether links may be added to those that are there."""
        return self.field is not None and self.field.kind == Kind.LINKS

    @property
    def has_settings(self) -> bool:
        """Whether there is more to decide than the field."""
        return bool(self.field)


class Wizard:
    """What the mapping page of a batch offers to the person who imports."""

    def __init__(self, batch: ImportBatch, actor: Actor) -> None:
        self.batch = batch
        self.actor = actor
        self.plan: Plan = plan_of(batch, actor)
        self.type: RecordType = self.plan.type
        self.links = Links(actor, traits_of(self.type))

    @property
    def options(self) -> Options:
        """The decisions about rows."""
        return self.plan.options

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What can be written."""
        return importable(self.type, self.actor)

    @cached_property
    def columns(self) -> list[Shown]:
        """Every column of the file."""
        return [self._shown(column) for column in self.plan.columns]

    @cached_property
    def matchers(self) -> list[Choice]:
        """Fields by which rows can find existing records."""
        found = [
            Choice(
                one.field,
                str(self.fields[one.field].label),
                self.options.match == one.field,
            )
            for one in traits_of(self.type).matchers
            if one.field in self.fields
        ]
        return [Choice("", _("External id only"), not self.options.match), *found]

    @cached_property
    def calendars(self) -> list[Choice]:
        """Calendars of the file's dates."""
        from sarnakh.accounts.models.profile import CalendarKind

        own = self.options.calendar
        found = [
            Choice(kind.value, str(kind.label), own == kind) for kind in CalendarKind
        ]
        return [Choice("", _("As in my preferences"), not own), *found]

    @cached_property
    def fixed(self) -> list[tuple[Field, str, list[Choice]]]:
        """Fields that can be set for all new records: choices, or free text."""
        found = []
        for name in traits_of(self.type).fixed:
            field = self.fields.get(name)
            if field is None:
                continue
            text = self.options.fixed.get(name, "")
            options = self._options(field)
            choices = [Choice("", "–", not text)] if options else []
            choices += [Choice(v, label, v == text) for v, label in options]
            found.append((field, text, choices))
        return found

    # --- columns -------------------------------------------------------------------

    def _shown(self, column: Column) -> Shown:
        path = column.fields[0] if column.fields else ""
        second = column.fields[1] if len(column.fields) > 1 else ""
        place = place_of(path, self.fields) if path else None
        field, how = place or (None, "")
        samples = list(self.plan.reading.samples[column.place][:SHOWN])
        return Shown(
            column=column,
            field=field,
            samples=samples,
            read_as=self._read_as(column, field, how, samples),
            fields=self._menu(path),
            also=self._menu(second) if path else [],
            values=self._values(column, field) if field and not how else [],
            policies=self._policies(column, field),
            orders=self._orders(column, field),
            units=self._units(column, field),
        )

    def _menu(self, chosen: str) -> list[tuple[str, list[Choice]]]:
        own = [
            (EXTERNAL_ID, _("External id")),
            (DATABASE_ID, _("Number of the record")),
        ]
        plain = [(name, str(field.label)) for name, field in self.fields.items()]
        linked = [
            (f"{name}/{EXTERNAL_ID}", f"{field.label} / {_('External id')}")
            for name, field in self.fields.items()
            if field.kind.is_link
        ]
        groups = (
            (_("Fields"), plain),
            (_("Identity"), own),
            (_("Links by id"), linked),
        )
        return [
            (
                title,
                [
                    Choice(path, label, path == chosen)
                    for path, label in _by_label(found)
                ],
            )
            for title, found in groups
        ]

    def _read_as(
        self, column: Column, field: Field | None, how: str, samples: Sequence[str]
    ) -> list[tuple[str, bool]]:
        """For each sample what it becomes, and whether that is right."""
        if field is None or how:
            return []
        alone = replace(column, place=0, fields=(field.name,))
        own = {0: self.plan.reading.samples[column.place]}
        reading = Reading(self.type, [alone], self.options, self.actor, own)
        found = []
        for sample in samples:
            draft = reading.draft(Row(0, [sample]))
            found.append(self._told(draft, field))
        return found

    def _told(self, draft: Draft, field: Field) -> tuple[str, bool]:
        for _column, text in [*draft.errors, *draft.warnings]:
            return text, False
        if draft.is_skipped:
            return _("The row is skipped."), True
        for pending in draft.pending:
            told = [
                self._link_told(field, name, pending.column) for name in pending.names
            ]
            return "، ".join(text for text, _good in told), all(
                good for _t, good in told
            )
        if field.name not in draft.values:
            special = ", ".join(
                str(self.type.fields[name].label) for name in draft.values
            )
            return special, True
        currency = self.actor.company.currency
        value = draft.values[field.name]
        return text_of(field, value, self.actor.profile, currency), True

    def _link_told(self, field: Field, name: str, column: Column) -> tuple[str, bool]:
        target = by_name(field.target)
        if not is_short_list(target):
            # Reading every contact for a preview would take too long.
            return name, True
        if self._is_special(field, name):
            return name, True
        found = self.links.names_of(field.target).find(name)
        if found:
            return found.title or name, True
        if column.missing == "create":
            return _("“%(name)s” (new)") % {"name": name}, True
        return _("There is no “%(name)s”.") % {"name": name}, False

    def _is_special(self, field: Field, name: str) -> bool:
        words = {
            value_key(word)
            for special in self.plan.reading.specials.get(field.name, ())
            for word in special.words
        }
        return value_key(name) in words

    # --- choices -------------------------------------------------------------------

    def _values(self, column: Column, field: Field) -> list[Value]:
        """Values that need a decision, or have got one."""
        options = self._options(field)
        if not options or field.kind == Kind.LINKS:
            return []
        distinct = self._distinct(column.place)
        if len(distinct) > MOST_VALUES:
            return []
        found: list[Value] = []
        for key, text in distinct.items():
            chosen = column.values.get(key)
            if chosen is None and self._is_known(field, text):
                continue
            choices = [
                Choice(AS_IS, _("As it is"), chosen is None),
                Choice(LEAVE_EMPTY, _("Leave empty"), chosen == ""),
                *(Choice(value, label, value == chosen) for value, label in options),
            ]
            found.append(Value(len(found), text, key, choices))
        return found

    def _is_known(self, field: Field, text: str) -> bool:
        if field.target:
            known = self.links.names_of(field.target).find(text) is not None
            return known or self._is_special(field, text)
        reading = Reading(
            self.type, [Column("", 0, (field.name,))], self.options, self.actor, {}
        )
        return not reading.draft(Row(0, [text])).errors

    def _options(self, field: Field) -> list[tuple[str, str]]:
        """What a value can mean: special words, choices, or records of a short list."""
        specials = [
            (one.name, str(one.label))
            for one in self.plan.reading.specials.get(field.name, ())
        ]
        if field.kind == Kind.BOOLEAN:
            return [("yes", _("Yes")), ("no", _("No"))]
        if field.kind == Kind.CHOICE:
            return [(str(key), str(label)) for key, label in field.choices]
        if not field.target:
            return []
        target = by_name(field.target)
        found = visibility.visible(target, self.actor).order_by(*target.order)
        if target.active:
            found = found.filter(**{target.active: True})
        records = list(found[: MOST_RECORDS + 1])
        if len(records) > MOST_RECORDS:
            return specials
        return [*specials, *((str(one), str(one)) for one in records)]

    def _distinct(self, place: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.plan.rows[:LOOKED_AT]:
            cell = row.cells[place]
            if not is_blank(cell):
                text = as_text(cell)
                found.setdefault(value_key(text), text)
                if len(found) > MOST_VALUES:
                    break
        return found

    def _policies(self, column: Column, field: Field | None) -> list[Choice]:
        if field is None or field.kind not in _WITH_POLICY:
            return []
        labels = {
            "error": _("Report an error"),
            "create": _("Make it"),
            "empty": _("Leave the field empty"),
            "skip": _("Skip the row"),
        }
        may_make = bool(field.target) and (
            by_name(field.target).quick_values is not None
            and visibility.may(by_name(field.target), self.actor, "create")
        )
        return [
            Choice(name, labels[name], name == column.missing)
            for name in POLICIES
            if name != "create" or may_make
        ]

    def _orders(self, column: Column, field: Field | None) -> list[Choice]:
        if field is None or not field.kind.is_time:
            return []
        found = self.plan.reading.pattern(replace(column, order="")).text
        labels = {
            "ymd": _("Year, month, day"),
            "dmy": _("Day, month, year"),
            "mdy": _("Month, day, year"),
        }
        guess = _("Guessed: %(pattern)s") % {"pattern": found}
        return [
            Choice("", guess, not column.order),
            *(Choice(one, labels[one], one == column.order) for one in ORDERS),
        ]

    def _units(self, column: Column, field: Field | None) -> list[Choice]:
        if field is None or field.kind != Kind.MONEY:
            return []
        if self.actor.company.currency != "IRR":
            return []
        labels = {"rial": _("Rial"), "toman": _("Toman")}
        own = "toman" if self.actor.profile.toman else "rial"
        return [Choice(one, labels[one], one == (column.unit or own)) for one in UNITS]


_WITH_POLICY = {Kind.LINK, Kind.LINKS, Kind.CHOICE, Kind.BOOLEAN}


def decided(batch: ImportBatch, given: QueryDict) -> tuple[list[Column], Options]:
    """The decisions that a sent form makes; what it does not show stays."""
    columns = [
        _column(column_from(stored), given, number)
        for number, stored in enumerate(batch.mapping)
    ]
    before = options_from(batch.options)
    fixed = {
        name.removeprefix("fixed-"): text
        for name in given
        if name.startswith("fixed-") and (text := str(given[name]).strip())
    }
    options = replace(
        before,
        mode=SKIP if given.get("mode") == SKIP else ALL,
        match=given.get("match", before.match),
        calendar=given.get("calendar", before.calendar),
        fixed=fixed,
    )
    return columns, options


def _column(column: Column, given: QueryDict, number: int) -> Column:
    def chosen(name: str, otherwise: str) -> str:
        return given.get(f"{name}-{number}", otherwise)

    if f"field-{number}" not in given:
        return column
    paths = [chosen("field", ""), chosen("also", "")]
    fields = tuple(dict.fromkeys(path for path in paths if path))
    if fields[:1] != column.fields[:1]:
        # Settings of the field that it had before mean nothing for the new one.
        return Column(column.header, column.place, fields, unit=column.unit)
    return replace(
        column,
        fields=fields,
        missing=_known(chosen("missing", column.missing), POLICIES, column.missing),
        order=_known(chosen("order", column.order), ("", *ORDERS), ""),
        decimal=_known(chosen("decimal", column.decimal), (".", ","), "."),
        unit=_known(chosen("unit", column.unit), ("", *UNITS), ""),
        clears=f"clears-{number}" in given,
        adds=f"adds-{number}" in given,
        values=_values(column.values, given, number),
    )


def _values(before: Mapping[str, str], given: QueryDict, number: int) -> dict[str, str]:
    values = dict(before)
    for place in range(MOST_VALUES):
        key = given.get(f"key-{number}-{place}")
        if key is None:
            continue
        meant = given.get(f"value-{number}-{place}", AS_IS)
        if meant == AS_IS:
            values.pop(key, None)
        else:
            values[key] = "" if meant == LEAVE_EMPTY else meant
    return values


def _known(word: str, words: Sequence[str], otherwise: str) -> str:
    return word if word in words else otherwise


def _by_label(found: Sequence[tuple[str, str]]) -> list[tuple[str, Any]]:
    from sarnakh.lib.text import sort_key

    return sorted(found, key=lambda pair: sort_key(pair[1]))
