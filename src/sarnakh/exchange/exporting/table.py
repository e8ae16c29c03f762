"""Rows of an export, read in pieces by number, so that memory and locks stay small."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.exporting.columns import Column, Step
from sarnakh.exchange.exporting.ids import external_ids
from sarnakh.exchange.importing.links import is_short_list
from sarnakh.exchange.writing.rows import Value
from sarnakh.lib import money
from sarnakh.lib.digits import localize
from sarnakh.lib.profile import Profile
from sarnakh.records import rows as visibility
from sarnakh.records.database import Among
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

PIECE = 2_000
_BLOCK_END = re.compile(
    r"<br\s*/?>|</(?:p|div|li|tr|h[1-4]|blockquote)>", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"\n{3,}")
Convert = Callable[[Any], Value]


@dataclass(frozen=True)
class Style:
    """How values are written: for people, or for an import.

    `displayed` writes dates as text in the person's calendar.
    """

    actor: Actor
    compatible: bool = False
    displayed: bool = False

    @property
    def profile(self) -> Profile:
        """Calendar, digits and zone."""
        return self.actor.profile

    @property
    def toman(self) -> bool:
        """Whether rial amounts are given in Toman, as the person sees them."""
        return self.profile.toman and not self.compatible


class Table:
    """Chosen columns of a type, ready to be read for any records."""

    def __init__(
        self, record_type: RecordType, columns: Sequence[Column], style: Style
    ) -> None:
        self.type = record_type
        self.columns = columns
        self.style = style
        self._exprs: dict[str, int] = {"pk": 0}
        self._single = [self._source(c) if c.many is None and not _ends_many(c) else None
                        for c in columns]  # fmt: skip
        self._many = self._lists()

    def rows(self, keys: Sequence[int]) -> Iterator[Sequence[Value]]:
        """The rows of these records in this order; several links take extra rows."""
        for start in range(0, len(keys), PIECE):
            yield from self._piece(keys[start : start + PIECE])

    def _piece(self, keys: Sequence[int]) -> Iterator[Sequence[Value]]:
        model = self.type.model
        found = model._default_manager.filter(Among("pk", keys)).order_by()
        by_key = {row[0]: row for row in found.values_list(*self._exprs)}
        present = [by_key[key] for key in keys if key in by_key]
        columns = [
            source.cells(present, self.style.actor) if source else None
            for source in self._single
        ]
        if not self._many:
            yield from zip(*(cells or () for cells in columns), strict=True)
            return
        lists = [many.cells(keys) for many in self._many]
        for place, row in enumerate(present):
            line = [cells[place] if cells else None for cells in columns]
            extra = [found.get(row[0], ()) for found in lists]
            longest = max((len(one) for one in extra), default=0)
            for number in range(max(1, longest)):
                if number:
                    line = [None] * len(line)
                for many, values in zip(self._many, extra, strict=True):
                    if number < len(values):
                        for at, value in zip(many.places, values[number], strict=True):
                            line[at] = value
                yield line
            # One cell holds all ids of a list when an import is to read it back.

    # --- single values -------------------------------------------------------------

    def _use(self, expr: str) -> int:
        return self._exprs.setdefault(expr, len(self._exprs))

    def _source(self, column: Column) -> _Source:
        prefix = [step.field.column for step in column.steps]
        guards = [
            (self._use("__".join(prefix[: place + 1])), step.target)
            for place, step in enumerate(column.steps)
            if _is_guarded(step, self.style.actor)
        ]
        if column.field is None:
            place = self._use("__".join(prefix) or "pk")
            target = column.record_type.name if column.is_id else ""
            return _Source(place, None, -1, guards, target)
        field = column.field
        expr = "__".join([*prefix, field.column])
        if field.kind == Kind.LINK:
            linked = by_name(field.target)
            if is_short_list(linked):
                # Words may have a form of their own in each language.
                return _Source(self._use(expr), None, -1, guards, "", titles_of=linked)
            expr = f"{expr}__{title_column(linked)}"
        currency = -1
        if field.kind == Kind.MONEY and column.record_type.currency:
            parts = [*prefix, *column.record_type.currency.split(".")]
            currency = self._use("__".join(parts))
        convert = converter(field, self.style)
        return _Source(self._use(expr), convert, currency, guards, "", self.style)

    # --- lists -----------------------------------------------------------------------

    def _lists(self) -> list[_Many]:
        groups: dict[str, list[int]] = {}
        for place, column in enumerate(self.columns):
            path = _list_path(column)
            if path:
                groups.setdefault(path, []).append(place)
        return [
            _Many(self, path, places, [self.columns[place] for place in places])
            for path, places in groups.items()
        ]


class _Source:
    """Where the cells of a column with single values come from."""

    def __init__(
        self,
        place: int,
        convert: Convert | None,
        currency: int,
        guards: Sequence[tuple[int, RecordType]],
        ids_of: str,
        style: Style | None = None,
        titles_of: RecordType | None = None,
    ) -> None:
        self.titles_of = titles_of
        self.place = place
        self.convert = convert
        self.currency = currency
        self.guards = guards
        self.ids_of = ids_of
        self.style = style

    def cells(self, rows: Sequence[tuple[Any, ...]], actor: Actor) -> list[Value]:
        """The column's values for some rows."""
        values = [row[self.place] for row in rows]
        for place, target in self.guards:
            keys = {row[place] for row in rows if row[place] is not None}
            seen = set(
                visibility.visible(target, actor)
                .filter(Among("pk", keys))
                .order_by()
                .values_list("pk", flat=True)
            )
            values = [
                value if row[place] in seen else None
                for row, value in zip(rows, values, strict=True)
            ]
        if self.ids_of:
            known = external_ids(by_name(self.ids_of), {v for v in values if v})
            return [known.get(value) for value in values]
        if self.titles_of is not None:
            model = self.titles_of.model
            records = model._default_manager.in_bulk({v for v in values if v})
            titles = {key: str(record) for key, record in records.items()}
            return [titles.get(value) for value in values]
        if self.currency >= 0 and self.style is not None:
            own = actor.company.currency
            return [
                amount(value, row[self.currency] or own, self.style)
                for row, value in zip(rows, values, strict=True)
            ]
        convert = self.convert
        if convert is None:
            return values
        return [None if value is None else convert(value) for value in values]


