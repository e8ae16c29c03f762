"""The custom filter editor, used without script."""

import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    salesperson,
)
from sarnakh.crm.types import LEADS
from sarnakh.records import conditions
from sarnakh.screens import filter_form

pytestmark = pytest.mark.django_db
EDITOR = "/pipeline/filter"
ROWS = "/pipeline/filter/rows"


@pytest.fixture
def by() -> Actor:
    """Somebody who reads dates in the Iranian calendar, in English words."""
    make_stages()
    return salesperson(calendar="jalali")


@pytest.fixture
def browser(by: Actor) -> Client:
    found = Client()
    found.force_login(by.user)
    return found


def chips(answer: Any) -> list[Any]:
    """Custom conditions in the address that an answer leads to."""
    assert answer.status_code == 302, answer.content.decode()
    query = parse_qs(urlsplit(answer["Location"]).query)
    return [json.loads(text) for text in query.get("c", [])]


def state_after(answer: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(answer["Location"]).query)


def tree(connector: str = "any", *rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A posted form with rules right under the root."""
    posted: dict[str, Any] = {"node": ["r"], "r.c": connector, "new": "1", **more}
    for number, one in enumerate(rules):
        posted["node"] = [*posted["node"], f"r-{number}"]
        posted |= {f"r-{number}.{name}": value for name, value in one.items()}
    return posted


def rule(path: str, operator: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"was": path, "p": path, "o": operator, "v0": text, **more}


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser without script would send from a page."""
    found: dict[str, list[str]] = {}
    form = page[page.index('id="filter"') : page.index("</form></section>")]
    for tag in re.findall(r"<(?:input|textarea)\b[^>]*>(?:[^<]*</textarea>)?", form):
        name = re.search(r' name="([^"]*)"', tag)
        is_off = 'type="checkbox"' in tag and " checked" not in tag
        if name is None or is_off:
            continue
        value = re.search(r' value="([^"]*)"', tag) or re.search(
            r">([^<]*)</textarea>", tag
        )
        found.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, options in re.findall(
        r'<select\b[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        pick = chosen or first
        found.setdefault(name, []).append(html.unescape(pick[1] if pick else ""))
    return found


def errors_of(page: str) -> list[str]:
    found = re.findall(r'class="error rule-error"[^>]*>.*?</svg>(.*?)</p>', page)
    return [html.unescape(text) for text in found]


# --- a new filter ---------------------------------------------------------------------


def test_a_new_filter_starts_with_any_of_one_rule_on_a_sensible_field(
    browser: Client,
) -> None:
    fields = fields_of(browser.get(EDITOR, {"view": "list"}).content.decode())

    assert fields["r.c"] == ["any"]
    assert fields["r-0.p1"] == ["country"]
    assert "r-1.p1" not in fields


def test_an_untouched_new_filter_is_not_confirmed(browser: Client) -> None:
    fields = fields_of(browser.get(EDITOR).content.decode())

    answer = browser.post(EDITOR, {**fields, "do": "add"})

    assert answer.status_code == 422
    assert errors_of(answer.content.decode()) == ["Choose at least one."]


def test_a_new_filter_without_rules_is_not_confirmed(browser: Client) -> None:
    answer = browser.post(EDITOR, tree(do="add"))

    assert answer.status_code == 422
    assert "Add a rule first" in answer.content.decode()


def test_somebody_builds_a_filter_with_buttons_alone(browser: Client) -> None:
    page = browser.get(EDITOR, {"view": "list", "f": "mine"}).content.decode()
    fields = fields_of(page) | {"r-0.p1": ["city"]}
    page = browser.post(ROWS, {**fields, "do": "refresh"}).content.decode()
    fields = fields_of(page) | {"r-0.o": ["ilike"], "r-0.v0": ["قم"]}
    page = browser.post(ROWS, {**fields, "do": "branch:r-0"}).content.decode()
    fields = fields_of(page) | {"r-1-0.p1": ["expected_revenue"]}
    page = browser.post(ROWS, {**fields, "do": "refresh"}).content.decode()
    fields = fields_of(page) | {"r-1-0.o": [">"], "r-1-0.v0": ["۱٬۰۰۰"]}
    page = browser.post(ROWS, {**fields, "do": "rule:r-1-0"}).content.decode()
    fields = fields_of(page) | {"r-1-1.v0": ["Iran, Türkiye"]}

    answer = browser.post(EDITOR, {**fields, "do": "add"})

    assert chips(answer) == [
        [
            "|",
            ["city", "ilike", "قم"],
            "&",
            ["expected_revenue", ">", 1000],
            ["country", "in", ["IR", "TR"]],
        ]
    ]
    assert state_after(answer)["view"] == ["list"]
    assert state_after(answer)["f"] == ["mine"]


def test_buttons_duplicate_and_remove(browser: Client) -> None:
    one = tree("any", rule("city", "=", "Qom"))

    doubled = browser.post(ROWS, {**one, "do": "copy:r-0"}).content.decode()
    gone = browser.post(ROWS, {**one, "do": "remove:r-0"}).content.decode()

    assert fields_of(doubled)["r-1.v0"] == ["Qom"]
    assert fields_of(gone)["node"] == ["r"]
    assert "Match all records" in gone


def test_a_button_for_a_node_that_is_gone_changes_nothing(browser: Client) -> None:
    one = tree("any", rule("city", "=", "Qom"))

    for wish in ("remove:r-9", "rule:x", "branch:r-0-5", "copy:r", "nonsense"):
        page = browser.post(ROWS, {**one, "do": wish}).content.decode()
        assert fields_of(page)["node"] == ["r", "r-0"]


def test_all_becomes_one_chip_for_each_rule_and_any_stays_one(browser: Client) -> None:
    rules = (rule("city", "ilike", "Qom"), rule("priority", "=", "2"))

    split = browser.post(EDITOR, tree("all", *rules, do="add"))
    whole = browser.post(EDITOR, tree("any", *rules, do="add"))
    denied = browser.post(EDITOR, tree("none", *rules, do="add"))

    city, priority = ["city", "ilike", "Qom"], ["priority", "=", 2]
    assert chips(split) == [[city], [priority]]
    assert chips(whole) == [["|", city, priority]]
    assert chips(denied) == [["!", "|", city, priority]]


# --- values ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (rule("expected_closing", "=", "۱۴۰۴/۰۱/۰۱"), ["=", "2025-03-21"]),
        (rule("created_at", "<", "1404/1/1"), ["<", "2025-03-21"]),
        (
            rule("created_at", "<", "1404/1/1 10:30"),
            ["<", "2025-03-21T07:00:00+00:00"],
        ),
        (rule("created_at", ">=", w0="@month_start"), [">=", "@month_start"]),
        (
            rule("created_at", ">=", w0="@today", n0="۷", u0="d", s0="-"),
            [">=", "@today-7d"],
        ),
        (rule("expected_revenue", ">", "1.5 m"), [">", 1_500_000]),
        (rule("probability", "<=", "۱۲٫۵"), ["<=", "12.5"]),
        (rule("city", "in", "Qom\nYazd, old"), ["in", ["Qom", "Yazd, old"]]),
        (rule("city", "=", "@home"), ["=", "@@home"]),
        (rule("city", "not set"), ["=", None]),
        (rule("is_won", "set"), ["!=", None]),
        (rule("salesperson", "me"), ["=", "@me"]),
        (rule("priority", "in", key=["1", "3"]), ["in", [1, 3]]),
    ],
)
def test_values_are_read_as_they_are_typed(
    browser: Client, one: dict[str, Any], expected: list[Any]
) -> None:
    answer = browser.post(EDITOR, tree("any", one, do="add"))

    assert chips(answer) == [[[one["p"], *expected]]]


