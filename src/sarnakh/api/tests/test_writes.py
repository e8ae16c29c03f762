"""Writing: what is taken, what is refused, and that refusals leave no trace."""

import json

import pytest

from sarnakh.api.tests.scene import Scene, error_of, fingerprint
from sarnakh.crm.models import Lead
from sarnakh.sources.models import Tag

pytestmark = pytest.mark.django_db


def test_a_record_is_made_and_comes_back_whole(scene: Scene):
    response = scene.api("owner").post(
        "/leads",
        {
            "name": "  Tables for the school ",
            "expected_revenue": {"amount": "1200000", "currency": "IRR"},
            "stage": {"id": scene.stage.pk, "name": "whatever"},
            "tags": [scene.tags[0].pk],
            "expected_closing": "2025-07-03",
            "priority": 1,
        },
    )
    assert response.status_code == 201
    found = response.json()
    assert response["ETag"] == '"1"'
    lead = Lead.objects.get(pk=found["id"])
    assert (lead.name, lead.expected_revenue) == ("Tables for the school", 1_200_000)
    assert lead.salesperson == scene.people["owner"]
    assert found["expected_revenue"]["amount"] == "1200000"
    assert [one["name"] for one in found["tags"]] == ["red"]


@pytest.mark.parametrize("amount", ["12.5", 12.5, {"amount": 12.5}, {"amount": "12.5"}])
def test_amounts_are_taken_as_object_text_or_number(scene: Scene, amount):
    scene.elsewhere.currency = "EUR"
    scene.elsewhere.save()
    made = scene.api("foreigner").post(
        "/leads", {"name": "Deal", "expected_revenue": amount}
    )
    assert made.json()["expected_revenue"] == {"amount": "12.50", "currency": "EUR"}


def test_a_list_is_made_whole_or_not_at_all(scene: Scene):
    api = scene.api("owner")
    good = [{"name": f"Lead {number}"} for number in range(3)]
    made = api.post("/leads", good).json()["items"]
    assert [one["name"] for one in made] == ["Lead 0", "Lead 1", "Lead 2"]
    before = fingerprint()
    bad = [*good, {"name": "x", "stage": 987654}, {"name": "y", "priority": 7}]
    response = api.post("/leads", bad)
    assert response.status_code == 422
    assert set(error_of(response)["fields"]) == {"3.stage", "4.priority"}
    assert fingerprint() == before


def test_at_most_a_hundred_at_once(scene: Scene):
    api = scene.api("owner")
    for body in ([], [{"name": "x"}] * 101, [1], "x", None, 5, [[{}]]):
        response = api.send("POST", "/leads", raw=json.dumps(body).encode())
        assert response.status_code == 400
        error_of(response)


REFUSED = [
    ({"nothing": 1}, 400, "nothing"),
    ({"id": 1}, 400, "id"),
    ({"search_text": "x"}, 400, "search_text"),
    ({"salesperson_id": 1}, 400, "salesperson_id"),
    ({"is_won": True}, 422, "is_won"),
    ({"created_at": "2025-01-01T00:00:00Z"}, 422, "created_at"),
    ({"prorated_revenue": "5"}, 422, "prorated_revenue"),
    ({"name": 5}, 422, "name"),
    ({"name": "x" * 501}, 422, "name"),
    ({"phone": "1" * 61}, 422, "phone"),
    ({"active": None}, 422, "active"),
    ({"active": "yes"}, 422, "active"),
    ({"active": 1}, 422, "active"),
    ({"priority": 9}, 422, "priority"),
    ({"tone": -1}, 422, "tone"),
    ({"tone": 10**15}, 422, "tone"),
    ({"kind": "nothing"}, 422, "kind"),
    ({"probability": 101}, 422, "probability"),
    ({"probability": "1e1"}, 422, "probability"),
    ({"expected_revenue": {"amount": "5", "currency": "USD"}}, 422, "expected_revenue"),
    ({"expected_revenue": "9" * 19}, 422, "expected_revenue"),
    ({"expected_revenue": "1e999999"}, 422, "expected_revenue"),
    ({"expected_revenue": True}, 422, "expected_revenue"),
    ({"expected_revenue": []}, 422, "expected_revenue"),
    ({"expected_closing": "1404/01/01"}, 422, "expected_closing"),
    ({"expected_closing": "2025-02-30"}, 422, "expected_closing"),
    ({"expected_closing": "1799-01-01"}, 422, "expected_closing"),
    ({"expected_closing": 5}, 422, "expected_closing"),
    ({"stage": 987654321}, 422, "stage"),
    ({"stage": "First talk"}, 422, "stage"),
    ({"stage": True}, 422, "stage"),
    ({"stage": -1}, 422, "stage"),
    ({"stage": {"name": "First talk"}}, 422, "stage"),
    ({"tags": 5}, 422, "tags"),
    ({"tags": [987654321]}, 422, "tags"),
    ({"tags": ["red"]}, 422, "tags"),
    ({"tags": {}}, 422, "tags"),
    ({"tags": {"put": [1]}}, 422, "tags"),
    ({"tags": {"add": 1}}, 422, "tags"),
    ({"properties": [1]}, 422, "properties"),
]