class _Many:
    """Columns behind one list of links: tags, and fields of tags."""

    def __init__(
        self, table: Table, path: str, places: Sequence[int], columns: Sequence[Column]
    ) -> None:
        self.table = table
        self.path = path
        self.places = places
        self.columns = columns
        link = _list_field(columns[0])
        self.target = by_name(link.target)
        self.style = table.style
        self.exprs = [self._expr(column) for column in columns]

    def _expr(self, column: Column) -> str:
        if column.many is None:
            return f"{self.path}__{title_column(self.target)}"
        rest = [step.field.column for step in column.steps[column.many + 1 :]]
        if column.field is None:
            return "__".join([self.path, *rest])
        expr = "__".join([self.path, *rest, column.field.column])
        if column.field.kind == Kind.LINK:
            expr = f"{expr}__{title_column(by_name(column.field.target))}"
        return expr

    def cells(self, keys: Sequence[int]) -> dict[int, list[list[Value]]]:
        """For each record its lines: one value per column of this list."""
        order = [_behind(self.path, name) for name in self.target.order]
        found = (
            self.table.type.model._default_manager.filter(
                Among("pk", keys), **{f"{self.path}__isnull": False}
            )
            .order_by(*order)
            .values_list("pk", self.path, *self.exprs)
        )
        rows = list(found)
        if not self.target.access.allows(self.style.actor, "read"):
            return {}
        seen = set(
            visibility.visible(self.target, self.style.actor)
            .filter(Among("pk", {row[1] for row in rows}))
            .order_by()
            .values_list("pk", flat=True)
        )
        ids = [
            external_ids(c.record_type, {row[2 + n] for row in rows if row[2 + n]})
            if c.is_id
            else None
            for n, c in enumerate(self.columns)
        ]
        converts = [
            converter(c.field, self.style) if c.field and c.many is not None else None
            for c in self.columns
        ]
        lines: dict[int, list[list[Value]]] = {}
        for row in rows:
            if row[1] not in seen:
                continue
            line: list[Value] = []
            for value, known, convert in zip(row[2:], ids, converts, strict=True):
                if known is not None:
                    line.append(known.get(value))
                else:
                    line.append(
                        convert(value) if convert and value is not None else value
                    )
            lines.setdefault(row[0], []).append(line)
        if self.style.compatible:
            return {key: [_joined(found)] for key, found in lines.items()}
        return lines


