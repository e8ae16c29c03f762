"""Counts and sums per value, by the calendar of the reader."""

import datetime as dt
import json
from collections import defaultdict
from zoneinfo import ZoneInfo

import jdatetime
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.api.tests.scene import Scene, error_of, make_leads
from sarnakh.crm.models import Lead

pytestmark = pytest.mark.django_db
TEHRAN = ZoneInfo("Asia/Tehran")
START = dt.datetime(2024, 12, 1, 20, 29, 59, tzinfo=dt.UTC)


def _spread(scene: Scene, count: int = 60) -> list[Lead]:
    """Leads over a year and more, some of them around midnight of Tehran."""
    made = make_leads(scene, count)
    for number, lead in enumerate(made):
        lead.created_at = START + dt.timedelta(days=7 * number, seconds=number % 3)
        lead.expected_revenue = 1_000 * number
    Lead.objects.bulk_update(made, ["created_at", "expected_revenue"])
    return made


ONLY_MINE = json.dumps([["tags", "!=", None]])


def test_jalali_months_are_counted_as_python_counts_them(scene: Scene):
    counted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for lead in _spread(scene):
        local = lead.created_at.astimezone(TEHRAN)
        day = jdatetime.date.fromgregorian(date=local.date())
        counted[day.year, day.month].append(lead.expected_revenue)
    response = scene.api().get(
        "/leads/groups",
        by="created_at:month",
        measures="expected_revenue:sum,expected_revenue:max,probability:avg",
        domain=ONLY_MINE,
    )
    groups = response.json()["groups"]
    expected = [
        {
            "start": jdatetime.date(year, month, 1).togregorian().isoformat(),
            "count": len(amounts),
            "sum": [{"amount": str(sum(amounts)), "currency": "IRR"}],
            "max": [{"amount": str(max(amounts)), "currency": "IRR"}],
        }
        for (year, month), amounts in sorted(counted.items())
    ]
    found = [
        {
            "start": one["by"]["created_at:month"]["start"],
            "count": one["count"],
            "sum": one["measures"]["expected_revenue:sum"],
            "max": one["measures"]["expected_revenue:max"],
        }
        for one in groups
    ]
    assert found == expected
    assert groups[0]["measures"]["probability:avg"] == 0


def test_the_condition_of_a_group_finds_its_rows(scene: Scene):
    _spread(scene)
    api = scene.api()
    for by in ("created_at:month", "stage", "tags", "salesperson", "priority", "name"):
        query = {"by": by, "domain": ONLY_MINE}
        for one in api.get("/leads/groups", **query).json()["groups"]:
            page = api.get(
                "/leads", domain=json.dumps(one["domain"]), total="true", limit=1
            )
            assert page.json()["total"] == one["count"], one


def test_the_calendar_can_be_another_than_the_users(scene: Scene):
    _spread(scene)

    def starts(**query: str) -> list[str]:
        response = scene.api().get(
            "/leads/groups", by="created_at:year", domain=ONLY_MINE, **query
        )
        return [
            one["by"]["created_at:year"]["start"] for one in response.json()["groups"]
        ]

    assert starts() == starts(calendar="jalali") == ["2024-03-20", "2025-03-21"]
    assert starts(calendar="gregorian") == ["2024-01-01", "2025-01-01", "2026-01-01"]
    assert starts(calendar="hijri") == ["2024-07-07", "2025-06-26"]


def test_labels_are_written_for_the_reader(scene: Scene):
    _spread(scene, 1)
    response = scene.api().send(
        "GET",
        "/leads/groups",
        query={"by": "created_at:year", "domain": ONLY_MINE},
        Accept_Language="fa",
    )
    [group] = response.json()["groups"]
    assert group["by"]["created_at:year"]["label"] == "۱۴۰۳"


