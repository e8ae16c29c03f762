"""Chips read a condition aloud."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from sarnakh.accounts.roles import Role
from sarnakh.records import conditions

from .conftest import actor
from .sample.types import DEALS


def said(condition: list[Any], looker: Any) -> str:
    with translation.override("en"):
        spoken = conditions.sentence(condition, DEALS, looker)
    return "".join(char for char in spoken if char not in "\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ([], "All records"),
        ([["rank", "=", None]], "Rank is not set"),
        ([["rank", "!=", None]], "Rank is set"),
        ([["is_hot", "=", True]], "Hot is set"),
        ([["is_hot", "!=", True]], "Hot is not set"),
        ([["state", "in", ["new", "won"]]], "State is New or Won"),
        ([["person.name", "ilike", "x"]], "Person › name contains “x”"),
        ([["day", ">=", "2025-07-03"]], "Day ≥ ۱۴۰۴/۰۴/۱۲"),
        ([["moment", "<", "2025-07-03T08:30:00Z"]], "Moment < ۱۴۰۴/۰۴/۱۲ ۱۲:۰۰"),
        ([["day", "<=", "@today+7d"]], "Day ≤ today + ۷ days"),
        ([["owner", "=", "@me"]], "Owner is me"),
        (
            ["|", ["rank", "=", 1], "&", ["rank", ">", 5], ["rank", "<", 9]],
            "Rank is ۱ or (Rank > ۵ and Rank < ۹)",
        ),
        (["!", ["state", "=", "new"]], "not (State is New)"),
        ([["rank", ">=", 1], ["rank", "<=", 2]], "Rank is between ۱ and ۲"),
        (
            [["lines", "any", [["name", "=", "x"], ["count", ">", 1]]]],
            "Lines has (name is “x” and count > ۱)",
        ),
    ],
)
def test_a_condition_is_a_sentence(
    world: SimpleNamespace, condition: list[Any], expected: str
) -> None:
    assert said(condition, world.actor) == expected


def test_names_of_linked_records_cost_one_query_per_type(
    world: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    people, labels = world.people, world.labels
    condition = [
        ["person", "in", [people.ali.pk, people.zoe.pk]],
        ["person", "!=", people.gone.pk],
        ["labels", "in", [labels.red.pk]],
    ]

    with django_assert_num_queries(2):
        spoken = said(condition, world.actor)

    assert spoken == ("Person is علی or Zoë and Person is not Gone and Labels is Red")


def test_a_record_that_is_not_visible_has_no_name(world: SimpleNamespace) -> None:
    condition = [["person", "=", world.people.zoe.pk]]

    assert said(condition, actor(world, Role.SALES_OWN)) == "Person is (no access)"
