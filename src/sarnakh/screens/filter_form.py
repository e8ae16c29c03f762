"""The form of the filter editor: what was posted, checked, ready to be drawn."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from django.http import QueryDict
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib.errors import Refused
from sarnakh.records import conditions
from sarnakh.records.access import grouped
from sarnakh.records.types import RecordType
from sarnakh.screens import filter_rules as rules
from sarnakh.screens import filter_tree as trees
from sarnakh.screens.filter_paths import Paths
from sarnakh.screens.filter_rules import Draft, Kept, Missing
from sarnakh.screens.filter_tree import Branch, Rule
from sarnakh.screens.state import MAX_FACETS

Leaf: TypeAlias = Draft | Kept
MOST_NODES = 250
DEEPEST = 12
MOST_KEYS = 200
LONGEST_CONDITION = 15_000


@dataclass(frozen=True)
class Form:
    """A tree that somebody is working on.

    `is_new` forms start with a suggestion and must not be confirmed while empty.
    `shows_missing` also complains about what was not entered yet.
    """

    record_type: RecordType
    actor: Actor
    root: Branch[Leaf]
    with_archived: bool = False
    is_new: bool = True
    shows_missing: bool = False
    focus: str = ""
    paths: Paths = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "paths", Paths(self.record_type, self.actor))

    @cached_property
    def faults(self) -> dict[str, str]:
        """What is wrong, by node; blank inputs count as well."""
        return {**self._missing, **self._wrong}

    @cached_property
    def shown_faults(self) -> dict[str, str]:
        """What the form complains about now."""
        return self.faults if self.shows_missing else self._wrong

    @property
    def is_empty(self) -> bool:
        """Whether there is no rule at all, which means every record."""
        return not self.root.members

    @cached_property
    def parts(self) -> list[list[Any]]:
        """The conditions that become chips; only for forms without faults."""
        found = trees.conditions(self.root, self._written)
        if not self.with_archived:
            return found
        marker = [_archived_too(self.record_type)]
        if self.root.connector == "all" or not found:
            return [marker, *found]
        return [[*marker, *found[0]]]

    @cached_property
    def chips(self) -> list[str]:
        """The same as texts of an address; raises Refused when they are too long."""
        parts = self.parts
        if len(parts) > MAX_FACETS // 2:
            parts = [[member for part in parts for member in part]]
        texts = [
            json.dumps(p, ensure_ascii=False, separators=(",", ":")) for p in parts
        ]
        if sum(map(len, texts)) > LONGEST_CONDITION:
            raise Refused(_("The condition is too long."), "condition_limit")
        return list(dict.fromkeys(texts))

    def leaves(self) -> Iterator[tuple[str, Leaf]]:
        """Rules with their node, in reading order."""
        yield from _leaves(self.root, ())

    def field_of(self, draft: Draft) -> Any:
        """The field at the end of a draft's path; None when it is not offered."""
        steps = self.paths.steps(draft.path)
        return steps[-1] if steps else None

    def new_rule(self) -> Draft:
        """A rule on a sensible field, its value still blank."""
        path = self.paths.first
        steps = self.paths.steps(path)
        return Draft(path, rules.first_operator(steps[-1]) if steps else "")

    @cached_property
    def _checked(self) -> tuple[dict[str, str], dict[str, str]]:
        missing, wrong = {}, {}
        for identity, leaf in self.leaves():
            try:
                self._check(leaf)
            except Missing as error:
                missing[identity] = str(error)
            except Refused as error:
                wrong[identity] = error.message
            except ValueError as error:
                wrong[identity] = str(error) or _("This value does not fit.")
        return missing, wrong

    @property
    def _missing(self) -> dict[str, str]:
        return self._checked[0]

    @property
    def _wrong(self) -> dict[str, str]:
        return self._checked[1]

    def _check(self, leaf: Leaf) -> None:
        if isinstance(leaf, Draft) and self.field_of(leaf) is None:
            raise ValueError(_("Choose a field."))
        conditions.parse(self._written(leaf), self.record_type, self.actor)

    def _written(self, leaf: Leaf) -> list[Any]:
        if isinstance(leaf, Kept):
            return grouped(leaf.condition)
        value = rules.value_of(leaf, self.field_of(leaf), self.actor)
        return conditions.build(leaf.path, leaf.operator, value)


def new(record_type: RecordType, actor: Actor) -> Form:
    """The form of a filter that is still to be made: any of one blank rule."""
    form = Form(record_type, actor, Branch("any"))
    return dataclasses.replace(form, root=Branch("any", (form.new_rule(),)))


def edited(record_type: RecordType, actor: Actor, condition: list[Any]) -> Form:
    """The form of a condition; raises Invalid for what the actor may not ask."""
    conditions.parse(condition, record_type, actor)
    root, with_archived = trees.read(condition), False
    if record_type.active:
        rest = trees.without(root, Rule(record_type.active, "in", [True, False]))
        root, with_archived = rest or root, rest is not None
    form = Form(record_type, actor, Branch("any"), with_archived, is_new=False)

    def leaf(rule: Rule) -> Leaf:
        described = form.field_of(Draft(rule.path, rule.operator))
        draft = rules.draft_of(rule, described, actor) if described else None
        built = conditions.build(rule.path, rule.operator, rule.value)
        return draft or Kept(built)

    return dataclasses.replace(form, root=trees.mapped(root, leaf))