def test_several_levels_tags_and_not_set(scene: Scene):
    make_leads(scene, 2)
    make_leads(scene, 1, tags=[scene.tags[0].pk], priority=3)
    groups = scene.api().get("/leads/groups", by="tags,priority").json()["groups"]
    found = [
        (
            one["by"]["tags"] and one["by"]["tags"]["name"],
            one["by"]["priority"],
            one["count"],
        )
        for one in groups
    ]
    assert found == [("blue", 0, 2), ("red", 0, 2), ("red", 3, 1), (None, 0, 2)]


def test_choices_stand_in_their_declared_order_and_not_set_last(scene: Scene):
    for number, title in enumerate(("", "mr", "dr")):
        make_leads(scene, number + 1, **({"title": title} if title else {}))
    field = next(
        one
        for one in scene.api().get("/leads/fields").json()["fields"]
        if one["name"] == "title"
    )
    declared = [one["value"] for one in field["choices"]]
    groups = scene.api().get("/leads/groups", by="title").json()["groups"]
    found = [one["by"]["title"] for one in groups]
    assert found[-1] is None
    assert found[:-1] == [one for one in declared if one in found]
    assert sum(one["count"] for one in groups) == 8


def test_amounts_of_two_currencies_are_never_added_up(scene: Scene):
    scene.elsewhere.currency = "EUR"
    scene.elsewhere.save()
    scene.people["manager"].companies.add(scene.elsewhere)
    for name, amount in (("owner", 500), ("colleague", 700), ("foreign", 1_250)):
        Lead.objects.filter(pk=scene.leads[name].pk).update(expected_revenue=amount)
    api = scene.api("manager")
    api.headers["X-Company"] = f"{scene.company.pk},{scene.elsewhere.pk}"
    response = api.get(
        "/leads/groups",
        by="stage",
        measures="expected_revenue:sum,expected_revenue:avg",
    )
    [group] = response.json()["groups"]
    assert group["count"] == 3
    assert group["measures"]["expected_revenue:sum"] == [
        {"amount": "12.50", "currency": "EUR"},
        {"amount": "1200", "currency": "IRR"},
    ]
    assert group["measures"]["expected_revenue:avg"][1]["amount"] == "600.00"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"by": ""},
        {"by": "nothing"},
        {"by": "expected_revenue"},
        {"by": "probability"},
        {"by": "description"},
        {"by": "properties"},
        {"by": "stage:month"},
        {"by": "created_at:century"},
        {"by": "created_at:"},
        {"by": "search_text"},
        {"by": "salesperson__password"},
        {"by": "stage,team,tags,priority"},
        {"by": "stage", "measures": "name:sum"},
        {"by": "stage", "measures": "expected_revenue"},
        {"by": "stage", "measures": "expected_revenue:count(*)"},
        {"by": "stage", "measures": "salesperson:max"},
        {"by": "stage", "calendar": "mayan"},
        {"by": "stage", "domain": "x"},
        {"by": "stage", "limit": "5"},
    ],
)
def test_what_cannot_be_grouped_or_measured_is_refused(scene: Scene, query: dict):
    response = scene.api().get("/leads/groups", **query)
    assert response.status_code == 400
    error_of(response)


def test_too_many_periods_are_refused(scene: Scene):
    [first, last] = make_leads(scene, 2)
    for lead, year in ((first, 1850), (last, 2190)):
        at = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        Lead.objects.filter(pk=lead.pk).update(created_at=at)
    api = scene.api()
    assert api.get("/leads/groups", by="created_at:day").status_code == 400
    assert api.get("/leads/groups", by="created_at:year").status_code == 200


def test_hidden_rows_are_not_counted(scene: Scene):
    groups = scene.api("owner").get("/leads/groups", by="salesperson").json()["groups"]
    assert [one["count"] for one in groups] == [1]


def test_groups_take_as_many_statements_for_two_rows_as_for_thirty(scene: Scene):
    api = scene.api()

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            api.get("/leads/groups", by="stage,created_at:month,tags")
        return len(captured)

    make_leads(scene, 2)
    statements()
    before = statements()
    make_leads(scene, 28)
    assert statements() == before
