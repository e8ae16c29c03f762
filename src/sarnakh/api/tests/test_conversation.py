"""Messages, files and activities of a record."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sarnakh.activities.models import Activity, ActivityType
from sarnakh.api.tests.scene import BASE, Api, Scene, error_of, fingerprint
from sarnakh.discussion.models import Message, Notification
from sarnakh.records.models import StoredFile

pytestmark = pytest.mark.django_db


def _upload(api: Api, path: str, *names: str, **headers: str) -> Any:
    files = [SimpleUploadedFile(name, b"hello " + name.encode()) for name in names]
    return api.client.post(
        BASE + path,
        {"file": files},
        headers={"Authorization": f"Bearer {api.written}", **headers},
    )


def test_messages_are_posted_and_listed_with_the_history(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}"
    posted = api.post(
        f"{path}/messages",
        {
            "kind": "message",
            "body": "<p>Hello<script>x</script></p>",
            "mentions": [scene.people["all"].pk],
        },
    )
    assert posted.status_code == 201
    assert posted.json()["body"] == "<p>Hello</p>"
    api.patch(path, {"email": "a@b.ir"})
    entries = api.get(f"{path}/messages").json()["items"]
    assert [one["kind"] for one in entries] == ["change", "message", "change"]
    assert entries[0]["changes"] == [{"label": "Email", "old": None, "new": "a@b.ir"}]
    assert entries[1]["author"]["name"] == "Omid Ghaffari"
    assert Notification.objects.filter(user=scene.people["all"]).count() == 1
    page = api.get(f"{path}/messages", limit=2).json()
    rest = api.get(f"{path}/messages", limit=2, before=page["before"]).json()
    assert [one["key"] for one in page["items"] + rest["items"]] == [
        one["key"] for one in entries
    ]
    assert rest["before"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"body": 5}, 422),
        ({"body": ""}, 422),
        ({"body": "<p> </p>"}, 422),
        ({"body": "x", "kind": "activity"}, 422),
        ({"body": "x", "kind": None}, 422),
        ({"body": "x", "mentions": "all"}, 422),
        ({"body": "x", "mentions": [True]}, 422),
        ({"body": "x", "author": 1}, 400),
        ({"body": "x" * 1_000_001}, 422),
    ],
)
def test_a_message_that_does_not_fit_is_refused(scene: Scene, body, status):
    api = scene.api("owner")
    before = fingerprint()
    path = f"/leads/{scene.leads['owner'].pk}/messages"
    response = api.post(path, body)
    assert response.status_code == status
    error_of(response)
    assert fingerprint() == before


def test_whoever_may_only_read_posts_nothing(scene: Scene):
    from sarnakh.contacts.types import CONTACTS

    contact = scene.api("owner").post("/contacts", {"name": "Azar"}).json()
    api = scene.api("nobody")
    path = f"/{CONTACTS.name}/{contact['id']}"
    assert api.get(f"{path}/messages").status_code == 200
    before = fingerprint()
    assert api.post(f"{path}/messages", {"body": "x"}).status_code == 403
    assert _upload(api, f"{path}/files", "a.txt").status_code == 403
    assert fingerprint() == before


def test_a_message_is_posted_once_under_a_key(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/messages"
    for _ in range(2):
        assert api.post(path, {"body": "x"}, Idempotency_Key="m").status_code == 201
    assert Message.objects.count() == 1


def test_files_are_sent_listed_fetched_and_removed(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/files"
    sent = _upload(api, path, "a.txt", "قرارداد.pdf")
    assert sent.status_code == 201
    first, second = sent.json()["items"]
    assert (first["name"], first["type"]) == ("a.txt", "text/plain; charset=utf-8")
    assert second["type"] == "application/octet-stream"
    listed = api.get(path).json()["items"]
    assert {one["id"] for one in listed} == {first["id"], second["id"]}
    response = api.get(f"{path}/{first['id']}")
    assert b"".join(response.streaming_content) == b"hello a.txt"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    before = fingerprint()
    assert scene.api("all").delete(f"{path}/{first['id']}").status_code == 403
    assert scene.api("colleague").get(f"{path}/{first['id']}").status_code == 404
    assert StoredFile.objects.count() == 2
    assert fingerprint() != before  # the keys just made
    assert api.delete(f"{path}/{first['id']}").status_code == 204
    assert StoredFile.objects.get().pk == second["id"]


def test_a_file_of_another_record_is_not_found_under_this_one(scene: Scene):
    api = scene.api("all")
    other, mine = scene.leads["colleague"].pk, scene.leads["owner"].pk
    kept = _upload(api, f"/leads/{other}/files", "a.txt").json()["items"][0]["id"]
    for method in ("GET", "DELETE"):
        assert api.send(method, f"/leads/{mine}/files/{kept}").status_code == 404


def test_the_same_upload_under_a_key_is_kept_once(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/files"
    key = {"Idempotency-Key": "f"}
    first = _upload(api, path, "a.txt", **key)
    again = _upload(api, path, "a.txt", **key)
    assert first.content == again.content
    assert StoredFile.objects.count() == 1
    assert _upload(api, path, "b.txt", **key).status_code == 422


def test_uploads_that_do_not_fit_are_refused(scene: Scene, settings):
    api = scene.api("owner")
    path = f"{BASE}/leads/{scene.leads['owner'].pk}/files"
    header = {"Authorization": f"Bearer {api.written}"}
    before = fingerprint()
    file = SimpleUploadedFile("a.txt", b"x")
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(25)]
    for body in ({"other": file}, {"file": file, "x": "1"}, {"file": many}, {}):
        assert api.client.post(path, body, headers=header).status_code == 400
    for kind in ("application/json", "multipart/form-data", "text/plain"):
        response = api.client.generic(
            "POST", path, b"--x\r\n", content_type=kind, headers=header
        )
        assert response.status_code == 400
        error_of(response)
    settings.UPLOAD_LIMIT = 10
    assert api.client.post(path, {"file": file}, headers=header).status_code == 400
    assert fingerprint() == before


def test_activities_are_planned_and_listed(scene: Scene):
    kind = ActivityType.objects.create(name="Visit")
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/activities"
    made = api.post(
        path, {"type": kind.pk, "summary": "Go there", "deadline": "2030-01-05"}
    )
    assert made.status_code == 201, made.content
    assert made.json()["user"]["name"] == "Omid Ghaffari"
    assert made.json()["record_id"] == scene.leads["owner"].pk
    found = api.get(path, fields="summary,deadline", total="true").json()
    assert [one["summary"] for one in found["items"]] == ["Go there"]
    assert found["total"] == 1
    before = fingerprint()
    for body, status in (
        ({"type": kind.pk, "record_id": 5}, 422),
        ({"type": 987654}, 422),
        ({"summary": "x"}, 422),
        ({"type": kind.pk, "user": 987654}, 422),
        ({"type": kind.pk, "nothing": 1}, 400),
        ([], 400),
    ):
        assert api.post(path, body).status_code == status, body
    assert fingerprint() == before
    assert Activity.objects.count() == 1


def test_a_key_for_leads_alone_does_not_reach_activities(scene: Scene):
    api = scene.api("owner", types=["leads"])
    path = f"/leads/{scene.leads['owner'].pk}"
    assert api.get(f"{path}/messages").status_code == 200
    assert error_of(api.get(f"{path}/activities"))["code"] == "scope"
