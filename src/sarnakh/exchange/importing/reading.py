"""Cells of a row as values of fields, before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange import values as cells
from sarnakh.exchange.cells import Cell, as_text, is_blank
from sarnakh.exchange.errors import CELL_ERRORS, CellError
from sarnakh.exchange.importing.draft import Draft, Pending
from sarnakh.exchange.importing.fields import choice_names, importable, place_of
from sarnakh.exchange.mapping import DATABASE_ID, EXTERNAL_ID
from sarnakh.exchange.options import EMPTY, SKIP_ROW, Column, Options
from sarnakh.exchange.reading.rows import Row
from sarnakh.exchange.traits import Special, traits_of
from sarnakh.lib import calendars
from sarnakh.lib.calendars.parsing import Pattern, guess_pattern, to_instant
from sarnakh.lib.profile import Profile
from sarnakh.records import values as canonical
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_KNOWN = 10_000
Reader = Callable[[Cell], Any]


class Left(Exception):
    """This value is to be left empty."""


class Skipped(Exception):
    """This row is to be left out."""


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are read for one type and one person."""

    type: RecordType
    columns: Sequence[Column]
    options: Options
    actor: Actor
    samples: Mapping[int, Sequence[str]]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Fields that may be written."""
        return importable(self.type, self.actor)

    @cached_property
    def specials(self) -> Mapping[str, tuple[Special, ...]]:
        """Words that mean more than a value."""
        return traits_of(self.type).specials

    @cached_property
    def _limits(self) -> dict[str, int | None]:
        return {
            name: limit_of(self.type, field)
            for name, field in self.fields.items()
            if field.kind.is_text
        }

    @cached_property
    def currency(self) -> str:
        """The currency of amounts."""
        return self.actor.company.currency

    def draft(self, row: Row) -> Draft:
        """What the row says, with everything that is wrong with it."""
        draft = Draft(row.number, row.cells)
        try:
            for target in self._targets:
                target.take(row.cells[target.column.place], draft)
        except Skipped:
            draft.is_skipped = True
            return draft
        for name, parts in draft.parts.items():
            self._join(draft, self.fields[name], parts)
        return draft

    def fixed(self) -> Draft:
        """What is the same for all new records; its errors are the person's own."""
        draft = Draft(0, [])
        for place, (name, text) in enumerate(self.options.fixed.items()):
            field = self.fields.get(name)
            if field is not None and text:
                column = Column(str(field.label), place, (name,))
                _Target(self, column, field, "").take(text, draft)
        for name, parts in draft.parts.items():
            self._join(draft, self.fields[name], parts)
        return draft

    @cached_property
    def _targets(self) -> list[_Target]:
        found = []
        for column in self.columns:
            for path in column.fields:
                place = place_of(path, self.fields)
                if place is not None:
                    found.append(_Target(self, column, *place))
        return found

    def pattern(self, column: Column) -> Pattern:
        """How the dates of a column are written."""
        own: Profile = self.actor.profile
        calendar = calendars.get(self.options.calendar or own.calendar)
        samples = self.samples.get(column.place, ())
        if not column.order:
            return guess_pattern(samples, calendar) or Pattern(calendar)
        full = Pattern(calendar, column.order)  # type: ignore[arg-type]
        short = replace(full, short_year=True)
        return max((full, short), key=lambda one: sum(_fits(one, s) for s in samples))

    def _join(self, draft: Draft, field: Field, parts: Sequence[str]) -> None:
        text = parts[0]
        if len(parts) > 1:
            joint = " " if field.kind == Kind.TEXT else "\n"
            text = joint.join(dict.fromkeys(parts))
        if field.kind == Kind.RICH_TEXT and not _MARKUP.search(text):
            text = linebreaks(text, autoescape=True)
        limit = self._limits[field.name]
        try:
            if limit and len(text) > limit:
                raise ValueError(
                    _("This text is longer than %(limit)s characters.")
                    % {"limit": limit}
                )
            draft.values[field.name] = canonical.canonical(
                field, text, self.actor, currency=self.currency
            )
        except ValueError as error:
            draft.errors.append((str(field.label), str(error)))


