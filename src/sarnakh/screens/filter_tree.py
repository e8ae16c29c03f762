"""The tree of the filter editor, and how it is read from and written to conditions.

Pure shape: what stands in a leaf is up to the caller. A leaf that was read from a
condition is a `Rule`; written it becomes one operand of the condition language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeAlias, TypeVar, Union

Connector = Literal["any", "all", "none"]
Position = tuple[int, ...]
Leaf = TypeVar("Leaf")
Other = TypeVar("Other")
Written: TypeAlias = list[Any]

CONNECTORS: tuple[Connector, ...] = ("any", "all", "none")
LAST = re.compile(r"@today-([0-9]+)([dwmqy])\+1d")
NEXT = re.compile(r"@today\+([0-9]+)([dwmqy])-1d")


@dataclass(frozen=True)
class Rule:
    """A field path, a choice of the editor's operators, a value as in conditions."""

    path: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class Branch(Generic[Leaf]):
    """Members under one connector."""

    connector: Connector
    members: tuple[Union["Branch[Leaf]", Leaf], ...] = ()


Node: TypeAlias = Branch[Leaf] | Leaf


# --- conditions -----------------------------------------------------------------------


def read(condition: Written) -> Branch[Rule]:
    """The tree of a condition that is known to be well formed."""
    stack: list[Node[Rule]] = []
    # Read from the end, every connector finds its operands ready.
    for member in reversed(condition):
        if member == "!":
            stack.append(_denied(stack.pop()))
        elif isinstance(member, str):
            operands = [stack.pop(), stack.pop()]
            stack.append(_joined("all" if member == "&" else "any", operands))
        else:
            stack.append(_rule(*member))
    whole = _tidied(_joined("all", list(reversed(stack))))
    if not isinstance(whole, Branch):
        return Branch("any", (whole,))
    return whole if whole.members else Branch("any")


def operand(node: Node[Leaf], write: Callable[[Leaf], Written]) -> Written:
    """A node as one operand; `write` gives that of a leaf. Empty branches are `[]`."""
    if not isinstance(node, Branch):
        return write(node)
    parts = [part for member in node.members if (part := operand(member, write))]
    if not parts:
        return []
    sign = "&" if node.connector == "all" else "|"
    joined: Written = [sign] * (len(parts) - 1)
    for part in parts:
        joined += part
    return ["!", *joined] if node.connector == "none" else joined


def conditions(root: Branch[Leaf], write: Callable[[Leaf], Written]) -> list[Written]:
    """What has to hold together: one per member under "all", else a single one."""
    nodes: tuple[Node[Leaf], ...] = (root,)
    if root.connector == "all":
        nodes = root.members
    return [part for node in nodes if (part := operand(node, write))]


def without(root: Branch[Rule], wanted: Rule) -> Branch[Rule] | None:
    """The tree without a rule that all of it must meet; None if it has none."""
    if wanted not in root.members:
        return None
    if root.connector != "all" and len(root.members) > 1:
        return None
    if root.connector == "none":
        return None
    rest = tuple(member for member in root.members if member != wanted)
    if len(rest) == 1 and isinstance(rest[0], Branch):
        return rest[0]
    return Branch(root.connector if len(rest) > 1 else "any", rest)


def _rule(path: str, operator: str, value: Any) -> Rule:
    """A triple in the words of the editor, where it has some."""
    if operator in {"=", "!="}:
        is_not = operator == "!="
        if value is None or value is False:
            return Rule(path, "set" if is_not else "not set")
        if isinstance(value, (list, tuple)):
            return Rule(path, "not in" if is_not else "in", list(value))
        if value == "@me" and not is_not:
            return Rule(path, "me")
    if (operator, value) == ("in", "@my_teams"):
        return Rule(path, "my_teams")
    return Rule(path, operator, value)


def _joined(connector: Connector, parts: list[Node[Rule]]) -> Branch[Rule]:
    """Parts under one connector; parts of the same connector melt into it."""
    members: list[Node[Rule]] = []
    for part in parts:
        if isinstance(part, Branch) and part.connector == connector:
            members += part.members
        else:
            members.append(part)
    return Branch(connector, tuple(members))


def _denied(part: Node[Rule]) -> Branch[Rule]:
    """None of: a denied "any" says it without another level."""
    if isinstance(part, Branch) and part.connector == "any":
        return replace(part, connector="none")
    return Branch("none", (part,))