def test_both_ends_of_a_range_are_typed(browser: Client) -> None:
    days = rule("expected_closing", "between", "1404/04/01", v1="1404/04/31")

    answer = browser.post(EDITOR, tree("any", days, do="add"))

    path = "expected_closing"
    assert chips(answer) == [
        ["&", [path, ">=", "2025-06-22"], [path, "<=", "2025-07-22"]]
    ]


def test_the_last_weeks_are_a_number_and_a_unit(browser: Client) -> None:
    weeks = {"shape": "span", "n0": "۲", "u0": "w"}
    one = {**rule("created_at", "last"), **weeks}

    answer = browser.post(EDITOR, tree("any", one, do="add"))

    start = ["created_at", ">=", "@today-2w+1d"]
    assert chips(answer) == [["&", start, ["created_at", "<=", "@today"]]]


def test_a_linked_record_is_found_by_its_name(browser: Client, by: Actor) -> None:
    customer = make_contact(by, name="شركت البرز")

    answer = browser.post(
        EDITOR, tree("any", rule("customer", "in", "شرکت البرز"), do="add")
    )

    assert chips(answer) == [[["customer", "in", [customer.pk]]]]


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (rule("expected_closing", "=", "someday"), "“someday” is not a date."),
        (rule("expected_revenue", ">", "much"), "“much” is not an amount."),
        (rule("customer", "in", "Nobody"), "There is no “Nobody”."),
        (rule("priority", "=", "99"), "This value does not fit."),
        (rule("city", "=", "  "), "Enter a value."),
        (rule("created_at", ">", w0="@never"), "This value does not fit."),
    ],
)
def test_what_does_not_fit_is_said_at_its_rule(
    browser: Client, one: dict[str, Any], message: str
) -> None:
    fine = rule("city", "set")

    answer = browser.post(EDITOR, tree("any", fine, one, do="add"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert [text.startswith(message) for text in errors_of(page)] == [True]
    assert 'id="r-1-e"' in page


def test_what_was_typed_for_another_field_is_not_taken_for_the_new_one(
    browser: Client,
) -> None:
    moved = {"was": "city", "p1": "email", "o": "=", "v0": "Qom"}

    answer = browser.post(EDITOR, tree("any", moved, do="add"))

    assert answer.status_code == 422
    assert errors_of(answer.content.decode()) == ["Enter a value."]


def test_a_choice_stays_when_one_becomes_many(browser: Client) -> None:
    one = rule("priority", "in", "2", shape="choice")

    page = browser.post(ROWS, tree("any", one, do="refresh")).content.decode()

    assert fields_of(page)["r-0.key"] == ["2"]


# --- rights ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "password",
        "salesperson.password",
        "search_text",
        "customer.parent.parent.city",
        "customer.salesperson.password",
        "a.b.c.d",
        "",
    ],
)
def test_paths_that_are_not_offered_are_refused(browser: Client, path: str) -> None:
    one = {"was": path, "p": path, "o": "ilike", "v0": "x"}

    answer = browser.post(EDITOR, tree("any", one, do="add"))

    assert answer.status_code == 422
    assert browser.get(f"/pipeline/filter/values/{path or 'x'}").status_code == 404