class _Target:
    """A column on its way to one field."""

    def __init__(
        self, reading: Reading, column: Column, field: Field | None, how: str
    ) -> None:
        self.reading = reading
        self.column = column
        self.field = field
        self.how = how
        self.read: Reader = _reader(reading, column, field) if field else as_text
        # Dates, amounts and choices repeat: each is worked out once.
        self._known: dict[str, Any] = {}
        # Asked for every cell, so looked up here once.
        self._is_text = field is not None and field.kind.is_text
        self._is_link = field is not None and field.kind.is_link
        name = field.name if field else ""
        self._specials = {one.name: one for one in reading.specials.get(name, ())}

    def take(self, cell: Cell, draft: Draft) -> None:
        """Put what the cell says into the draft; Skipped when it rules the row out."""
        if self.field is None:
            self._identify(as_text(cell).strip(), draft)
            return
        if cell == "" or is_blank(cell):
            if self.column.clears:
                draft.clears.append(self.field.name)
            return
        try:
            self._write(cell, self.field, draft)
        except Left:
            draft.clears.append(self.field.name)
        except CellError as error:
            if self.column.missing == SKIP_ROW:
                raise Skipped from error
            if self.column.missing == EMPTY:
                draft.warnings.append((self.column.header, cell_text(error)))
            else:
                draft.errors.append((self.column.header, cell_text(error)))
        except ValueError as error:
            draft.errors.append((self.column.header, str(error)))

    def _write(self, cell: Cell, field: Field, draft: Draft) -> None:
        if self.column.values:
            meant = self.column.translated(as_text(cell))
            if meant == "":
                raise Left
            if meant in self._specials:
                special = self._specials[meant]
                draft.values.update(special.values(self.reading.actor))
                return
            cell = cell if meant is None else meant
        if self._is_text:
            draft.parts.setdefault(field.name, []).append(as_text(cell).strip())
        elif self._is_link:
            names = [cell] if field.kind == Kind.LINK else cells.names(cell)
            texts = tuple(" ".join(as_text(name).split()) for name in names)
            draft.pending.append(Pending(self.column, field, self.how, texts))
            if self.column.adds:
                draft.adds.add(field.name)
        else:
            draft.values[field.name] = self._value(cell)

    def _value(self, cell: Cell) -> Any:
        if not isinstance(cell, str):
            return self.read(cell)
        if cell not in self._known:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[cell] = self.read(cell)
        return self._known[cell]

    def _identify(self, text: str, draft: Draft) -> None:
        if self.how == EXTERNAL_ID:
            draft.external_id = text
        elif self.how == DATABASE_ID:
            draft.database_id = text


def _reader(reading: Reading, column: Column, field: Field) -> Reader:
    """The function that reads the cells of a column for a field."""
    signs = {"decimal": column.decimal, "grouping": column.grouping}

    def check(value: Any) -> Any:
        return canonical.canonical(
            field, value, reading.actor, currency=reading.currency
        )

    if field.kind == Kind.BOOLEAN:
        return cells.yes_no
    if field.kind == Kind.CHOICE:
        names = choice_names(field)
        return lambda cell: cells.choice(cell, names)
    if field.kind == Kind.INTEGER:
        return lambda cell: check(cells.whole_number(cell, **signs))
    if field.kind == Kind.DECIMAL:
        percent = field.widget == "percent"
        return lambda cell: check(cells.number(cell, percent=percent, **signs))
    if field.kind == Kind.MONEY:
        profile = reading.actor.profile
        if column.unit:
            profile = replace(profile, toman=column.unit == "toman")
        return lambda cell: cells.money(cell, reading.currency, profile, **signs).minor
    if field.kind in {Kind.DATE, Kind.DATETIME}:
        pattern = reading.pattern(column)
        if field.kind == Kind.DATE:
            return lambda cell: check(cells.day(cell, pattern))
        zone = reading.actor.profile.tz
        return lambda cell: check(to_instant(cells.moment(cell, pattern), zone))
    return as_text


def cell_text(error: CellError) -> str:
    """What is wrong with a cell, in the language of the moment."""
    return _(CELL_ERRORS[error.code]) % error.params


def limit_of(record_type: RecordType, field: Field) -> int | None:
    """How many characters the column holds."""
    source = record_type.model._meta.get_field(field.column)
    limit: int | None = getattr(source, "max_length", None)
    return limit


def _fits(pattern: Pattern, sample: str) -> bool:
    try:
        pattern.parse(sample)
    except ValueError:
        return False
    return True
