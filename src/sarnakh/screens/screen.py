"""How a record type is looked at and edited: declarations only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records.types import RecordType

Label = str | Promise


class Page(Protocol):
    """A way of looking at the rows of a screen: board, list, …"""

    @property
    def name(self) -> str:
        """As the address says it."""

    @property
    def label(self) -> Label:
        """As people read it."""

    @property
    def icon(self) -> str:
        """Its drawing in the switch."""

    @property
    def template(self) -> str:
        """What draws it."""

    def context(self, look: Any) -> dict[str, Any]:
        """What the template needs."""


@dataclass(frozen=True)
class Section:
    """Fields under a heading, in one of the form's columns."""

    title: Label
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """Fields behind a tab under the form's sections."""

    name: str
    title: Label
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Add:
    """A way to begin a new line: its name, words, and what it is from the start."""

    name: str
    label: Label
    values: Mapping[str, Any] = field(default_factory=dict)
    icon: str = "plus"


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """Records that belong to the form's record, edited in a table on its form.

    `parent` is the field of a line that points at the record. Every cell is saved by
    itself, through the writers of the lines' type. `spans` names the one field that a
    line shows (a heading, a note), `read_only` the fields that are not edited in a
    line as it stands, `hides` columns for this record and person, `where` the rows of
    this table when a type has several, `narrows` what a link field offers; with `most`
    a long table shows its first lines only. `foot` is a template below the table with
    what `totals` gives it.
    """

    name: str
    label: Label
    type: RecordType
    parent: str
    columns: tuple[str, ...]
    adds: tuple[Add, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    may_edit: Callable[[Any, Actor], bool] = lambda record, actor: True
    may_add: Callable[[Any, Actor], bool] = lambda record, actor: True
    may_remove: Callable[[Any, Actor], bool] = lambda line, actor: True
    hides: Callable[[Any, Actor], set[str]] = lambda record, actor: set()
    read_only: Callable[[Any, Actor], set[str]] = lambda line, actor: set()
    spans: Callable[[Any], str] = lambda line: ""
    tone: Callable[[Any], str] = lambda line: ""
    narrows: Callable[..., Any] | None = None
    most: int = 0
    foot: str = ""
    totals: Callable[[Any, Actor], dict[str, Any]] = lambda record, actor: {}
    empty: Label = ""


@dataclass(frozen=True, kw_only=True)
class Button:
    """A named command of the type as a button in the form's header.

    `asks` is the template of a dialog whose fields go to the command; `reads`
    turns what was typed there into keyword arguments. Where the type itself has
    no such command, another room gives `run(record, by=…, **arguments)`, or the
    address of a page as `url`. `place` is "head", "gear" or "lines" (below the
    lines of a document); `may` knows the person as well. A primary button may
    depend on the record.
    """

    command: str
    label: Label
    icon: str = ""
    is_primary: bool | Callable[[Any], bool] = False
    visible: Callable[[Any], bool] = lambda record: True
    may: Callable[[Any, Actor], bool] = lambda record, actor: True
    asks: str = ""
    asking: Callable[[Any, Actor], dict[str, Any]] | None = None
    reads: Callable[[Any, Actor], dict[str, Any]] | None = None
    done: Callable[[Any, Actor], Label] | None = None
    run: Callable[..., Any] | None = None
    url: Callable[[Any], str] | None = None
    place: str = "head"
    verb: str = "write"
    rank: int = 50


@dataclass(frozen=True, kw_only=True)
class SmartButton:
    """A count of related records that opens them."""

    name: str
    label: Label
    icon: str
    count: Callable[[Any, Actor], int]
    url: Callable[[Any], str]
    hides_zero: bool = False
    note: Callable[[Any, Actor], str] | None = None
    rank: int = 50


@dataclass(frozen=True, kw_only=True)
class Step:
    """A state in the bar of a form, where buttons move the record, not clicks."""

    label: Label
    is_current: bool = False
    is_past: bool = False


@dataclass(frozen=True, kw_only=True)
class Banner:
    """Something to know before going on; with a command, the button that acts, with
    an address, the way to where it can be put right.

    `tone` is "info", "warn", "bad" or "good".
    """

    text: Label
    tone: str = "warn"
    command: str = ""
    url: str = ""
    label: Label = ""


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Something to do with the selected rows.

    `run(records, by=…, **arguments)` returns how many it changed.
    """

    name: str
    label: Label
    run: Callable[..., int]
    icon: str = ""
    asks: str = ""
    reads: Callable[[Any, Actor], dict[str, Any]] | None = None
    verb: str = "write"
    role: Role | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Screen:
    """A place of the product, declared once and listed in `config/screens.py`.

    `condition` always holds here and is never shown; `defaults` are the filters
    on when the screen is entered; `presets` gives values to new records; `hides`
    names fields that a form leaves out for this record and person, `fixes` those
    that cannot be edited now. `progress` draws states, `banners` what to know
    first. `may_edit` and `may_delete` say no where the record's state does.
    """

    slug: str
    type: RecordType
    title: Label
    pages: tuple[Page, ...]
    condition: list[Any] = field(default_factory=list)
    defaults: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    new_label: Label = ""
    header: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    lines: tuple[Lines, ...] = ()
    tabs: tuple[Tab, ...] = ()
    status: str = ""
    status_values: Callable[[Any, Actor], list[Any]] | None = None
    hides: Callable[[Any, Actor], set[str]] = lambda record, actor: set()
    fixes: Callable[[Any, Actor], set[str]] = lambda record, actor: set()
    progress: Callable[[Any, Actor], list[Step]] | None = None
    banners: Callable[[Any, Actor], list[Banner]] | None = None
    may_edit: Callable[[Any], bool] = lambda record: True
    may_delete: Callable[[Any], bool] = lambda record: True
    ribbon: Callable[[Any], tuple[str, Label] | None] = lambda record: None
    buttons: tuple[Button, ...] = ()
    smart_buttons: tuple[SmartButton, ...] = ()
    bulk: tuple[Bulk, ...] = ()
    presets: Callable[[Actor], dict[str, Any]] = lambda actor: {}
    panels: tuple[str, ...] = ()
    insets: tuple[str, ...] = ()
    form_template: str = "screens/form.html"
    empty: Label = ""
    celebrates: Callable[..., Any] | None = None

    @property
    def form_fields(self) -> list[str]:
        """Every field of the form in reading order."""
        names = [*self.header]
        for section in self.sections:
            names += section.fields
        for tab in self.tabs:
            for section in tab.sections:
                names += section.fields
        return list(dict.fromkeys(names))

    def page(self, name: str) -> Page:
        """The page of that name, else the first."""
        return next((p for p in self.pages if p.name == name), self.pages[0])
