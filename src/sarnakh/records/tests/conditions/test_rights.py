"""A condition reveals nothing that its reader may not read."""

from types import SimpleNamespace
from typing import Any

import pytest

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records import conditions

from .conftest import actor
from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS


@pytest.mark.parametrize(
    "path",
    ["person.secret", "secret", "hidden", "person.owner.password", "owner.roles"],
)
def test_unreadable_and_missing_fields_sound_the_same(
    world: SimpleNamespace, path: str
) -> None:
    with pytest.raises(conditions.Invalid) as refused:
        conditions.compile([[path, "=", "gold"]], DEALS, world.actor)

    with pytest.raises(conditions.Invalid) as missing:
        conditions.compile([["nowhere", "=", "gold"]], DEALS, world.actor)
    assert refused.value.code == missing.value.code
    assert refused.value.message.replace(path, "nowhere") == missing.value.message


def test_whoever_may_read_a_field_may_filter_by_it(world: SimpleNamespace) -> None:
    boss = actor(world, Role.SALES_ALL, Role.ADMINISTRATOR)

    assert found([["person.secret", "=", "gold"]], boss) == [world.deals.half]


@pytest.mark.parametrize(
    "condition",
    [
        [["person.name", "=", "Zoë"]],
        [["person", "ilike", "zoe"]],
        [["person", "any", [["name", "=", "Zoë"]]]],
        [["person.city", "=", None]],
    ],
)
def test_a_path_does_not_reach_a_record_that_is_not_visible(
    world: SimpleNamespace, condition: list[Any]
) -> None:
    own = actor(world, Role.SALES_OWN)

    assert world.deals.half not in found(condition, own)
    assert world.deals.half in found(["!", *condition], own)
    assert world.deals.half in found(condition, actor(world, Role.SALES_ALL))


def test_without_the_right_to_a_type_no_linked_record_exists(
    world: SimpleNamespace,
) -> None:
    portal = actor(world, Role.PORTAL)

    assert found([["labels.name", "=", "Red"]], portal) == []
    # The own value of the record itself stays known.
    assert found([["labels", "!=", None]], portal) != []


def test_a_rule_of_ours_passes_through_everything(world: SimpleNamespace) -> None:
    own = actor(world, Role.SALES_OWN)
    rule = [["person.secret", "=", "gold"]]

    asked = conditions.compile_trusted(rule, DEALS, own)

    assert list(Deal.objects.filter(asked)) == [world.deals.half]


def test_a_rule_of_ours_may_name_a_column_that_no_screen_shows(
    world: SimpleNamespace,
) -> None:
    rule = [["company", "in", "@companies"]]
    asked = conditions.compile_trusted(rule, DEALS, world.actor)

    assert Deal.objects.filter(asked).count() == 4
    with pytest.raises(conditions.Invalid):
        conditions.compile(rule, DEALS, world.actor)


def test_a_family_is_followed_through_visible_records_only(
    world: SimpleNamespace,
) -> None:
    portal = actor(world, Role.PORTAL)

    assert found([["area", "child_of", world.areas.iran.pk]], portal) == []


def found(condition: list[Any], looker: Actor) -> list[Deal]:
    asked = conditions.compile(condition, DEALS, looker, NOON)
    return list(Deal.objects.filter(asked).order_by("pk"))