def test_fields_of_linked_records_are_offered_up_to_three_steps(
    browser: Client,
) -> None:
    found = browser.get("/pipeline/filter/fields", {"text": "country"}).content.decode()
    behind = browser.get(
        "/pipeline/filter/fields", {"within": "customer"}
    ).content.decode()

    paths = re.findall(r'data-path="([^"]*)"', found)
    assert paths[0] == "country"
    assert {"customer.country", "customer.parent.country"} <= set(paths)
    assert [path.count(".") for path in paths] == sorted(p.count(".") for p in paths)
    assert all(path.count(".") < 3 for path in paths)
    assert "customer.parent" in re.findall(r'data-path="([^"]*)"', behind)
    assert "password" not in found + behind


def test_the_live_count_knows_only_what_one_may_see(browser: Client, by: Actor) -> None:
    make_lead(by, city="Qom")
    make_lead(salesperson(), city="Qom")

    page = browser.post(ROWS, tree("any", rule("city", "=", "Qom"))).content.decode()

    assert "<b>1</b> record<" in page


def test_the_count_is_refreshed_alone(browser: Client) -> None:
    answer = browser.post(
        ROWS,
        tree("any", rule("city", "set")),
        headers={"HX-Request": "true", "HX-Target": "filter-count"},
    )

    assert answer.content.decode().startswith('<p class="match-count"')


