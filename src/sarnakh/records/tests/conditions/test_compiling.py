"""Which records a condition finds, rule by rule."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from sarnakh.records import conditions
from sarnakh.records.types import catalogue

from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS, LINES

ALL = "bare full half late"

FOUND: list[tuple[list[Any], str]] = [
    ([], ALL),
    # Connectors.
    ([["rank", "=", 3]], "full"),
    (["!", ["rank", "=", 3]], "bare half late"),
    (["|", ["rank", "=", 3], ["rank", "=", 10]], "full late"),
    (["&", ["rank", ">", 0], ["rank", "<", 10]], "full"),
    ([["rank", ">", 0], ["rank", "<", 10]], "full"),
    (["|", ["rank", "=", 10], "!", ["rank", "in", [3, -2]], ["rank", ">", 0]], "late"),
    (["!", "!", ["rank", "=", 3]], "full"),
    # Not set.
    ([["rank", "=", None]], "bare"),
    ([["rank", "!=", False]], "full half late"),
    ([["nickname", "=", None]], "bare half late"),
    ([["nickname", "!=", None]], "full"),
    ([["nickname", "=", "  "]], "bare half late"),
    ([["amount", "=", 0]], "half"),
    ([["state", "=", None]], "bare late"),
    # The negative of an operator is its exact opposite.
    ([["rank", "!=", 3]], "bare half late"),
    ([["rank", "not in", [3, None]]], "half late"),
    ([["rank", "in", [3, None]]], "bare full"),
    ([["rank", "=", [3, 10]]], "full late"),
    ([["rank", "!=", [3, 10]]], "bare half"),
    ([["nickname", "!=", "می‌نویسم"]], "bare half late"),
    ([["nickname", "not ilike", "نویسم"]], "bare half late"),
    ([["rank", "in", []]], ""),
    ([["rank", "not in", []]], ALL),
    # "!" is the complement, the other comparison is not.
    (["!", ["amount", "<", 5]], "bare full late"),
    ([["amount", ">=", 5]], "full"),
    # Yes and no: not set is no.
    ([["is_hot", "=", True]], "full"),
    ([["is_hot", "=", False]], "bare half late"),
    ([["is_hot", "!=", None]], "full"),
    ([["is_hot", "=", None]], "bare half late"),
    ([["is_hot", "in", [True, False]]], ALL),
    # Text.
    ([["name", "=", "علی 50% off_now"]], "full"),
    ([["name", "=", "bare"]], ""),
    ([["name", "in", ["Bare", "رؤیا"]]], "bare late"),
    ([["name", "ilike", "bAR"]], "bare"),
    ([["name", "ilike", "رویا"]], "late"),
    ([["name", "ilike", "50%"]], "full"),
    ([["name", "ilike", "f_n"]], "full"),
    ([["name", "ilike", "f%n"]], ""),
    ([["name", "ilike", "مینویسم"]], "half"),
    ([["nickname", "ilike", "می نویسم"]], "full"),
    ([["name", "not ilike", "bare"]], "full half late"),
    ([["nickname", "ilike", ""]], "full"),
    ([["nickname", "not ilike", ""]], "bare half late"),
    ([["name", "like", "bare"]], ""),
    ([["name", "like", "are"]], "bare"),
    ([["name", "like", "علي"]], "full"),
    ([["note", "like", "zoe"]], ""),
    ([["note", "ilike", "zoe"]], "full"),
    ([["name", "=like", "B%e"]], "bare"),
    ([["name", "=like", "b%e"]], ""),
    ([["name", "=ilike", "b__e"]], "bare"),
    ([["name", "=ilike", "b_e"]], ""),
    ([["name", "=ilike", "ره"]], ""),
    ([["note", "=ilike", "zoe * [x] ?"]], "full"),
    ([["note", "=ilike", "%[x]%"]], "full"),
    ([["note", "=ilike", "zoe ? %"]], ""),
    ([["name", "=?", None]], ALL),
    ([["name", "=?", "Bare"]], "bare"),
    # Numbers.
    ([["rank", "<", 3.5], ["rank", ">", -2.5]], "full half"),
    ([["rank", "=", 2.5]], ""),
    ([["rank", "!=", 2.5]], ALL),
    ([["rank", ">", "۲"]], "full late"),
    ([["rank", "<=", -1.5]], "half"),
    ([["rank", "<", 2**62]], "full half late"),
    ([["score", "=", 2.5]], "full"),
    ([["score", ">", "2.499"]], "full"),
    ([["score", "<", 999999999999]], "full half"),
    ([["score", "in", ["-2.25", 7]]], "half"),
    ([["ratio", "=", "0.5"]], "full"),
    ([["amount", "=", "10.50"]], "full"),
    ([["amount", ">", 10.49]], "full"),
    ([["amount", "<", "10.505"]], "full half"),
    ([["amount", "=", "10.505"]], ""),
    # Choice.
    ([["state", "=", "won"]], "full"),
    ([["state", "not in", ["won", "new"]]], "bare late"),
    # Days on dates and on instants.
    ([["day", "=", "2025-07-03"]], "full"),
    ([["day", "<", "2025-07-03"]], "half"),
    ([["moment", "=", "2025-07-03"]], "full half"),
    ([["moment", "!=", "2025-07-03"]], "bare late"),
    ([["moment", "<", "2025-07-03"]], ""),
    ([["moment", "<=", "2025-07-03"]], "full half"),
    ([["moment", ">", "2025-07-03"]], "late"),
    ([["moment", ">=", "2025-07-04"]], "late"),
    ([["moment", "in", ["2025-07-04", None]]], "bare late"),
    ([["moment", "=", "2025-07-03T08:30:00Z"]], "full"),
    ([["moment", "=", "2025-07-03T12:00:00+03:30"]], "full"),
    # Dynamic days and instants.
    ([["day", "=", "@today"]], "full"),
    ([["day", "=", "@today-1d"]], "half"),
    ([["day", ">=", "@month_start+12d"]], "late"),
    ([["moment", "=", "@now"]], "full"),
    ([["moment", "<", "@now+1h"]], "full"),
    (
        [["moment", ">=", "@month_start"], ["moment", "<", "@month_start+1m"]],
        "full half late",
    ),
    ([["day", "=", "@now"]], "full"),
    # Dynamic records.
    ([["owner", "=", "@me"]], "full"),
    ([["owner", "!=", "@me"]], "bare half late"),
    ([["owner", "in", ["@me", None]]], "bare full late"),
    ([["owner", "=", "@my_contact"]], ""),
    ([["owner", "!=", "@my_contact"]], ""),
    (["!", ["owner", "=", "@my_contact"]], ALL),
    ([["area", "in", "@my_teams"]], ""),
    ([["area", "not in", "@my_teams"]], ALL),
    # Paths through one link.
    ([["person.city", "=", "قم"]], "full"),
    ([["person.city", "!=", "Qom"]], "full half"),
    (["!", ["person.city", "=", "Qom"]], "bare full half"),
    ([["person.city", "=", None]], "half"),
    ([["person.name", "=", "Gone"]], "late"),
    ([["person.area.parent.name", "=", "تهران"]], "full"),
    ([["person.area.parent.name", "!=", "x"]], "full"),
    (["!", ["person.area.parent.name", "!=", "x"]], "bare half late"),
    # Text on a link.
    ([["person", "=", "علي"]], "full"),
    ([["person", "!=", "علي"]], "bare half late"),
    ([["person", "ilike", "zoe"]], "half"),
    ([["person", "not ilike", "zoe"]], "bare full late"),
    ([["person", "in", ["علی", "Zoë"]]], "full half"),
    ([["person", "not in", ["علی", None]]], "half late"),
    ([["person", "=", None]], "bare"),
    # Many links: each path for itself, archived targets passed over.
    ([["labels.name", "=", "Red"], ["labels.name", "=", "Blue"]], "full"),
    ([["labels.name", "!=", "Red"]], "full"),
    (["!", ["labels.name", "=", "Red"]], "bare late"),
    ([["labels.name", "=", "Old"]], ""),
    ([["labels", "=", None]], "bare"),
    ([["labels", "!=", None]], "full half late"),
    ([["labels", "ilike", "old"]], ""),
    ([["labels", "ilike", "red"]], "full half"),
    ([["labels", "not ilike", "red"]], "bare late"),
    ([["lines.name", "=", "apple"]], "full"),
    ([["lines", "=", None]], "bare late"),
    ([["lines.name", "=", "apple"], ["lines.count", ">", 3]], "full"),
    ([["lines", "any", [["name", "=", "apple"], ["count", ">", 3]]]], ""),
    ([["lines", "any", [["name", "=", "pear"], ["count", ">", 3]]]], "full"),
    ([["lines", "not any", [["name", "=", "pear"]]]], "bare half late"),
    ([["person", "any", []]], "full half late"),
    ([["person", "not any", [["city", "=", "قم"]]]], "bare half late"),
    (
        [["person", "any", ["!", ["area", "any", [["name", "=", "x"]]]]]],
        "full half late",
    ),
    # Families.
    ([["area", "child_of", "ایران"]], "full late"),
    ([["area", "child_of", "تهران"]], "full"),
    ([["area", "parent_of", "مرکز"]], "full late"),
    ([["area", "child_of", None]], ""),
    (["!", ["area", "child_of", "ایران"]], "bare half"),
    ([["area.parent", "child_of", "ایران"]], "full"),
    # Properties.
    ([["properties.word", "=", "علی"]], "full"),
    ([["properties.word", "=", None]], "bare half late"),
    ([["properties.word", "ilike", "لی"]], "full"),
    ([["properties.word", "not ilike", "لی"]], "bare half late"),
    ([["properties.word", "=like", "ع%"]], "full"),
    ([["properties.tags", "in", ["a"]]], "full late"),
    ([["properties.tags", "in", ["b", None]]], "bare full half"),
    ([["properties.tags", "not in", ["a"]]], "bare half"),
    ([["properties.tags", "!=", None]], "full late"),
    ([["properties.number", "=", 5]], "full"),
    ([["properties.number", ">", 5]], "half"),
    ([["properties.number", ">=", "5.0"]], "full half"),
    (["!", ["properties.number", ">", 5]], "bare full late"),
    ([["properties.yes", "=", True]], "full"),
    ([["properties.yes", "=", False]], "bare half late"),
    ([["properties.yes", "!=", True]], "bare half late"),
    ([["properties.day", "=", "@today"]], "full"),
    ([["properties.day", ">", "2025-07-03"]], "late"),
    ([["properties.moment", "=", "2025-07-03"]], "full"),
    ([["properties.moment", ">", "2025-07-03"]], ""),
    ([["properties.moment", "<=", "@now"]], "full"),
    # The search box.
    ([["search", "search", "zoe"]], "full"),
    ([["search", "search", "می نویسم"]], "full half"),
    ([["search", "search", "مینویسم"]], "full half"),
    ([["search", "search", "of"]], "full"),
    ([["search", "search", "ff"]], ""),
    ([["search", "search", " "]], ALL),
    # Telephone numbers.
    ([["phone", "phone", "912"]], "full half"),
    ([["phone", "phone", "(912) 34"]], "full"),
    ([["phone", "phone", "+98912"]], "full"),
    ([["phone", "phone", "0098 912"]], "full"),
    ([["phone", "phone", "۰۹۱۲"]], "full half"),
    ([["phone", "phone", "+9821"]], "late"),
    (["!", ["phone", "phone", "912"]], "bare late"),
]


@pytest.mark.parametrize(("condition", "expected"), FOUND)
def test_a_condition_finds_these_deals(
    world: SimpleNamespace, condition: list[Any], expected: str
) -> None:
    asked = conditions.compile(condition, DEALS, world.actor, NOON)

    found = Deal.objects.filter(asked).order_by("pk")

    assert names(world, found) == expected.split()


@pytest.mark.parametrize(("condition", "expected"), FOUND)
def test_the_same_deals_match_in_memory(
    world: SimpleNamespace, condition: list[Any], expected: str
) -> None:
    found = [
        deal
        for deal in Deal.objects.order_by("pk")
        if conditions.matches(condition, deal, DEALS, world.actor, NOON)
    ]

    assert names(world, found) == expected.split()


def test_ids_find_records_links_and_families(world: SimpleNamespace) -> None:
    full, people, areas = world.deals.full, world.people, world.areas
    labels = world.labels
    for condition, expected in [
        ([["id", "=", full.pk]], ["full"]),
        ([["id", "not in", [full.pk]]], ["bare", "half", "late"]),
        ([["person", "=", people.zoe.pk]], ["half"]),
        ([["person.id", "=", people.zoe.pk]], ["half"]),
        ([["person", "in", [people.zoe.pk, None]]], ["bare", "half"]),
        ([["labels", "in", [labels.blue.pk, labels.old.pk]]], ["full", "half", "late"]),
        ([["labels", "not in", [labels.red.pk]]], ["bare", "late"]),
        ([["area", "child_of", [areas.tehran.pk, areas.abroad.pk]]], ["full", "half"]),
        ([["area.id", "parent_of", areas.tehran.pk]], ["late"]),
    ]:
        asked = conditions.compile(condition, DEALS, world.actor, NOON)
        found = Deal.objects.filter(asked).order_by("pk")
        assert names(world, found) == expected, condition


def test_a_circle_of_parents_ends(world: SimpleNamespace) -> None:
    world.areas.iran.parent = world.areas.centre
    world.areas.iran.save()

    asked = conditions.compile([["area", "child_of", "مرکز"]], DEALS, world.actor, NOON)

    assert names(world, Deal.objects.filter(asked).order_by("pk")) == ["full", "late"]


def test_rules_on_a_direct_link_are_plain_comparisons(world: SimpleNamespace) -> None:
    rule = ["|", ["owner", "=", "@me"], ["owner", "=", None]]

    sql = str(
        Deal.objects.filter(conditions.compile_trusted(rule, DEALS, world.actor)).query
    )

    where = sql.partition("WHERE ")[2].replace('"', "")
    assert where == (
        f"(sample_deal.owner_id = {world.me.pk} OR sample_deal.owner_id IS NULL)"
    )


def test_a_text_field_inside_the_search_column_asks_its_index_first(
    world: SimpleNamespace,
) -> None:
    asked = conditions.compile([["name", "ilike", "bare"]], DEALS, world.actor)

    assert "search_text" in str(Deal.objects.filter(asked).query)


def names(world: SimpleNamespace, found: Any) -> list[str]:
    known = {deal.pk: name for name, deal in vars(world.deals).items()}
    return [known[deal.pk] for deal in found]


def test_text_on_a_link_reads_through_a_title_that_is_itself_a_link(
    world: SimpleNamespace,
) -> None:
    catalogue.all_types()["lines"] = replace(LINES, title="deal")

    asked = conditions.compile([["lines", "ilike", "50%"]], DEALS, world.actor)

    assert names(world, Deal.objects.filter(asked)) == ["full"]
