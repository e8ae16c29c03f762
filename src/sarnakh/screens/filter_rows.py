"""The tree of the filter editor as templates draw it."""

import json
from dataclasses import dataclass, field
from typing import Any, Union

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.records import conditions, rows
from sarnakh.records.conditions.operators import UNITS
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_name
from sarnakh.screens import filter_rules as rules
from sarnakh.screens import filter_tree as trees
from sarnakh.screens.filter_form import Form, Leaf
from sarnakh.screens.filter_paths import MOST_STEPS
from sarnakh.screens.filter_rules import Draft, Kept

Label = str | Promise
Option = tuple[Any, Label]

CONNECTORS: list[tuple[trees.Connector, Label]] = [
    ("any", pgettext_lazy("filter connector", "any")),
    ("all", pgettext_lazy("filter connector", "all")),
    ("none", pgettext_lazy("filter connector", "none")),
]
MOMENTS: list[Option] = [
    ("", _("On a date")),
    ("@today", pgettext_lazy("dynamic date", "Today")),
    ("@week_start", pgettext_lazy("dynamic date", "Start of this week")),
    ("@month_start", pgettext_lazy("dynamic date", "Start of this month")),
    ("@quarter_start", pgettext_lazy("dynamic date", "Start of this quarter")),
    ("@year_start", pgettext_lazy("dynamic date", "Start of this year")),
]
DIRECTIONS: list[Option] = [("-", _("earlier")), ("+", _("later"))]


@dataclass(frozen=True)
class Step:
    """One list of the path: the fields there are, and the chosen one."""

    number: int
    owner: str
    options: list[Option]
    chosen: str


@dataclass(frozen=True)
class End:
    """An input for a number, a text or a date; `moment` is a dynamic date."""

    number: int
    text: str = ""
    moment: str = ""
    amount: str = ""
    unit: str = "d"
    direction: str = "-"


@dataclass(frozen=True)
class Chip:
    """A chosen record or choice."""

    key: str
    label: str
    tone: int = 0


@dataclass(frozen=True)
class RuleRow:
    """A rule with everything that its inputs need."""

    id: str
    path: str
    label: str
    can_step: bool
    steps: list[Step]
    operator: str = ""
    operators: list[Option] = field(default_factory=list)
    shape: rules.Shape = "none"
    described: Field | None = None
    ends: list[End] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    text: str = ""
    error: str = ""
    has_focus: bool = False
    is_rule = True

    @property
    def value_template(self) -> str:
        """The drawing of its value."""
        return f"screens/filter/values/{self.shape}.html"

    @property
    def units(self) -> list[Option]:
        """Units of time."""
        return list(UNITS.items())

    @property
    def moments(self) -> list[Option]:
        """Dynamic dates."""
        return MOMENTS

    @property
    def directions(self) -> list[Option]:
        """Before or after a dynamic date."""
        return DIRECTIONS


@dataclass(frozen=True)
class KeptRow:
    """What the editor shows in words only."""

    id: str
    sentence: str
    json: str
    error: str = ""
    has_focus: bool = False
    is_kept = True


@dataclass(frozen=True)
class BranchRow:
    """A connector with its members."""

    id: str
    connector: str
    members: list[Union["BranchRow", RuleRow, KeptRow]]
    has_focus: bool = False
    is_branch = True

    @property
    def connectors(self) -> list[tuple[trees.Connector, Label]]:
        """What it may be."""
        return CONNECTORS


def drawn(form: Form) -> BranchRow:
    """The whole tree."""
    return _branch(form, form.root, ())


def _branch(
    form: Form, branch: trees.Branch[Leaf], position: trees.Position
) -> BranchRow:
    members: list[BranchRow | RuleRow | KeptRow] = []
    for number, member in enumerate(branch.members):
        place = (*position, number)
        if isinstance(member, trees.Branch):
            members.append(_branch(form, member, place))
        elif isinstance(member, Kept):
            members.append(_kept(form, member, trees.node_id(place)))
        else:
            members.append(_rule(form, member, trees.node_id(place)))
    identity = trees.node_id(position)
    return BranchRow(identity, branch.connector, members, form.focus == identity)


def _kept(form: Form, kept: Kept, identity: str) -> KeptRow:
    error = form.shown_faults.get(identity, "")
    sentence = ""
    if not error:
        sentence = conditions.sentence(kept.condition, form.record_type, form.actor)
    text = json.dumps(kept.condition, ensure_ascii=False)
    return KeptRow(identity, sentence, text, error, form.focus == identity)


def _rule(form: Form, draft: Draft, identity: str) -> RuleRow:
    described: Field | None = form.field_of(draft)
    common: dict[str, Any] = {
        "id": identity,
        "steps": _steps(form, draft.path),
        "error": form.shown_faults.get(identity, ""),
        "has_focus": form.focus == identity,
    }
    if described is None:
        return RuleRow(path="", label="", can_step=False, **common)
    shape = rules.shape(described, draft.operator)
    return RuleRow(
        path=draft.path,
        label=form.paths.label(draft.path),
        can_step=form.paths.can_step(draft.path),
        operator=draft.operator,
        operators=conditions.operators(described),
        shape=shape,
        described=described,
        ends=_ends(draft, shape),
        chips=_chips(form, draft, described) if shape == "chips" else [],
        text=draft.text(0),
        **common,
    )


def _steps(form: Form, path: str) -> list[Step]:
    """A list for every step, and one more where a link leads on."""
    fields = form.paths.steps(path)
    names = [one.name for one in fields]
    found = []
    owner, said = form.record_type, ""
    for number in range(MOST_STEPS):
        chosen = names[number] if number < len(names) else ""
        options: list[Option] = [
            (one.name, one.label) for one in form.paths.fields(owner)
        ]
        found.append(Step(number + 1, said, options, chosen))
        target = form.paths.target(fields[number]) if chosen else None
        if target is None:
            break
        owner, said = target, str(fields[number].label)
    return found


def _ends(draft: Draft, shape: rules.Shape) -> list[End]:
    if shape == "span":
        return [End(0, amount=draft.text(0), unit=draft.text(1) or "d")]
    if shape not in {"number", "date"}:
        return []
    numbers = (0, 1) if draft.operator == "between" else (0,)
    return [_end(number, draft.text(number)) for number in numbers]


def _end(number: int, text: str) -> End:
    if not text.startswith("@"):
        return End(number, text)
    moment, *shift = text.split()
    if len(shift) != 2:
        return End(number, moment=moment)
    direction = "+" if shift[0].startswith("+") else "-"
    return End(number, "", moment, shift[0].lstrip("+-"), shift[1], direction)


def _chips(form: Form, draft: Draft, described: Field) -> list[Chip]:
    if described.kind == Kind.CHOICE:
        labels = {str(key): str(label) for key, label in described.choices}
        return [Chip(key, labels[key]) for key in draft.keys if key in labels]
    linked = by_name(described.target)
    keys = [int(k) for k in draft.keys if k.isascii() and k.isdigit() and len(k) < 19]
    visible = rows.visible(linked, form.actor).filter(pk__in=keys)
    records = {record.pk: record for record in visible}
    found = []
    for key in keys:
        record = records.get(key)
        label = linked.title_of(record) if record else _unseen()
        found.append(Chip(str(key), label, getattr(record, "tone", None) or 0))
    return found


def _unseen() -> str:
    """What stands for a record that may not be seen."""
    return str(_("(no access)"))