def test_archived_records_are_counted_on_request(browser: Client, by: Actor) -> None:
    make_lead(by, city="Qom")
    gone = make_lead(by, city="Qom")
    Lead.objects.filter(pk=gone.pk).update(active=False)
    one = rule("city", "=", "Qom")

    page = browser.post(ROWS, tree("any", one, archived="1")).content.decode()
    answer = browser.post(EDITOR, tree("any", one, archived="1", do="add"))

    assert "<b>2</b> records" in page
    both = ["active", "in", [True, False]]
    assert chips(answer) == [[both, ["city", "=", "Qom"]]]


def test_names_of_values_are_suggested(browser: Client, by: Actor) -> None:
    customer = make_contact(by, name="Alborz")

    records = browser.get("/pipeline/filter/values/customer", {"text": "albo"})
    choices = browser.get("/pipeline/filter/values/customer.country", {"text": "iran"})

    assert f'data-pk="{customer.pk}"' in records.content.decode()
    assert 'data-pk="IR"' in choices.content.decode()


def test_somebody_without_the_right_has_no_editor() -> None:
    nobody = Client()
    nobody.force_login(make_user(Role.INTERNAL))

    assert nobody.get(EDITOR).status_code == 404
    assert nobody.post(ROWS, tree()).status_code == 404
    assert nobody.get("/pipeline/filter/fields").status_code == 404
    assert nobody.get("/pipeline/filter/values/customer").status_code == 404


def test_a_stranger_is_sent_to_the_log_in(client: Client) -> None:
    assert client.get(EDITOR).status_code == 302
    assert client.post(ROWS, tree()).status_code == 302


# --- editing --------------------------------------------------------------------------


def edit(browser: Client, condition: Any, **more: str) -> Any:
    text = condition if isinstance(condition, str) else json.dumps(condition)
    return browser.get(EDITOR, {"view": "list", **more, "edit": text})


def test_editing_a_chip_replaces_it(browser: Client) -> None:
    chip = [["city", "=", "Qom"]]
    page = edit(browser, chip, c=json.dumps(chip), instead="view=list&f=mine")
    fields = fields_of(page.content.decode()) | {"r-0.v0": ["Yazd"]}

    answer = browser.post(EDITOR, {**fields, "do": "add"})

    assert chips(answer) == [[["city", "=", "Yazd"]]]
    assert state_after(answer)["f"] == ["mine"]


def test_a_chip_emptied_in_the_editor_is_gone(browser: Client) -> None:
    page = edit(browser, [["city", "=", "Qom"]], instead="view=list")
    fields = fields_of(page.content.decode()) | {"node": ["r"]}

    answer = browser.post(EDITOR, {**fields, "do": "add"})

    assert chips(answer) == []


