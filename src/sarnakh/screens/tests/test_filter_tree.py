"""The tree of the filter editor, without any page around it."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.records.conditions import build
from sarnakh.screens import filter_tree as trees
from sarnakh.screens.filter_tree import Branch, Rule

NAMES = "abcd"
RULES = st.sampled_from(NAMES).map(lambda name: [[name, "=", 1]])
CONDITIONS = st.recursive(
    RULES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: ["&", *two[0], *two[1]]),
        st.tuples(inner, inner).map(lambda two: ["|", *two[0], *two[1]]),
        inner.map(lambda one: ["!", *one]),
    ),
    max_leaves=8,
)


def written(rule: Rule) -> list[Any]:
    return build(rule.path, rule.operator, rule.value)


def whole(root: Branch[Rule]) -> list[Any]:
    return [member for part in trees.conditions(root, written) for member in part]


def holds(condition: list[Any], truth: dict[str, bool]) -> bool:
    stack: list[bool] = []
    for member in reversed(condition):
        if member == "!":
            stack.append(not stack.pop())
        elif member == "&":
            stack.append(stack.pop() & stack.pop())
        elif member == "|":
            stack.append(stack.pop() | stack.pop())
        else:
            stack.append(truth[member[0]])
    return all(stack)


@given(st.lists(CONDITIONS, max_size=3))
def test_a_condition_means_the_same_after_the_editor(parts: list[list[Any]]) -> None:
    condition = [member for part in parts for member in part]
    again = whole(trees.read(condition))

    for values in product([True, False], repeat=len(NAMES)):
        truth = dict(zip(NAMES, values, strict=True))
        assert holds(again, truth) == holds(condition, truth)


@given(CONDITIONS)
def test_a_tree_is_read_back_as_it_was_written(condition: list[Any]) -> None:
    root = trees.read(condition)

    assert trees.read(whole(root)) == root


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ([["a", "=", None]], Rule("a", "not set")),
        ([["a", "!=", False]], Rule("a", "set")),
        ([["a", "=", [1, 2]]], Rule("a", "in", [1, 2])),
        ([["a", "=", "@me"]], Rule("a", "me")),
        ([["a", "in", "@my_teams"]], Rule("a", "my_teams")),
        ([["a", ">=", 1], ["a", "<=", 5]], Rule("a", "between", [1, 5])),
        (build("a", "last", (3, "w")), Rule("a", "last", [3, "w"])),
        (build("a", "next", (1, "m")), Rule("a", "next", [1, "m"])),
    ],
)
def test_plain_triples_are_told_in_the_words_of_the_editor(
    condition: list[Any], rule: Rule
) -> None:
    assert trees.read(condition).members == (rule,)


def test_ends_of_different_fields_are_no_range() -> None:
    root = trees.read([["a", ">=", 1], ["b", "<=", 5]])

    assert root == Branch("all", (Rule("a", ">=", 1), Rule("b", "<=", 5)))


def test_only_all_is_split_into_conditions_of_their_own() -> None:
    rules = (Rule("a", "=", 1), Branch("any", (Rule("b", "=", 1), Rule("c", "=", 1))))

    split = trees.conditions(Branch("all", rules), written)
    one = trees.conditions(Branch("none", rules), written)

    assert split == [[["a", "=", 1]], ["|", ["b", "=", 1], ["c", "=", 1]]]
    assert one == [["!", "|", ["a", "=", 1], "|", ["b", "=", 1], ["c", "=", 1]]]


def test_the_last_rule_takes_its_branch_with_it() -> None:
    a, b = Rule("a", "=", 1), Rule("b", "=", 1)
    root = Branch("any", (a, Branch("all", (b,))))

    assert trees.removed(root, (1, 0)) == Branch("any", (a,))


def test_a_node_is_added_right_after_its_place() -> None:
    a, b, c = (Rule(name, "=", 1) for name in "abc")
    root = Branch("any", (Branch("all", (a, b)),))

    assert trees.added(root, (0, 0), c) == Branch("any", (Branch("all", (a, c, b)),))


def test_nodes_without_a_parent_are_left_out() -> None:
    kinds = {"r": "all", "r-0": "any"}
    posted = ["r", "r-0", "r-0-0", "r-7-1", "r-2"]

    root = trees.gathered(posted, kinds.get, lambda identity: identity)  # type: ignore[arg-type]

    assert root == Branch("all", (Branch("any", ("r-0-0",)), "r-2"))


@pytest.mark.parametrize("identity", ["", "x-1", "r-", "r--1", "r-١", "r-1-a"])
def test_only_positions_of_ours_are_read(identity: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        trees.position_of(identity)