def _tidied(branch: Branch[Rule]) -> Node[Rule]:
    """Ranges as one rule; a branch around a single member is that member."""
    members: list[Node[Rule]] = []
    for member in branch.members:
        node = _tidied(member) if isinstance(member, Branch) else member
        span = _span(members[-1], node) if members else None
        if branch.connector == "all" and span is not None:
            members[-1] = span
        else:
            members.append(node)
    if len(members) == 1 and branch.connector != "none":
        return members[0]
    return Branch(branch.connector, tuple(members))


def _span(first: Node[Rule], last: Node[Rule]) -> Rule | None:
    """The rule behind a lower and an upper end side by side."""
    if isinstance(first, Branch) or isinstance(last, Branch):
        return None
    if first.path != last.path or (first.operator, last.operator) != (">=", "<="):
        return None
    start, end = first.value, last.value
    if end == "@today" and (found := LAST.fullmatch(str(start))):
        return Rule(first.path, "last", [int(found[1]), found[2]])
    if start == "@today" and (found := NEXT.fullmatch(str(end))):
        return Rule(first.path, "next", [int(found[1]), found[2]])
    return Rule(first.path, "between", [start, end])


# --- changes --------------------------------------------------------------------------


def at(root: Branch[Leaf], position: Position) -> Node[Leaf]:
    """The node at a position; IndexError when there is none."""
    node: Node[Leaf] = root
    for number in position:
        if not isinstance(node, Branch):
            raise IndexError(position)
        node = node.members[number]
    return node


def added(root: Branch[Leaf], position: Position, node: Node[Leaf]) -> Branch[Leaf]:
    """With a node after the one at a position; at the end of the root for `()`."""
    if not position:
        return replace(root, members=(*root.members, node))
    at(root, position)
    return _spliced(root, position, lambda present: (present, node))


def removed(root: Branch[Leaf], position: Position) -> Branch[Leaf]:
    """Without the node at a position, nor the branches that this leaves empty."""
    if not position:
        return Branch(root.connector)
    at(root, position)
    parent = at(root, position[:-1])
    if isinstance(parent, Branch) and len(parent.members) == 1:
        return removed(root, position[:-1])
    return _spliced(root, position, lambda present: ())


def mapped(node: Branch[Leaf], change: Callable[[Leaf], Other]) -> Branch[Other]:
    """The same tree with other leaves."""
    members: list[Node[Other]] = [
        mapped(member, change) if isinstance(member, Branch) else change(member)
        for member in node.members
    ]
    return Branch(node.connector, tuple(members))


def opposite(connector: Connector) -> Connector:
    """The connector that a new branch inside takes."""
    return "all" if connector == "any" else "any"


def _spliced(
    branch: Branch[Leaf],
    position: Position,
    change: Callable[[Node[Leaf]], tuple[Node[Leaf], ...]],
) -> Branch[Leaf]:
    number, rest = position[0], position[1:]
    member = branch.members[number]
    instead: tuple[Node[Leaf], ...]
    if rest and isinstance(member, Branch):
        instead = (_spliced(member, rest, change),)
    else:
        instead = change(member)
    before, after = branch.members[:number], branch.members[number + 1 :]
    return replace(branch, members=(*before, *instead, *after))


# --- forms ----------------------------------------------------------------------------


def node_id(position: Position) -> str:
    """How a form calls the node at a position: `r`, `r-0`, `r-0-1`."""
    return "-".join(["r", *map(str, position)])


def position_of(identity: str) -> Position:
    """The position that a form calls so; ValueError for anything else."""
    root, *numbers = identity.split("-")
    if root != "r" or not all(n.isascii() and n.isdigit() for n in numbers):
        raise ValueError(identity)
    return tuple(map(int, numbers))


def gathered(
    identities: list[str],
    connector: Callable[[str], Connector | None],
    leaf: Callable[[str], Leaf],
) -> Branch[Leaf]:
    """The tree of a posted form, whose nodes come in reading order.

    `connector` tells branches, `leaf` reads the others. Nodes without a parent
    among them are left out.
    """
    children: dict[str, list[str]] = {}
    for identity in dict.fromkeys(identities):
        parent, _dash, _number = identity.rpartition("-")
        children.setdefault(parent, []).append(identity)

    def branch(identity: str, kind: Connector) -> Branch[Leaf]:
        members: list[Node[Leaf]] = []
        for child in children.get(identity, []):
            inner = connector(child)
            members.append(leaf(child) if inner is None else branch(child, inner))
        return Branch(kind, tuple(members))

    return branch("r", connector("r") or "any")
