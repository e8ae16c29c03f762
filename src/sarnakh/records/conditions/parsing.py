"""From the stored JSON list to a checked tree."""

from dataclasses import dataclass
from typing import Any

from sarnakh.records.conditions import places, refusal, values
from sarnakh.records.conditions.language import ANY, OPERATORS, suits
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.conditions.tree import And, Not, Or, Test, Tree
from sarnakh.records.types import RecordType

MOST_TERMS = 200
DEEPEST = 20
MOST_MEMBERS = 1_000
LONGEST_PATH_TEXT = 400
LIST_OPERATORS = {"=": "in", "!=": "not in"}


@dataclass
class _Budget:
    terms: int = 0

    def take(self) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise refusal.too_much("terms", MOST_TERMS)


@dataclass(frozen=True)
class _Part:
    tree: Tree
    depth: int


def parse(condition: Any, record_type: RecordType, reader: Reader) -> Tree:
    """Check a condition for a reader; raises Invalid and names what is wrong.

    Depth counts changes of connector: a long chain of `|` is one step.
    """
    return _parse(condition, record_type, reader, _Budget(), level=0).tree


def _parse(
    condition: Any, record_type: RecordType, reader: Reader, budget: _Budget, level: int
) -> _Part:
    if not isinstance(condition, (list, tuple)):
        raise refusal.wrong_shape()
    if len(condition) > MOST_MEMBERS:
        raise refusal.too_much("terms", MOST_TERMS)
    stack: list[_Part] = []
    # Read from the end, every connector finds its operands ready.
    for member in reversed(condition):
        if isinstance(member, str):
            stack.append(_connected(member, stack))
        else:
            stack.append(_test(member, record_type, reader, budget, level))
        if stack[-1].depth + level > DEEPEST:
            raise refusal.too_much("depth", DEEPEST)
    return _joined(And, list(reversed(stack)))


def _connected(connector: str, stack: list[_Part]) -> _Part:
    if connector not in {"&", "|", "!"} or len(stack) < 1 + (connector != "!"):
        raise refusal.wrong_shape()
    first = stack.pop()
    if connector == "!":
        return _Part(Not(first.tree), first.depth + 1)
    return _joined(And if connector == "&" else Or, [first, stack.pop()])


def _joined(connector: type[And] | type[Or], parts: list[_Part]) -> _Part:
    """Parts under one connector; parts of the same connector melt into it."""
    if len(parts) == 1:
        return parts[0]
    trees: list[Tree] = []
    depth = 1
    for part in parts:
        if isinstance(part.tree, connector):
            trees.extend(part.tree.parts)
            depth = max(depth, part.depth)
        else:
            trees.append(part.tree)
            depth = max(depth, part.depth + 1)
    return _Part(connector(tuple(trees)), depth)


def _test(
    member: Any, record_type: RecordType, reader: Reader, budget: _Budget, level: int
) -> _Part:
    if not isinstance(member, (list, tuple)) or len(member) != 3:
        raise refusal.wrong_shape()
    written, operator, raw = member
    if not isinstance(written, str) or len(written) > LONGEST_PATH_TEXT:
        raise refusal.unknown_field(str(written))
    budget.take()
    path = tuple(written.split("."))
    place = places.resolve(path, record_type, reader)
    known = isinstance(operator, str) and operator in OPERATORS
    if not known or not suits(operator, place, reader):
        raise refusal.wrong_operator(operator, written)
    if operator in ANY:
        target = reader.behind(place.field)
        if level >= DEEPEST:
            raise refusal.too_much("depth", DEEPEST)
        inner = _parse(raw, target, reader, budget, level + 1)
        return _Part(Test(path, operator, inner.tree), inner.depth + 1)
    if isinstance(raw, (list, tuple)):
        operator = LIST_OPERATORS.get(operator, operator)
    value = values.typed(raw, operator, place, reader, written)
    return _Part(Test(path, operator, value), 1)
