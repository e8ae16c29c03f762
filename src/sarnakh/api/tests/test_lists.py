"""Reading: values, conditions, order, parts of a list, the number of statements."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.api.tests.scene import Scene, error_of, make_leads
from sarnakh.crm.models import Lead

pytestmark = pytest.mark.django_db


def test_every_kind_of_value_has_one_form(scene: Scene):
    [lead] = make_leads(
        scene,
        1,
        expected_revenue=1_200,
        expected_closing=dt.date(2025, 7, 3),
        priority=2,
    )
    moment = dt.datetime(2025, 7, 3, 20, 30, 15, 999, tzinfo=dt.UTC)
    Lead.objects.filter(pk=lead.pk).update(created_at=moment, probability=12.5)
    response = scene.api().get(f"/leads/{lead.pk}")
    found = response.json()
    assert response["ETag"] == '"1"'
    assert found["id"] == lead.pk
    assert found["version"] == 1
    assert found["name"] == "Lead 000"
    assert found["email"] is None
    assert found["expected_revenue"] == {"amount": "1200", "currency": "IRR"}
    assert found["expected_closing"] == "2025-07-03"
    assert found["created_at"] == "2025-07-03T20:30:15Z"
    assert found["stage"] == {"id": scene.stage.pk, "name": "First talk"}
    assert found["customer"] is None
    assert {one["name"] for one in found["tags"]} == {"red", "blue"}
    assert found["priority"] == 2
    assert found["probability"] == 12.5
    assert found["active"] is True
    assert found["properties"] == {}


def test_amounts_carry_the_decimals_of_their_own_currency(scene: Scene):
    scene.elsewhere.currency = "KWD"
    scene.elsewhere.save()
    Lead.objects.filter(pk=scene.leads["foreign"].pk).update(expected_revenue=1_500)
    found = scene.api("foreigner").get(f"/leads/{scene.leads['foreign'].pk}").json()
    assert found["expected_revenue"] == {"amount": "1.500", "currency": "KWD"}


def test_only_the_named_fields_come_with_number_and_version(scene: Scene):
    api = scene.api()
    for response in (
        api.get("/leads", fields="name,stage").json()["items"][0],
        api.get(f"/leads/{scene.leads['owner'].pk}", fields="name,stage").json(),
    ):
        assert set(response) == {"id", "version", "name", "stage"}
    assert set(api.get("/leads", fields="").json()["items"][0]) == {"id", "version"}
    for name in ("secret", "search_text", "salesperson__password", "sort_key"):
        error = error_of(api.get("/leads", fields=f"name,{name}"))
        assert error["code"] == "unknown-field"
        assert list(error["fields"]) == [name]


def test_a_condition_narrows_and_archived_ones_come_only_when_spoken_of(scene: Scene):
    api = scene.api()

    def names(domain: list) -> set[str]:
        response = api.get("/leads", domain=json.dumps(domain))
        return {one["name"] for one in response.json()["items"]}

    assert names([]) == {"Lead of owner", "Lead of colleague"}
    assert names([["active", "=", False]]) == {"Lead of archived"}
    assert names([["active", "in", [True, False]], ["name", "ilike", "OWNER"]]) == {
        "Lead of owner"
    }
    assert names(["!", ["salesperson.name", "ilike", "omid"]]) == {"Lead of colleague"}


@pytest.mark.parametrize(
    "domain",
    [
        "{}",
        "1",
        "[1]",
        '["&"]',
        '[["name"]]',
        '[["nothing","=",1]]',
        '[["search_text","ilike","x"]]',
        '[["salesperson.password","ilike","x"]]',
        '[["name","regex","x"]]',
        '[["name","ilike","\\u0000"]]',
        '[["id","=",9223372036854775808]]',
        '[["name","=","x"],["name","=","x"',
        '[["expected_revenue","=",1e9]]',
        json.dumps([["name", "ilike", "x" * 501]]),
        json.dumps([["id", "in", list(range(1001))]]),
        json.dumps([["name", "=", "x"]] * 201),
        json.dumps([["created_at", "=", "@today+99999y"]]),
    ],
)
def test_a_bad_condition_is_refused_never_nothing(scene: Scene, domain: str):
    response = scene.api().get("/leads", domain=domain)
    assert response.status_code == 400
    error_of(response)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "501"},
        {"limit": "x"},
        {"limit": "-1"},
        {"limit": "۵"},
        {"limit": ["5", "6"]},
        {"offset": "100001"},
        {"offset": "9" * 50},
        {"total": "yes"},
        {"order": "nothing"},
        {"order": "tags"},
        {"order": "salesperson__password"},
        {"order": "--name"},
        {"order": "name,email,phone,city,zip,stage"},
        {"cursor": "x"},
        {"cursor": "1", "order": "name"},
        {"domian": "[]"},
        {"domain": "[" * 60},
    ],
)
def test_a_bad_parameter_is_refused(scene: Scene, query: dict):
    response = scene.api().get("/leads", **query)
    assert response.status_code == 400
    error_of(response)


def test_parts_of_a_list_join_without_gap_or_overlap(scene: Scene):
    made = [one.pk for one in make_leads(scene, 7)]
    api = scene.api()

    def ids(**query: object) -> list[int]:
        return [one["id"] for one in api.get("/leads", **query).json()["items"]]

    everything = ids(order="id")
    assert everything == sorted(everything)
    assert set(made) < set(everything)
    starts = (0, 4, 8)
    parts = [pk for at in starts for pk in ids(order="id", limit=4, offset=at)]
    assert parts == everything
    found, cursor = [], ""
    while cursor is not None:
        part = api.get("/leads", cursor=cursor, limit=4).json()
        found += [one["id"] for one in part["items"]]
        cursor = part["cursor"]
    assert found == everything
    page = api.get("/leads", limit=2, total="true").json()
    assert (page["total"], page["limit"], page["offset"]) == (len(everything), 2, 0)
    assert "total" not in api.get("/leads").json()


def test_the_usual_order_is_that_of_the_type_and_others_put_not_set_last(scene: Scene):
    for number, lead in enumerate(make_leads(scene, 3)):
        closing = dt.date(2025, 1, 1 + number) if number else None
        Lead.objects.filter(pk=lead.pk).update(
            priority=number, expected_closing=closing, name=f"Lead {'باج'[number]}"
        )
    api = scene.api()
    only = json.dumps([["tags", "!=", None]])

    def values(field: str, **query: str) -> list:
        items = api.get("/leads", domain=only, **query).json()["items"]
        return [one[field] for one in items]

    assert values("priority") == [2, 1, 0]
    closing = ["2025-01-02", "2025-01-03"]
    assert values("expected_closing", order="expected_closing") == [*closing, None]
    assert values("expected_closing", order="-expected_closing") == [
        None,
        *reversed(closing),
    ]
    assert len(values("id", order="salesperson,-stage,company")) == 3
    assert values("priority", order="-id") == [2, 1, 0]


@pytest.mark.parametrize(
    "path", ["/leads", "/contacts", "/teams", "/users", "/tags", "/activities"]
)
def test_every_sortable_field_sorts(scene: Scene, path: str):
    api = scene.api("manager")
    fields = api.get(f"{path}/fields").json()["fields"]
    for field in fields:
        if field["sortable"]:
            for sign in ("", "-"):
                response = api.get(path, order=f"{sign}{field['name']}")
                assert response.status_code == 200, (field, response.content)


def test_thirty_rows_take_as_many_statements_as_two(scene: Scene):
    make_leads(scene, 2)
    api = scene.api("manager")

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert api.get("/leads", limit=500, total="true").status_code == 200
        return len(captured)

    statements()  # the first request of a minute also notes when the key was used
    before = statements()
    make_leads(scene, 28)
    assert statements() == before


def test_making_a_hundred_takes_about_as_many_statements_as_making_two(scene: Scene):
    api = scene.api("manager")

    def statements(count: int) -> int:
        body = [
            {
                "name": f"Lead {number}",
                "stage": scene.stage.pk,
                "tags": [tag.pk for tag in scene.tags],
                "salesperson": scene.people["owner"].pk,
                "expected_revenue": "1000",
            }
            for number in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert api.post("/leads", body).status_code == 201
        return len(captured)

    statements(1)
    assert statements(100) - statements(2) < 10


def test_the_title_of_a_linked_record_shows_without_a_right_to_it(scene: Scene):
    contact = scene.api("foreigner").post(
        "/contacts", {"name": "Hidden", "company": scene.elsewhere.pk}
    )
    pk = contact.json()["id"]
    Lead.objects.filter(pk=scene.leads["owner"].pk).update(customer=pk)
    api = scene.api("owner")
    assert api.get(f"/contacts/{pk}").status_code == 404
    found = api.get(f"/leads/{scene.leads['owner'].pk}").json()
    assert found["customer"] == {"id": pk, "name": "Hidden"}
    # A path into it would be an oracle.
    domain = json.dumps([["customer.name", "ilike", "hidden"]])
    assert api.get("/leads", domain=domain).json()["items"] == []


def test_fields_tell_what_may_be_done_with_them(scene: Scene):
    found = scene.api("owner").get("/leads/fields").json()
    assert found["allowed"] == ["read", "write", "create"]
    fields = {one["name"]: one for one in found["fields"]}
    assert fields["stage"]["target"] == "stages"
    assert fields["is_won"]["editable"] is False
    assert {one["value"] for one in fields["priority"]["choices"]} == {0, 1, 2, 3}
    commands = {one["name"]: one["arguments"] for one in found["commands"]}
    assert commands["move"] == [
        {"name": "stage", "kind": "link", "required": True, "target": "stages"}
    ]
    reading = scene.api("owner", scope="read").get("/leads/fields").json()
    assert reading["allowed"] == ["read"]
