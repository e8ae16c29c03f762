"""Type × verb × person: what the access table says is what the interface does.

Every type of the catalogue is asked, so a new one is covered the day it appears.
"""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from sarnakh.accounts.roles import Role
from sarnakh.api.tests.scene import BASE, Api, Scene, error_of, fingerprint, make_scene
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS as LEADS_TYPE
from sarnakh.records import rows
from sarnakh.records.types import all_types

PEOPLE = ("owner", "colleague", "all", "manager", "nobody", "foreigner")
MISSING = 987_654_321
BIG = 2**63
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", sorted(all_types()))
def test_the_table_of_rights_decides_for_whole_types(scene: Scene, name: str, who: str):
    api, actor, one = scene.api(who), scene.by(who), all_types()[name]
    may = {
        verb: rows.may(one, actor, verb)
        for verb in ("read", "write", "create", "delete")
    }
    before = fingerprint()
    assert api.get(f"/{name}").status_code == (200 if may["read"] else 403)
    assert api.get(f"/{name}/fields").status_code == (200 if may["read"] else 403)
    answers = {
        "read": api.get(f"/{name}/{MISSING}"),
        "write": api.patch(f"/{name}/{MISSING}", {}),
        "delete": api.delete(f"/{name}/{MISSING}"),
    }
    for verb, response in answers.items():
        is_known = may["read"] and may[verb]
        assert response.status_code == (404 if is_known else 403), (verb, name, who)
        error_of(response)
    created = api.post(f"/{name}", {"no such field": 1})
    assert created.status_code == (400 if may["read"] and may["create"] else 403)
    for command in one.commands:
        path = f"/{name}/{MISSING}/actions/{command}"
        response = api.post(path, {})
        assert response.status_code == (404 if may["read"] and may["write"] else 403)
    assert api.get(f"/{name}/{BIG}").status_code in (403, 404)
    assert fingerprint() == before


LEADS: dict[str, dict[str, tuple[int, int, int]]] = {
    # lead: person: (read, change, delete)
    "owner": {
        "owner": (200, 200, 403),
        "colleague": (404, 404, 403),
        "all": (200, 200, 403),
        "manager": (200, 200, 204),
        "nobody": (403, 403, 403),
        "foreigner": (404, 404, 404),
    },
    "archived": {
        "owner": (200, 200, 403),
        "colleague": (404, 404, 403),
        "all": (200, 200, 403),
        "manager": (200, 200, 204),
        "nobody": (403, 403, 403),
        "foreigner": (404, 404, 404),
    },
    "foreign": {
        "owner": (404, 404, 403),
        "colleague": (404, 404, 403),
        "all": (404, 404, 403),
        "manager": (404, 404, 404),
        "nobody": (403, 403, 403),
        "foreigner": (200, 200, 204),
    },
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("lead", LEADS)
def test_each_person_reaches_exactly_the_leads_that_are_theirs(
    scene: Scene, lead: str, who: str
):
    api, pk = scene.api(who), scene.leads[lead].pk
    read, change, delete = LEADS[lead][who]
    before = fingerprint()
    assert api.get(f"/leads/{pk}").status_code == read
    assert api.patch(f"/leads/{pk}", {"city": "Qom"}).status_code == change, "change"
    if change != 200:
        assert fingerprint() == before
    before = fingerprint()
    assert api.delete(f"/leads/{pk}").status_code == delete
    if delete != 204:
        assert fingerprint() == before


HIDDEN_PATHS = [
    ("GET", "", None),
    ("GET", "?fields=name", None),
    ("PATCH", "", {"city": "Qom"}),
    ("PATCH", "", {"city": 5}),
    ("DELETE", "", None),
    ("POST", "/actions/mark-won", {}),
    ("POST", "/actions/mark-lost", {"note": "x"}),
    ("GET", "/messages", None),
    ("POST", "/messages", {"body": "x"}),
    ("GET", "/activities", None),
    ("POST", "/activities", {"summary": "x"}),
    ("GET", "/files", None),
    ("POST", "/files", None),
    ("GET", "/files/1", None),
    ("DELETE", "/files/1", None),
]


@pytest.mark.parametrize(("method", "rest", "body"), HIDDEN_PATHS)
def test_hidden_and_missing_records_answer_alike(
    scene: Scene, method: str, rest: str, body: Any
):
    api = scene.api("colleague")
    before = fingerprint()
    answers = [
        api.send(method, f"/leads/{pk}{rest}", body)
        for pk in (scene.leads["owner"].pk, scene.leads["foreign"].pk, MISSING)
    ]
    assert len({one.status_code for one in answers}) == 1
    assert len({one.content for one in answers}) == 1
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1
    assert answers[0].status_code in (403, 404)
    assert fingerprint() == before


def test_hidden_records_cannot_be_linked_found_or_counted(scene: Scene):
    api = scene.api("foreigner")
    contact = api.post("/contacts", {"name": "Ours", "company": scene.elsewhere.pk})
    pk = contact.json()["id"]
    other = scene.api("owner")
    answers = [
        other.post("/leads", {"name": "x", "customer": key}) for key in (pk, MISSING)
    ]
    assert [one.status_code for one in answers] == [422, 422]
    said = [one.content.replace(str(key).encode(), b"N") for one, key in
            zip(answers, (pk, MISSING), strict=True)]  # fmt: skip
    assert said[0] == said[1]
    page = other.get("/contacts", total="true").json()
    assert pk not in [one["id"] for one in page["items"]]
    assert page["total"] == len(page["items"])
    groups = other.get("/contacts/groups", by="name").json()["groups"]
    assert "Ours" not in [one["by"]["name"] for one in groups]


def test_a_record_cannot_be_pushed_out_of_reach(scene: Scene):
    user = scene.people["all"]
    api = scene.api("all")
    contact = api.post("/contacts", {"name": "Ours", "company": user.company_id})
    before = fingerprint()
    path = f"/contacts/{contact.json()['id']}"
    assert api.patch(path, {"company": scene.elsewhere.pk}).status_code == 422
    assert fingerprint() == before


@pytest.mark.parametrize("name", ["users", "companies"])
def test_users_and_companies_are_for_reading_only(scene: Scene, name: str):
    api = scene.api("manager")
    assert api.get(f"/{name}").json()["items"]
    pk = scene.people["manager"].pk if name == "users" else scene.company.pk
    before = fingerprint()
    for response in (
        api.post(f"/{name}", {"name": "x"}),
        api.patch(f"/{name}/{pk}", {"name": "x"}),
        api.delete(f"/{name}/{pk}"),
    ):
        assert response.status_code == 403
    assert fingerprint() == before
    text = api.get("/users").content.decode()
    assert "password" not in text
    assert "argon2" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/leads/",
        "/leads/x",
        "/leads/1/nothing",
        "/leads/1/actions/nothing",
        "/leads/1/actions/__class__",
        "/leads/" + "9" * 5000,
        "/a/b/c/d",
        "/../admin",
        "/%00",
        "/openapi.yaml",
        "/stages/1/messages",
        "/stages/1/activities",
    ],
)
def test_unknown_addresses_answer_in_json(scene: Scene, path: str):
    api = scene.api("manager")
    for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
        response = api.send(method, path)
        assert response.status_code in (404, 405), (method, path)
        error_of(response)


