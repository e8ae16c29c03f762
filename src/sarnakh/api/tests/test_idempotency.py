"""The same POST twice: one effect, one answer."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from sarnakh.api import idempotency
from sarnakh.api.models import IdempotentAnswer
from sarnakh.api.tests.scene import Api, Scene, error_of, fingerprint, make_scene
from sarnakh.crm.models import Lead

pytestmark = pytest.mark.django_db


def test_a_repeated_request_gets_the_stored_answer(scene: Scene):
    api = scene.api("owner")
    first = api.post("/leads", {"name": "Once"}, Idempotency_Key="a-1")
    again = api.post("/leads", {"name": "Once"}, Idempotency_Key="a-1")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again["Idempotent-Replay"] == "true"
    assert again["Content-Type"] == "application/json"
    assert "Idempotent-Replay" not in first
    assert Lead.objects.filter(name="Once").count() == 1


def test_another_body_or_address_under_the_same_key_is_refused(scene: Scene):
    api = scene.api("owner")
    api.post("/leads", {"name": "Once"}, Idempotency_Key="k")
    before = fingerprint()
    for path, body in (("/leads", {"name": "Twice"}), ("/contacts", {"name": "Once"})):
        response = api.post(path, body, Idempotency_Key="k")
        assert response.status_code == 422
        assert error_of(response)["code"] == "idempotency-key"
    assert fingerprint() == before


def test_a_refused_request_is_not_remembered(scene: Scene):
    api = scene.api("owner")
    before = fingerprint()
    assert api.post("/leads", {"name": 5}, Idempotency_Key="k").status_code == 422
    assert fingerprint() == before
    assert api.post("/leads", {"name": "x"}, Idempotency_Key="k").status_code == 201


def test_each_user_has_keys_of_their_own_and_all_programs_of_one_share_them(
    scene: Scene,
):
    body = {"name": "Same"}
    first = scene.api("owner").post("/leads", body, Idempotency_Key="k").json()
    other = scene.api("all").post("/leads", body, Idempotency_Key="k").json()
    again = scene.api("owner").post("/leads", body, Idempotency_Key="k").json()
    assert first["id"] != other["id"]
    assert first["id"] == again["id"]


def test_a_command_is_run_once(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/actions/mark-won"
    answers = [api.post(path, {}, Idempotency_Key="win") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    # Without a key the second one is told that there is nothing left to win.
    assert api.post(path, {}).status_code == 422


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\tkey", "کلید", "\x7f"])
def test_a_key_is_printable_and_short(scene: Scene, key: str):
    api = scene.api("owner")
    before = fingerprint()
    response = api.post("/leads", {"name": "x"}, Idempotency_Key=key)
    assert response.status_code == 400
    assert fingerprint() == before


def test_after_a_day_the_key_is_free_again(scene: Scene):
    api = scene.api("owner")
    first = api.post("/leads", {"name": "x"}, Idempotency_Key="k").json()
    yesterday = timezone.now() - dt.timedelta(hours=24, seconds=1)
    IdempotentAnswer.objects.update(created_at=yesterday)
    second = api.post("/leads", {"name": "y"}, Idempotency_Key="k").json()
    assert second["id"] != first["id"]
    IdempotentAnswer.objects.update(created_at=yesterday)
    assert idempotency.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_have_one_effect():
    scene = make_scene()
    written = scene.api("owner").written
    gate = threading.Barrier(4)
    answers: list[tuple[int, bytes]] = []

    def call() -> None:
        api = Api(written)
        gate.wait()
        try:
            response = api.post("/leads", {"name": "Race"}, Idempotency_Key="race")
            answers.append((response.status_code, response.content))
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Lead.objects.filter(name="Race").count() == 1
    assert len(answers) == 4
    # 409: the first one was still running; 503: the database was busy.
    assert {status for status, _body in answers} <= {201, 409, 503}
    assert len({body for status, body in answers if status == 201}) == 1