@pytest.mark.parametrize(("values", "status", "name"), REFUSED)
def test_what_does_not_fit_is_refused_by_name(scene: Scene, values, status, name):
    api = scene.api("owner")
    before = fingerprint()
    pk = scene.leads["owner"].pk
    for response in (
        api.post("/leads", {"name": "x", **values}),
        api.patch(f"/leads/{pk}", values),
    ):
        assert response.status_code == status, response.content
        assert name in error_of(response)["fields"]
    assert fingerprint() == before


HOSTILE_BODIES = [
    b"",
    b"{",
    b"nonsense",
    b'{"name": "a", "name": "b"}',
    b'{"name": NaN}',
    b'{"name": "\\u0000"}',
    b'{"name": "\\ud800"}',
    b'{"name": "\xff"}',
    b'{"expected_revenue": 1e5}',
    b'{"priority": 99999999999999999999}',
    b'{"properties": ' + b"[" * 60 + b"]" * 60 + b"}",
    b'{"name": "' + b"x" * 2_100_000 + b'"}',
]


@pytest.mark.parametrize("raw", HOSTILE_BODIES)
def test_hostile_bodies_are_a_bad_request(scene: Scene, raw):
    api = scene.api("owner")
    before = fingerprint()
    pk = scene.leads["owner"].pk
    for method, path in (("POST", "/leads"), ("PATCH", f"/leads/{pk}")):
        response = api.send(method, path, raw=raw)
        assert response.status_code == 400
        error_of(response)
    assert fingerprint() == before


def test_a_form_is_no_json(scene: Scene):
    response = scene.api("owner").client.post(
        "/api/v1/leads",
        {"name": "x"},
        headers={"Authorization": f"Bearer {scene.api('owner').written}"},
    )
    assert response.status_code == 400
    assert error_of(response)["code"] == "body"


def test_an_edit_changes_only_what_it_names_and_null_removes(scene: Scene):
    api = scene.api("owner")
    pk = scene.leads["owner"].pk
    changed = api.patch(f"/leads/{pk}", {"email": "a@b.ir", "city": "Qom"}).json()
    assert (changed["email"], changed["city"], changed["version"]) == (
        "a@b.ir",
        "Qom",
        2,
    )
    changed = api.patch(f"/leads/{pk}", {"email": None, "stage": None}).json()
    assert (changed["email"], changed["city"]) == (None, "Qom")
    assert changed["name"] == "Lead of owner"
    assert api.patch(f"/leads/{pk}", {}).json()["version"] == changed["version"]


def test_many_links_are_set_added_and_removed(scene: Scene):
    api = scene.api("owner")
    pk = scene.leads["owner"].pk
    red, blue = (tag.pk for tag in scene.tags)
    green = Tag.objects.create(name="green", name_key="green").pk

    def after(edit) -> set[int]:
        response = api.patch(f"/leads/{pk}", {"tags": edit})
        assert response.status_code == 200, response.content
        return {one["id"] for one in response.json()["tags"]}

    assert after([red]) == {red}
    assert after({"add": [blue, {"id": green}]}) == {red, blue, green}
    assert after({"remove": [red, 987654]}) == {blue, green}
    assert after({"set": [red], "add": [green]}) == {red, green}
    assert after({"set": []}) == set()
    assert after({"set": [red, blue], "remove": [red]}) == {blue}
    assert after([]) == set()
    assert after(None) == set()
    made = api.post("/leads", {"name": "x", "tags": {"add": [red]}}).json()
    assert [one["id"] for one in made["tags"]] == [red]


