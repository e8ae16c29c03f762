"""The table of lines on a form: what stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property
from typing import Any

from django.http import QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.records import rows
from sarnakh.records.actions import column_values
from sarnakh.records.currency import currency_of
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_model
from sarnakh.screens import inputs as drawn
from sarnakh.screens.inputs import Input
from sarnakh.screens.screen import Add, Lines
from sarnakh.screens.shown import input_text

SEQUENCE = "sequence"


@dataclass
class Row:
    """One line with its cells; `add` names how a new one was begun."""

    line: Any
    form: str
    cells: dict[str, Input]
    span: str = ""
    tone: str = ""
    add: str = ""
    may_edit: bool = False
    may_remove: bool = False
    errors: list[str] = default(default_factory=list)

    @property
    def key(self) -> str:
        """Its number, or "new"."""
        return str(self.line.pk or "new")


@dataclass
class Typed:
    """What somebody typed into a line and what is wrong with it."""

    key: str
    given: QueryDict
    errors: dict[str, str]
    add: str = ""


@dataclass
class Table:
    """All lines of a record, as its form shows them."""

    lines: Lines
    record: Any
    actor: Actor
    base: str
    typed: Typed | None = None
    add: str = ""

    def __post_init__(self) -> None:
        self.address = f"{self.base}{self.record.pk}/lines/{self.lines.name}"
        probe = self.lines.type.model(**{self.column: self.record})
        self.currency = currency_of(probe, self.lines.type, self.actor)
        hidden = self.lines.hides(self.record, self.actor)
        readable = self.lines.type.readable_fields(self.actor)
        self.columns: list[Field] = [
            readable[name]
            for name in self.lines.columns
            if name in readable and name not in hidden
        ]
        self.may_edit = (
            rows.may(self.lines.type, self.actor, "write")
            and rows.may_write(self.record, by_model(type(self.record)), self.actor)
            and self.lines.may_edit(self.record, self.actor)
        )
        self.may_add = (
            self.may_edit
            and rows.may(self.lines.type, self.actor, "create")
            and self.lines.may_add(self.record, self.actor)
        )
        self.may_order = self.may_edit and SEQUENCE in self.lines.type.fields

    @property
    def column(self) -> str:
        """The model's link to the record."""
        return self.lines.type.fields[self.lines.parent].column

    @property
    def id(self) -> str:
        """Identity on the page."""
        return f"lines-{self.lines.name}"

    @property
    def adds(self) -> tuple[Add, ...]:
        """How a line may be begun here."""
        return self.lines.adds if self.may_add else ()

    def found(self) -> Any:
        """The lines' rows with what their cells need, in their order."""
        links = [one.column for one in self.columns if one.kind == Kind.LINK]
        many = [one.column for one in self.columns if one.kind == Kind.LINKS]
        found = self.plain().order_by(*self.lines.type.order)
        found = found.select_related(*links) if links else found
        return found.prefetch_related(*many) if many else found

    def plain(self) -> Any:
        """The lines' rows and nothing else.

        Whoever may read the record may read its lines: the record was found among
        those that are visible, and a rule of the lines' type follows their record.
        """
        return self.lines.type.model._default_manager.filter(
            **{self.column: self.record}, **self.lines.where
        )

    def rows(self, keys: set[int]) -> list[Row]:
        """The rows of some lines."""
        return self._made(self.found().filter(pk__in=keys))

    @cached_property
    def all_rows(self) -> list[Row]:
        """Every row; one that was begun comes last."""
        found = self.found()
        made = self._made(found[: self.lines.most] if self.lines.most else found)
        if add := self._begun():
            made.append(self.blank(add))
        return made

    def _made(self, lines: Iterable[Any]) -> list[Row]:
        made = []
        for line in lines:
            # Every line reads its record; it is this one.
            setattr(line, self.column, self.record)
            made.append(self.row(line))
        return made

    def row(self, line: Any) -> Row:
        """One line as a row."""
        return self._row(line, f"{self.id}-{line.pk}")

    def blank(self, add: Add) -> Row:
        """A row for a line that is not there yet."""
        values = {self.lines.parent: self.record.pk, **self.lines.where, **add.values}
        known = {k: v for k, v in values.items() if k in self.lines.type.fields}
        line = self.lines.type.model(**column_values(self.lines.type, known))
        setattr(line, self.column, self.record)
        row = self._row(line, f"{self.id}-new")
        row.add = add.name
        return row

    def _begun(self) -> Add | None:
        wanted = self.typed.add if self.typed else self.add
        return next((one for one in self.adds if one.name == wanted), None)

    def _row(self, line: Any, form: str) -> Row:
        span = self.lines.spans(line)
        fields = [one for one in self.columns if not span or one.name == span]
        fixed = self.lines.read_only(line, self.actor)
        typed = (
            self.typed
            if self.typed and self.typed.key == (str(line.pk) if line.pk else "new")
            else None
        )
        errors = typed.errors if typed else {}
        open_fields = [one for one in fields if one.name not in fixed]
        closed = [one for one in fields if one.name in fixed]
        cells = {
            **drawn.inputs(
                open_fields,
                line,
                self.actor,
                self.currency,
                posted=typed.given if typed else None,
                errors={name: [text] for name, text in errors.items()},
                is_read_only=not self.may_edit,
                form=form,
            ),
            **drawn.inputs(
                closed, line, self.actor, self.currency, is_read_only=True, form=form
            ),
        }
        for cell in cells.values():
            if cell.field.kind == Kind.MONEY and cell.is_read_only:
                # The currency stands with the totals; a column needs it once.
                cell.text = input_text(
                    cell.field, cell.value, self.actor.profile, self.currency
                )
        return Row(
            line=line,
            form=form,
            cells=cells,
            span=span,
            tone=self.lines.tone(line),
            may_edit=self.may_edit,
            may_remove=self.may_edit and self.lines.may_remove(line, self.actor),
            errors=[text for name, text in errors.items() if name not in cells],
        )