def _joined(lines: Sequence[Sequence[Value]]) -> list[Value]:
    """All links of a record in one cell, as an import reads them."""
    return [
        ",".join(str(value) for value in cells) for cells in zip(*lines, strict=True)
    ]


def _behind(path: str, name: str) -> str:
    sign = "-" if name.startswith("-") else ""
    return f"{sign}{path}__{name.lstrip('-')}"


def _ends_many(column: Column) -> bool:
    return column.field is not None and column.field.kind == Kind.LINKS


def _list_field(column: Column) -> Field:
    if column.field is not None and column.many is None:
        return column.field
    return column.steps[column.many or 0].field


def _list_path(column: Column) -> str:
    """The way to the list that a column belongs to; empty for single values."""
    if column.many is not None:
        return "__".join(s.field.column for s in column.steps[: column.many + 1])
    if column.field is not None and _ends_many(column):
        return "__".join([*(s.field.column for s in column.steps), column.field.column])
    return ""


def _is_guarded(step: Step, actor: Actor) -> bool:
    """Whether some rows of the linked type are hidden from the person."""
    access = step.target.access
    return bool(access.condition(actor, "read")) or access.extra_rule is not None


def title_column(record_type: RecordType) -> str:
    """The column that holds what records are called."""
    field = record_type.fields[record_type.title]
    if field.target:
        return f"{field.column}__{title_column(by_name(field.target))}"
    return field.column


# --- values ---------------------------------------------------------------------------


def converter(field: Field, style: Style) -> Convert | None:
    """How stored values of a field are written; None leaves them as they are."""
    if field.kind == Kind.MONEY:
        currency = style.actor.company.currency
        return lambda value: amount(value, currency, style)
    if field.kind == Kind.CHOICE and not style.compatible:
        labels = {key: str(label) for key, label in field.choices}
        return lambda value: labels.get(value, value)
    if field.kind == Kind.DATETIME:
        return _moments(style)
    if field.kind == Kind.DATE and style.displayed and not style.compatible:
        return style.profile.date_text
    if field.kind == Kind.RICH_TEXT and not style.compatible:
        return plain_text
    return None


def amount(value: int | None, currency: str, style: Style) -> Value:
    """An amount as a number of the main unit; in Toman where the person sees that."""
    if value is None:
        return None
    decimals = money.CURRENCIES[currency].decimals
    if style.toman and currency == money.RIAL:
        return value // 10 if value % 10 == 0 else value / 10
    return value if not decimals else money.to_major(value, currency)


def _moments(style: Style) -> Convert:
    zone = style.profile.tz
    if style.displayed and not style.compatible:
        digits = style.profile.digits

        def shown(value: dt.datetime) -> str:
            local = value.astimezone(zone)
            clock = localize(local.strftime("%H:%M"), digits)
            return f"{style.profile.date_text(local.date())} {clock}"

        return shown
    return lambda value: value.astimezone(zone).replace(tzinfo=None, microsecond=0)


def plain_text(html: str) -> str:
    """Rich text as people read it."""
    if "<" not in html and "&" not in html:
        return html
    from html import unescape

    text = unescape(strip_tags(_BLOCK_END.sub("\n", html)))
    return _BLANK_LINES.sub("\n\n", text).strip()
