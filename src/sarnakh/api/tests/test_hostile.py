"""Whatever is sent into whatever field, the answer is never a fault of ours."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.api.tests.scene import Api, Scene, error_of
from sarnakh.records.types import all_types

pytestmark = pytest.mark.django_db

NASTY: list[Any] = [
    None,
    "",
    "x",
    " \u200c\u202e ",
    "x" * 501,
    "x" * 100_001,
    "'; DROP TABLE crm_lead; --",
    "2025-01-01",
    "9999-99-99",
    "2025-01-01T10:00:00",
    "2199-12-31T23:59:59-23:59",
    True,
    -1,
    0,
    40_000,
    2**31,
    2**63 - 1,
    -(2**63) + 1,
    0.5,
    "1e9",
    "999999999999999999",
    [],
    [1],
    ["x"],
    [None],
    {},
    {"id": 1},
    {"id": "x"},
    {"amount": None},
    {"amount": "5", "currency": 5},
    {"add": [2**62]},
    {"set": {}},
]


@pytest.mark.parametrize("name", sorted(all_types()))
def test_no_value_of_a_field_breaks_anything(scene: Scene, name: str, settings):
    settings.API_PER_MINUTE = 1_000_000
    api = scene.api("manager")
    found = api.get(f"/{name}/fields").json()
    if "create" not in found.get("allowed", ()):
        pytest.skip("nobody makes these over the interface")
    editable = [one["name"] for one in found["fields"] if one["editable"]]
    made = api.post(f"/{name}", {"name": f"One of {name}"})
    is_made = made.status_code == 201
    method, path = "POST", f"/{name}"
    if is_made:
        method, path = "PATCH", f"/{name}/{made.json()['id']}"
    for value in NASTY:
        # All fields at once; then without those that were refused; then one by one.
        refused = _refused(api, method, path, dict.fromkeys(editable, value))
        taken = [field for field in editable if field not in refused]
        if _refused(api, method, path, dict.fromkeys(taken, value)):
            for field in taken:
                _refused(api, method, path, {field: value})
        _refused(api, "POST", f"/{name}", dict.fromkeys(taken, value))


def _refused(api: Api, method: str, path: str, body: dict[str, Any]) -> set[str]:
    """Send values; the names of those that were refused."""
    response = api.send(method, path, body)
    assert response.status_code < 500, (body, response.content)
    if response.status_code < 400:
        return set()
    return set(error_of(response).get("fields") or ["?"])


_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _text,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["domain", "fields", "order", "limit", "offset", "total", "cursor",
             "by", "measures", "calendar", "before"]
        ),
        _text | st.sampled_from(["[]", "name", "-name", "stage", "1", "true", "9" * 30]),
        max_size=3,
    ),
    path=st.sampled_from(["/leads", "/leads/groups", "/contacts", "/users"]),
)  # fmt: skip
def test_no_query_breaks_anything(scene: Scene, query: dict[str, str], path: str):
    response = scene.api("manager").get(path, **query)
    assert response.status_code in (200, 400), response.content


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=_json, method=st.sampled_from(["POST", "PATCH"]))
def test_no_body_breaks_anything(scene: Scene, body: Any, method: str):
    path = "/leads" if method == "POST" else f"/leads/{scene.leads['owner'].pk}"
    response = scene.api("manager").send(method, path, body)
    assert response.status_code in (200, 201, 400, 422), response.content
