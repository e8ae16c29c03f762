"""Choices of the condition editor and counts from a small table."""

from types import SimpleNamespace
from typing import Any

import pytest

from sarnakh.records import conditions

from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("is_hot", "set|not set"),
        ("state", "=|!=|in|not in|set|not set"),
        ("name", "=|!=|ilike|not ilike|in|not in|set|not set"),
        ("rank", "=|!=|>|>=|<|<=|between|set|not set"),
        ("moment", "=|!=|>|>=|<|<=|between|last|next|set|not set"),
        ("labels", "in|not in|ilike|not ilike|set|not set"),
        ("area", "in|not in|ilike|not ilike|child_of|parent_of|set|not set"),
        ("owner", "in|not in|ilike|not ilike|me|set|not set"),
    ],
)
def test_each_kind_offers_its_operators(
    described: None, field: str, choices: str
) -> None:
    offered = conditions.operators(DEALS.fields[field])

    assert [choice for choice, _label in offered] == choices.split("|")
    assert all(str(label) for _choice, label in offered)


@pytest.mark.parametrize(
    ("field", "choice", "value", "expected"),
    [
        ("rank", "between", (3, 10), ["full", "late"]),
        ("day", "last", (2, "d"), ["full", "half"]),
        ("day", "next", (1, "d"), ["full"]),
        ("day", "next", (1, "m"), ["full", "late"]),
        ("moment", "last", (1, "d"), ["full", "half"]),
        ("is_hot", "set", None, ["full"]),
        ("is_hot", "not set", None, ["bare", "half", "late"]),
        ("owner", "me", None, ["full"]),
        ("rank", ">", 3, ["late"]),
    ],
)
def test_a_choice_becomes_plain_triples(
    world: SimpleNamespace, field: str, choice: str, value: Any, expected: list[str]
) -> None:
    condition = conditions.build(field, choice, value)

    asked = conditions.compile(condition, DEALS, world.actor, NOON)

    found = Deal.objects.filter(asked).order_by("pk")
    assert list(found) == [getattr(world.deals, name) for name in expected]


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ([], True),
        ([["area", "=", 1]], True),
        (["|", ["owner", "=", "@me"], ["owner", "=", None]], True),
        (["!", ["area", "not in", [1, 2]]], True),
        ([["area", "child_of", 1]], False),
        ([["area.parent", "=", 1]], False),
        ([["rank", ">", 1]], False),
        ([["person", "=", 1]], False),
        ([["name", "=", "x"]], False),
        ([["labels", "in", [1]]], False),
    ],
)
def test_a_small_table_answers_plain_equalities_only(
    condition: list[Any], answer: bool
) -> None:
    available = {"area", "owner", "rank", "name", "labels"}

    assert conditions.fits(condition, DEALS, available) is answer