def posted(record_type: RecordType, actor: Actor, given: QueryDict) -> Form:
    """The form as somebody left it."""
    paths = Paths(record_type, actor)
    identities = [
        identity
        for identity in given.getlist("node")[:MOST_NODES]
        if _is_identity(identity)
    ]
    root = trees.gathered(
        identities,
        lambda identity: _connector(given, identity),
        lambda identity: _leaf(given, identity, paths),
    )
    return Form(
        record_type,
        actor,
        root,
        with_archived=bool(record_type.active) and "archived" in given,
        is_new="new" in given,
    )


def changed(form: Form, wish: str) -> Form:
    """The form after a button: `rule:r-0`, `branch:r-0`, `copy:r-0`, `remove:r-0`.

    Anything else, as for nodes that are gone, leaves it as it is.
    """
    name, _colon, identity = wish.partition(":")
    try:
        position = trees.position_of(identity)
        root, focus = _changed(form, name, position)
    except (ValueError, IndexError):
        return form
    if sum(1 for _leaf_ in _leaves(root, ())) > MOST_NODES // 2:
        return form
    return dataclasses.replace(form, root=root, focus=trees.node_id(focus))


def _changed(
    form: Form, name: str, position: trees.Position
) -> tuple[Branch[Leaf], trees.Position]:
    root = form.root
    after = (*position[:-1], position[-1] + 1) if position else (len(root.members),)
    match name:
        case "rule":
            return trees.added(root, position, form.new_rule()), after
        case "branch":
            parent = trees.at(root, position[:-1])
            if not isinstance(parent, Branch) or len(position) >= DEEPEST:
                raise ValueError(name)
            kind = trees.opposite(parent.connector)
            inner: Branch[Leaf] = Branch(kind, (form.new_rule(),))
            return trees.added(root, position, inner), (*after, 0)
        case "copy" if position:
            return trees.added(root, position, trees.at(root, position)), after
        case "remove":
            before = (*position[:-1], max(0, position[-1] - 1)) if position else ()
            left = trees.removed(root, position)
            try:
                trees.at(left, before)
            except IndexError:
                before = ()
            return left, before
    raise ValueError(name)


def _leaves(
    node: trees.Node[Leaf], position: trees.Position
) -> Iterator[tuple[str, Leaf]]:
    if not isinstance(node, Branch):
        yield trees.node_id(position), node
        return
    for number, member in enumerate(node.members):
        yield from _leaves(member, (*position, number))


def _archived_too(record_type: RecordType) -> list[Any]:
    return [record_type.active, "in", [True, False]]


# --- from the form --------------------------------------------------------------------


def _is_identity(identity: str) -> bool:
    try:
        return len(trees.position_of(identity)) <= DEEPEST
    except ValueError:
        return False


def _connector(given: QueryDict, identity: str) -> trees.Connector | None:
    found = given.get(f"{identity}.c")
    return next((one for one in trees.CONNECTORS if one == found), None)


def _leaf(given: QueryDict, identity: str, paths: Paths) -> Leaf:
    kept = given.get(f"{identity}.k")
    if kept is not None:
        return Kept(_list(kept))
    path, was = _path(given, identity), given.get(f"{identity}.was", "")
    steps = paths.steps(path)
    if not steps:
        return Draft(path, "")
    operator = given.get(f"{identity}.o", "")
    if operator not in [name for name, _label in conditions.operators(steps[-1])]:
        operator = rules.first_operator(steps[-1])
    if path != was:
        # What was typed belongs to another field.
        return Draft(path, rules.first_operator(steps[-1]))
    shape = rules.shape(steps[-1], operator)
    draft = Draft(path, operator, _texts(given, identity), _keys(given, identity))
    before = given.get(f"{identity}.shape", shape)
    draft = rules.reshaped(draft, before, shape)
    return rules.settled(draft, steps[-1], paths.actor)


def _list(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _path(given: QueryDict, identity: str) -> str:
    """The chosen path; steps behind one that has changed belong to the old one."""
    chosen = given.get(f"{identity}.p", "")
    if chosen:
        return chosen[:200]
    was = given.get(f"{identity}.was", "").split(".")
    names: list[str] = []
    for number in (1, 2, 3):
        name = given.get(f"{identity}.p{number}", "")[:60]
        if not name:
            break
        names.append(name)
        if name != (was[number - 1] if number <= len(was) else ""):
            break
    return ".".join(names)


def _keys(given: QueryDict, identity: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.getlist(f"{identity}.key")[:MOST_KEYS]))


def _texts(given: QueryDict, identity: str) -> tuple[str, ...]:
    if given.get(f"{identity}.shape") == "span":
        return given.get(f"{identity}.n0", "")[:20], given.get(f"{identity}.u0", "")
    return _end(given, f"{identity}.{{}}0"), _end(given, f"{identity}.{{}}1")


def _end(given: QueryDict, name: str) -> str:
    """A typed text, or a dynamic date with its shift."""
    token = given.get(name.format("w"), "")[:40]
    if not token:
        return given.get(name.format("v"), "")[:5_000]
    amount = "".join(given.get(name.format("n"), "").split())[:20].lstrip("+-")
    if not amount:
        return token
    sign = "+" if given.get(name.format("s")) == "+" else "-"
    return f"{token} {sign}{amount} {rules.unit(given.get(name.format('u'), ''))}"