def test_a_method_that_an_address_does_not_know_names_the_others(scene: Scene):
    response = scene.api("manager").send("PUT", "/leads", {})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert error_of(response)["code"] == "method"
    for method in ("OPTIONS", "TRACE", "NONSENSE"):
        assert scene.api("manager").send(method, "/leads").status_code == 405


def test_every_refusal_needs_a_key_first(db: None):
    make_scene()
    for name in all_types():
        for method in ("GET", "POST"):
            response = Client().generic(method, f"{BASE}/{name}", b"{")
            assert response.status_code == 401


def test_reading_changes_nothing(scene: Scene, settings):
    # There are more types than a key may ask for in a minute.
    settings.API_PER_MINUTE = 1_000
    api = scene.api("manager")
    pk = scene.leads["owner"].pk
    before = fingerprint()
    # Letters are for administrators.
    names = all_types().keys() - {"letters"}
    for path in ("/", "/openapi.json", *(f"/{name}" for name in names)):
        assert api.get(path).status_code == 200, path
        assert api.send("HEAD", path).status_code == 200
    for rest in ("", "/messages", "/files", "/activities"):
        assert api.get(f"/leads/{pk}{rest}").status_code == 200
    assert fingerprint() == before


def test_somebody_without_roles_for_sales_reads_no_leads_through_others(scene: Scene):
    api: Api = scene.api("nobody")
    contact = api.get("/contacts")
    assert contact.status_code == 200
    for query in ({"domain": '[["leads","!=",null]]'}, {"order": "leads"}):
        assert api.get("/contacts", **query).status_code == 400


def test_a_field_for_other_roles_does_not_exist_in_any_way(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    for name in ("city", "expected_revenue"):
        hidden = replace(LEADS_TYPE.fields[name], roles=frozenset({Role.ADMINISTRATOR}))
        monkeypatch.setitem(LEADS_TYPE.fields, name, hidden)  # type: ignore[arg-type]
    pk = scene.leads["owner"].pk
    Lead.objects.filter(pk=pk).update(city="Secret", expected_revenue=777_777)
    api = scene.api("manager")
    before = fingerprint()
    for response in (
        api.get("/leads", fields="city"),
        api.get("/leads", order="city"),
        api.get("/leads", domain='[["city","ilike","Se"]]'),
        api.get("/activities", domain='[["user.city","=","x"]]'),
        api.get("/leads/groups", by="city"),
        api.get("/leads/groups", by="stage", measures="expected_revenue:sum"),
        api.patch(f"/leads/{pk}", {"city": "Qom"}),
        api.post("/leads", {"name": "x", "city": "Qom"}),
    ):
        assert response.status_code == 400
        assert "Secret" not in response.content.decode()
    assert fingerprint() == before
    for path in ("/leads", f"/leads/{pk}", "/leads/fields", "/openapi.json",
                 f"/leads/{pk}/messages"):  # fmt: skip
        text = api.get(path).content.decode()
        assert "Secret" not in text
        assert "777777" not in text
    found = api.get(f"/leads/{pk}").json()
    assert not {"city", "expected_revenue"} & set(found)
