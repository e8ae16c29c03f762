"""The index and the OpenAPI document say what this caller may do, and no more."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sarnakh.api.tests.scene import Api, Scene

pytestmark = pytest.mark.django_db
METHODS = {"get", "post", "patch", "delete"}


def _document(api: Api) -> dict[str, Any]:
    response = api.get("/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _inside(one)
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one)


@pytest.mark.parametrize("who", ["owner", "manager", "nobody"])
def test_the_document_is_well_formed(scene: Scene, who: str):
    document = _document(scene.api(who))
    assert document["openapi"] == "3.1.0"
    assert set(document["info"]) >= {"title", "version"}
    assert document["servers"] == [{"url": "/api/v1"}]
    names = []
    for path, item in document["paths"].items():
        assert path.startswith("/")
        declared = {
            one["name"] for one in item.get("parameters", []) if one["in"] == "path"
        }
        assert declared == set(re.findall(r"{(\w+)}", path)), path
        assert set(item) - {"parameters"} <= METHODS
        for operation in (item[one] for one in METHODS & set(item)):
            names.append(operation["operationId"])
            codes = set(operation["responses"])
            assert codes & {"200", "201", "204"}
            assert {"401", "403", "404", "429"} <= codes
            for one in operation["parameters"]:
                assert {"name", "in", "schema"} <= set(one)
            body = operation.get("requestBody")
            assert body is None or body["content"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("who", ["owner", "manager", "nobody"])
def test_every_reference_leads_somewhere(scene: Scene, who: str):
    document = _document(scene.api(who))
    for one in _inside(document):
        if "$ref" not in one:
            continue
        found: Any = document
        for part in one["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_types_verbs_and_commands_follow_the_rights(scene: Scene):
    def paths(who: str, **key: Any) -> dict[str, Any]:
        found: dict[str, Any] = _document(scene.api(who, **key))["paths"]
        return found

    manager, owner, nobody = paths("manager"), paths("owner"), paths("nobody")
    assert "delete" in manager["/leads/{id}"]
    assert "delete" not in owner["/leads/{id}"]
    assert "patch" in owner["/leads/{id}"]
    assert "/leads/{id}/actions/mark-won" in owner
    assert "/leads" not in nobody
    assert "post" not in nobody["/contacts"]
    assert "post" not in manager["/users"]
    reading = paths("manager", scope="read")
    for item in reading.values():
        assert METHODS & set(item) == {"get"}
    only = paths("manager", types=["tags"])
    assert {path.split("/")[1] for path in only} == {"tags"}


def test_every_documented_reading_address_answers(scene: Scene, settings):
    # There are more addresses than a key may ask for in a minute.
    settings.API_PER_MINUTE = 1_000
    api = scene.api("manager")
    for path, item in _document(api)["paths"].items():
        if "get" in item and "{" not in path:
            query = {"by": "id"} if path.endswith("/groups") else {}
            assert api.get(path, **query).status_code in (200, 400), path


def test_answers_have_the_fields_that_the_document_promises(scene: Scene):
    api = scene.api("manager")
    schemas = _document(api)["components"]["schemas"]
    found = api.get(f"/leads/{scene.leads['owner'].pk}").json()
    assert set(found) == set(schemas["Leads"]["properties"])
    assert "is_won" not in schemas["LeadsChange"]["properties"]
    assert schemas["LeadsCreate"]["additionalProperties"] is False


def test_the_index_names_types_and_their_addresses(scene: Scene):
    api = scene.api("owner")
    index = api.get("/").json()
    assert index["user"]["name"] == "Omid Ghaffari"
    leads = next(one for one in index["types"] if one["name"] == "leads")
    assert leads["url"] == "/api/v1/leads"
    assert leads["allowed"] == ["read", "write", "create"]
    assert index["openapi"] == "/api/v1/openapi.json"