def test_a_condition_without_words_in_the_editor_is_kept_as_it_is(
    browser: Client,
) -> None:
    condition = ["|", ["city", "=ilike", "q_m%"], ["search", "search", "chair"]]
    page = edit(browser, condition, instead="view=list").content.decode()

    answer = browser.post(EDITOR, {**fields_of(page), "do": "add"})

    assert chips(answer) == [condition]
    assert "City has the pattern" in page


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "5",
        '[["city","=",',
        '[["password","=","x"]]',
        '[["salesperson.password","ilike","x"]]',
        '["&",["city","=","x"]]',
        "[" * 3000,
    ],
)
def test_what_cannot_be_edited_is_said_and_the_editor_starts_anew(
    browser: Client, text: str
) -> None:
    answer = edit(browser, text, instead="view=list")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This filter cannot be edited" in page
    assert fields_of(page)["r-0.p1"] == ["country"]
    # The chip stays: nothing replaces it.
    assert fields_of(page)["instead"] == [""]


def test_a_forged_kept_rule_is_refused(browser: Client) -> None:
    for kept in ('[["salesperson.password","ilike","x"]]', '["&"]', "[[1]]", "5"):
        posted = tree(do="add", node=["r", "r-0"], **{"r-0.k": kept})
        assert browser.post(EDITOR, posted).status_code == 422


@pytest.fixture
def world(by: Actor) -> Actor:
    """Leads of which every triple below finds some and not others."""
    customer = make_contact(by, name="Alborz", city="Qom", country="IR")
    day = {"expected_closing": "2025-03-21"}
    make_lead(by, city="Qom", priority=2, country="IR", customer=customer.pk)
    make_lead(by, city="Yazd", priority=1, expected_revenue=2_000, **day)
    make_lead(by, city="@home", expected_revenue=12, salesperson=None)
    make_lead(by, expected_revenue=1_000)
    lost = make_lead(by, city="Qom")
    Lead.objects.filter(pk=lost.pk).update(active=False)
    return by


TRIPLES = st.sampled_from(
    [
        ["city", "ilike", "qom"],
        ["city", "=", "@@home"],
        ["city", "in", ["Qom", None]],
        ["city", "=like", "Q%"],
        ["priority", "=", 2],
        ["priority", "not in", [1, 2]],
        ["country", "in", ["IR"]],
        ["customer.country", "!=", "IR"],
        ["customer", "=", 1],
        ["customer", "=", "Alborz"],
        ["tags", "in", [1, 2]],
        ["customer", "child_of", 1],
        ["salesperson", "=", "@me"],
        ["team", "in", "@my_teams"],
        ["expected_revenue", ">", 1000],
        ["expected_revenue", "<=", 1000.5],
        ["expected_revenue", "<=", "12.00"],
        ["probability", ">", 12.5],
        ["is_won", "=", True],
        ["is_won", "!=", True],
        ["active", "in", [True, False]],
        ["expected_closing", "=", "2025-03-21"],
        ["expected_closing", ">=", "@month_start-1m"],
        ["expected_closing", "<=", "@month_start+1m-1d"],
        ["created_at", "<", "2025-03-21T07:00:00+00:00"],
        ["created_at", "<", "2025-03-21T07:00:01Z"],
        ["created_at", ">=", "@now-2h"],
        ["date_closed", "=", None],
        ["stage.is_won", "=", False],
        ["properties.size", "=", "L"],
        ["customer", "any", [["city", "=", "Qom"]]],
    ]
)
CONDITIONS = st.recursive(
    TRIPLES.map(lambda one: [one]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: ["&", *two[0], *two[1]]),
        st.tuples(inner, inner).map(lambda two: ["|", *two[0], *two[1]]),
        inner.map(lambda one: ["!", *one]),
    ),
    max_leaves=5,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(condition=CONDITIONS)
def test_a_condition_comes_back_from_the_editor_with_the_same_meaning(
    world: Actor, condition: list[Any]
) -> None:
    form = filter_form.edited(LEADS, world, condition)

    assert form.faults == {}
    again = [member for part in form.parts for member in part]
    asked = (conditions.compile(one, LEADS, world) for one in (condition, again))
    before, after = (
        set(Lead.objects.filter(q).values_list("pk", flat=True)) for q in asked
    )
    assert after == before
