"""Whatever is asked: database and memory agree, and "not" splits all records."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.accounts.roles import Role
from sarnakh.records import conditions

from .conftest import actor
from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS

WORDS = [
    "علی",
    "علي 50% off_now",
    "Bare",
    "bare",
    "zoe",
    "می نویسم",
    "مینویسم",
    "رویا",
    "50%",
    "f_n",
    "",
    " ",
    "ء",
    "x",
    "o",
    "[x]",
    "*",
    "Red",
    "ره",
]
PATTERNS = ["%", "_are", "%zoe%", "B%e", "%e%e%", "", "%%", "z__ *%", "ع%"]
NUMBERS = [None, 0, 3, -2, 2.5, "-2.25", "10.5", 0.5, 5, 2**60, -(2**60)]
DAYS = [
    None,
    "2025-07-02",
    "2025-07-03",
    "@today",
    "@today-1d",
    "@month_start",
    "2025-07-03T08:30:00Z",
    "2025-07-03T20:29:59Z",
    "@now",
    "@year_start+1y",
]
EQUALITY = ["=", "!=", "=?"]
ORDER = ["<", "<=", ">", ">="]
CONTAINS = ["ilike", "not ilike", "like", "not like"]
TEXTS = [
    "name",
    "nickname",
    "note",
    "person.city",
    "person.name",
    "labels.name",
    "lines.name",
    "person.area.name",
    "properties.word",
    "properties.tags",
    "person.area.parent.name",
]
COUNTS = ["rank", "score", "ratio", "amount", "lines.count", "properties.number"]
LINKS = ["person", "area", "owner", "labels", "lines", "person.area", "person.owner"]


def triple(paths: list[str], operators: list[str], values: list[Any]) -> Any:
    parts = (
        st.sampled_from(paths),
        st.sampled_from(operators),
        st.sampled_from(values),
    )
    return st.tuples(*parts).filter(fits).map(list)


def listed(paths: list[str], values: list[Any]) -> Any:
    members = st.lists(st.sampled_from(values), max_size=3)
    return st.tuples(st.sampled_from(paths), st.sampled_from(["in", "not in"]), members)


def fits(test: tuple[str, str, Any]) -> bool:
    return test[2] is not None or test[1] in EQUALITY


whole_days = [day for day in DAYS if day is None or "T" not in day]
TESTS = st.one_of(
    triple(TEXTS, EQUALITY, [*WORDS, None]),
    triple(TEXTS, CONTAINS, WORDS),
    triple(TEXTS, ["=like", "=ilike"], PATTERNS),
    triple(LINKS, [*EQUALITY, *CONTAINS], WORDS),
    triple(COUNTS, EQUALITY + ORDER, NUMBERS),
    triple(["day"], EQUALITY + ORDER, whole_days),
    triple(["moment"], EQUALITY + ORDER, DAYS),
    triple(["properties.day", "properties.moment"], EQUALITY + ORDER, DAYS),
    triple(["is_hot", "person.active"], EQUALITY, [None, True, False]),
    triple(["state"], EQUALITY, [None, "", "new", "won"]),
    triple(["owner", "person.owner"], EQUALITY, ["@me", "@my_contact", None, 1, 2]),
    triple(
        ["area", "person.area", "area.parent"],
        ["child_of", "parent_of"],
        ["ایران", "تهران", "مرکز", 1, 2, 3, "x"],
    ),
    triple(["properties.yes", "properties.word"], EQUALITY, [True, False, None]),
    triple(["phone"], ["phone"], ["912", "+98912", "0098", "0912", "zoe", "021"]),
    triple(["search"], ["search"], WORDS),
    listed(TEXTS, [*WORDS, None]),
    listed(LINKS, [1, 2, 3, None]),
    listed(["person", "labels"], ["علی", "Red", "Old", None]),
    listed(["rank", "amount", "properties.number"], NUMBERS),
    listed(["moment"], DAYS),
)
SUB_CONDITIONS = {
    "lines": st.sampled_from(
        [
            [],
            [["name", "=", "apple"]],
            ["!", ["count", ">", 3]],
            [["active", "=", True]],
        ]
    ),
    "labels": st.sampled_from(
        [[], [["name", "ilike", "e"]], ["!", ["name", "=", "Red"]]]
    ),
    "person": st.sampled_from(
        [[], [["city", "=", None]], ["!", ["owner", "=", "@me"]]]
    ),
}
ANY = st.sampled_from(sorted(SUB_CONDITIONS)).flatmap(
    lambda path: st.tuples(
        st.just(path), st.sampled_from(["any", "not any"]), SUB_CONDITIONS[path]
    )
)
CONDITIONS = st.recursive(
    (TESTS | ANY).map(lambda test: [list(test)]),
    lambda inner: st.one_of(
        inner.map(lambda one: ["!", *one]),
        st.tuples(st.sampled_from("&|"), inner, inner).map(
            lambda parts: [parts[0], *parts[1], *parts[2]]
        ),
    ),
    max_leaves=6,
)


@pytest.fixture(params=["all", "own"])
def looker(request: Any, world: SimpleNamespace) -> Any:
    role = {"all": Role.SALES_ALL, "own": Role.SALES_OWN}[request.param]
    return actor(world, role)


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(condition=CONDITIONS)
def test_database_and_memory_agree_and_not_splits_all(
    looker: Any, condition: list[Any]
) -> None:
    every = {deal.pk: deal for deal in Deal.objects.all()}

    found = ids(condition, looker)
    others = ids(["!", *condition], looker)
    remembered = {
        pk
        for pk, deal in every.items()
        if conditions.matches(condition, deal, DEALS, looker, NOON)
    }

    assert found == remembered
    assert found | others == set(every)
    assert not found & others


def ids(condition: list[Any], looker: Any) -> set[int]:
    asked = conditions.compile(condition, DEALS, looker, NOON)
    found = list(Deal.objects.filter(asked).values_list("pk", flat=True))
    assert len(found) == len(set(found)), "a link has multiplied the rows"
    return set(found)
