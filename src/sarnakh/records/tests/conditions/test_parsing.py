"""What is refused, and with which words."""

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.records import conditions
from sarnakh.records.conditions import And, Not, Or, Test

from .sample.models import Deal
from .sample.types import DEALS

DEEP = [["rank", "=", 1]]
for _step in range(12):
    DEEP = ["|", ["rank", "=", 1], "&", ["rank", "=", 2], *DEEP]
NESTED: list[Any] = [["name", "=", "x"]]
for _step in range(25):
    NESTED = [["parent", "any", NESTED]]

REFUSED: list[tuple[Any, str]] = [
    ("name", "shape"),
    (None, "shape"),
    ({"name": 1}, "shape"),
    (["name", "=", "x"], "shape"),
    (["&", ["rank", "=", 1]], "shape"),
    (["|"], "shape"),
    (["!"], "shape"),
    (["^", ["rank", "=", 1]], "shape"),
    ([["rank", "="]], "shape"),
    ([["rank", "=", 1, 2]], "shape"),
    ([[1, "=", 1]], "field"),
    ([["", "=", 1]], "field"),
    ([["nowhere", "=", 1]], "field"),
    ([["rank.name", "=", 1]], "field"),
    ([["person.nowhere", "=", 1]], "field"),
    ([["properties", "=", None]], "field"),
    ([["properties.a.b", "=", 1]], "field"),
    ([['properties.a"b', "=", 1]], "field"),
    ([["name__contains", "=", "x"]], "field"),
    ([["pk", "=", 1]], "field"),
    ([["rank", "~", 1]], "operator"),
    ([["rank", ["="], 1]], "operator"),
    ([["rank", "ilike", "1"]], "operator"),
    ([["name", "<", "x"]], "operator"),
    ([["is_hot", ">", True]], "operator"),
    ([["rank", "child_of", 1]], "operator"),
    ([["person", "child_of", 1]], "operator"),
    ([["rank", "any", []]], "operator"),
    ([["name", "search", "x"]], "operator"),
    ([["search", "ilike", "x"]], "operator"),
    ([["rank", "phone", "912"]], "operator"),
    ([["rank", "=", "three"]], "value"),
    ([["rank", "=", True]], "value"),
    ([["rank", "<", None]], "value"),
    ([["rank", "=", 2**64]], "value"),
    ([["rank", "=", "1e9"]], "value"),
    ([["rank", "=", float("nan")]], "value"),
    ([["rank", "=", float("inf")]], "value"),
    ([["amount", "=", "1" * 30]], "value"),
    ([["rank", "in", 3]], "value"),
    ([["rank", "<", [3]]], "value"),
    ([["rank", "in", [[3]]]], "value"),
    ([["rank", "=", {}]], "value"),
    ([["name", "=", 5]], "value"),
    ([["name", "ilike", 5]], "value"),
    ([["name", "=like", None]], "value"),
    ([["name", "=", "a\0b"]], "value"),
    ([["name", "=", "\ud800"]], "value"),
    ([["name", "=", "@me"]], "value"),
    ([["name", "ilike", "@today"]], "value"),
    ([["day", "=", "@me"]], "value"),
    ([["owner", "=", "@today"]], "value"),
    ([["day", "=", "@tomorrow"]], "value"),
    ([["day", "=", "@today+1h"]], "value"),
    ([["day", "=", "@today+99999y"]], "value"),
    ([["day", "=", "@today+"]], "value"),
    ([["owner", "in", "@me"]], "value"),
    ([["day", "=", "2025-13-01"]], "value"),
    ([["day", "=", "20250101"]], "value"),
    ([["day", "=", "1500-01-01"]], "value"),
    ([["day", "=", "2025-07-03T00:00:00Z"]], "value"),
    ([["moment", "=", "2025-07-03T00:00:00"]], "value"),
    ([["moment", "=", "yesterday"]], "value"),
    ([["is_hot", "=", 1]], "value"),
    ([["state", "=", "lost"]], "value"),
    ([["person", "=", True]], "value"),
    ([["person", "in", [1, "علی"]]], "value"),
    ([["person", "any", 5]], "shape"),
    ([["person", "any", [["nowhere", "=", 1]]]], "field"),
    ([["rank", "=", 1]] * 201, "limit"),
    (["!"] * 30 + [["rank", "=", 1]], "limit"),
    (DEEP, "limit"),
    ([["rank", "in", list(range(1001))]], "limit"),
    ([["name", "ilike", "x" * 501]], "limit"),
    ([["person.area.parent.parent.parent.name", "=", "x"]], "limit"),
    ([["area", "any", NESTED]], "limit"),
]


@pytest.mark.parametrize(("condition", "code"), REFUSED)
def test_a_wrong_condition_is_refused_and_never_matches_nothing(
    world: SimpleNamespace, condition: Any, code: str
) -> None:
    with pytest.raises(conditions.Invalid) as refused:
        conditions.parse(condition, DEALS, world.actor)

    assert refused.value.code == f"condition_{code}"
    assert refused.value.message


def test_prefix_notation_becomes_a_tree(world: SimpleNamespace) -> None:
    condition = [
        "|",
        ["rank", "=", 2],
        "!",
        ["person.city", "in", ["قم"]],
        ["day", "=", None],
    ]

    tree = conditions.parse(condition, DEALS, world.actor)

    assert tree == And(
        (
            Or(
                (
                    Test(("rank",), "=", 2),
                    Not(Test(("person", "city"), "in", ("قم",))),
                )
            ),
            Test(("day",), "=", None),
        )
    )


def test_a_long_chain_of_one_connector_is_not_deep(world: SimpleNamespace) -> None:
    chain = ["|"] * 199 + [["rank", "=", number] for number in range(200)]

    tree = conditions.parse(chain, DEALS, world.actor)

    assert isinstance(tree, Or)
    assert [part.value for part in tree.parts] == list(range(200))  # type: ignore[union-attr]


def test_typed_text_with_an_at_sign_stays_text(world: SimpleNamespace) -> None:
    typed = conditions.literal("@me")

    tree = conditions.parse([["name", "ilike", typed]], DEALS, world.actor)

    assert tree == Test(("name",), "ilike", "@me")
    assert conditions.literal("me@x") == "me@x"
    for text in ("@me", "@@me"):
        searched = conditions.parse([["search", "search", text]], DEALS, world.actor)
        assert searched == Test(("search",), "search", "@me")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["&", "|", "!", "rank", "person.name", "=", "in", "any", "@me"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=25,
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    condition=ANYTHING
    | st.lists(
        st.tuples(
            st.sampled_from(["rank", "name", "person", "moment", "properties.a", "id"]),
            st.sampled_from(["=", "in", "<", "ilike", "child_of", "any", "=like"]),
            ANYTHING,
        ),
        max_size=3,
    )
)
def test_whatever_comes_in_it_is_understood_or_refused(
    world: SimpleNamespace, condition: Any
) -> None:
    with suppress(conditions.Invalid):
        asked = conditions.compile(condition, DEALS, world.actor)
        Deal.objects.filter(asked).exists()