def test_an_edit_on_an_old_version_merges_or_shows_both_values(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}"
    assert api.patch(path, {"city": "Qom"}, If_Match='"1"').status_code == 200
    merged = api.patch(path, {"street": "Azadi"}, If_Match="1")
    assert merged.status_code == 200
    assert (merged.json()["city"], merged.json()["street"]) == ("Qom", "Azadi")
    before = fingerprint()
    response = api.patch(
        path, {"city": "Yazd", "expected_revenue": "5"}, If_Match='W/"1"'
    )
    assert response.status_code == 409
    error = error_of(response)
    assert error["code"] == "conflict"
    assert error["fields"] == {"city": {"yours": "Yazd", "theirs": "Qom"}}
    assert fingerprint() == before
    assert api.patch(path, {"city": "Yazd"}, If_Match="99").status_code == 409
    assert api.patch(path, {"city": "Yazd"}, If_Match="x").status_code == 400
    assert api.patch(path, {"city": "Yazd"}, If_Match="*").status_code == 200


def test_a_clash_over_money_and_links_shows_them_as_anywhere_else(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}"
    red, blue = (tag.pk for tag in scene.tags)
    first = {"expected_revenue": "10", "stage": scene.won.pk, "tags": [red]}
    assert api.patch(path, first, If_Match="1").status_code == 200
    second = {"expected_revenue": "20", "tags": [blue]}
    error = error_of(api.patch(path, second, If_Match="1"))
    assert error["fields"] == {
        "expected_revenue": {
            "yours": {"amount": "20", "currency": "IRR"},
            "theirs": {"amount": "10", "currency": "IRR"},
        },
        "tags": {
            "yours": [{"id": blue, "name": "blue"}],
            "theirs": [{"id": red, "name": "red"}],
        },
    }


def test_deleting_looks_at_the_version_too(scene: Scene):
    api = scene.api("manager")
    path = f"/leads/{scene.leads['owner'].pk}"
    assert api.delete(path, If_Match="7").status_code == 409
    assert api.delete(path, If_Match="1").status_code == 204
    assert api.get(path).status_code == 404
    assert api.delete(path).status_code == 404


def test_what_others_depend_on_is_not_deleted(scene: Scene):
    api = scene.api("manager")
    before = fingerprint()
    response = api.delete(f"/stages/{scene.stage.pk}")
    assert response.status_code == 422
    assert error_of(response)["code"] == "in-use"
    assert fingerprint() == before


def test_a_name_that_is_taken_is_a_refusal_not_a_fault(scene: Scene):
    api = scene.api("manager")
    before = fingerprint()
    for response in (
        api.post("/tags", {"name": "red"}),
        api.patch(f"/tags/{scene.tags[1].pk}", {"name": "red"}),
    ):
        assert response.status_code == 422
        error_of(response)
    assert fingerprint() == before


def test_giving_a_lead_away_answers_with_its_number_only(scene: Scene):
    api = scene.api("owner")
    pk = scene.leads["owner"].pk
    other = scene.people["colleague"].pk
    response = api.patch(f"/leads/{pk}", {"salesperson": other})
    assert response.status_code == 200
    assert response.json() == {"id": pk, "version": 2}
    assert api.get(f"/leads/{pk}").status_code == 404


def test_an_amount_for_another_company_is_never_taken_in_the_wrong_currency(
    scene: Scene,
):
    scene.elsewhere.currency = "KWD"
    scene.elsewhere.save()
    user = scene.people["manager"]
    user.companies.add(scene.elsewhere)
    api = scene.api("manager")
    api.headers["X-Company"] = f"{scene.company.pk},{scene.elsewhere.pk}"
    lead = {"name": "Deal", "company": scene.elsewhere.pk, "expected_revenue": "1.5"}
    made = api.post("/leads", lead).json()
    assert made["expected_revenue"] == {"amount": "1.500", "currency": "KWD"}
    lead["expected_revenue"] = {"amount": "1.5", "currency": "IRR"}
    assert api.post("/leads", lead).status_code == 422


def test_html_is_cleaned_and_text_kept_as_typed(scene: Scene):
    made = (
        scene.api("owner")
        .post(
            "/leads",
            {
                "name": "می‌نویسم <b>x</b>",
                "description": "<p onclick='x'>hi</p><script>alert(1)</script>",
            },
        )
        .json()
    )
    assert made["name"] == "می‌نویسم <b>x</b>"
    assert made["description"] == "<p>hi</p>"


def test_properties_are_stored_as_plain_json(scene: Scene):
    api = scene.api("owner")
    made = api.send(
        "POST", "/leads", raw=b'{"name": "x", "properties": {"size": 2.5}}'
    ).json()
    assert made["properties"] == {"size": 2.5}
