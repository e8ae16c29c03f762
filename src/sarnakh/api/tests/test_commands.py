"""Named writes of a record and their arguments."""

import pytest

from sarnakh.api import commands
from sarnakh.api.tests.scene import Scene, error_of, fingerprint
from sarnakh.crm.models import Lead, LostReason, Stage
from sarnakh.records.types import all_types
from sarnakh.teams.models import Team

pytestmark = pytest.mark.django_db


def test_every_command_of_every_type_can_be_described(db: None):
    for one in all_types().values():
        for name in one.commands:
            assert "by" not in commands.arguments(one, name)


def test_a_lead_is_won_lost_and_restored(scene: Scene):
    api = scene.api("owner")
    lead = scene.leads["owner"]
    path = f"/leads/{lead.pk}/actions"
    won = api.post(f"{path}/mark-won")
    assert won.status_code == 200
    assert (won.json()["probability"], won.json()["stage"]["id"]) == (100, scene.won.pk)
    again = api.post(f"{path}/mark-won", {})
    assert again.status_code == 422
    assert error_of(again)["code"] == "already-closed"
    reason = LostReason.objects.create(name="Too dear")
    lost = api.post(f"{path}/mark-lost", {"reason": reason.pk, "note": "<b>sad</b>"})
    assert lost.status_code == 200
    assert lost.json()["active"] is False
    assert lost.json()["lost_reason"] == {"id": reason.pk, "name": "Too dear"}
    restored = api.post(f"{path}/restore", {}).json()
    assert (restored["active"], restored["lost_reason"]) == (True, None)


def test_arguments_are_checked_like_fields(scene: Scene):
    api = scene.api("owner")
    path = f"/leads/{scene.leads['owner'].pk}/actions"
    stage = Stage.objects.create(name="Of others", team=Team.objects.create(name="T"))
    before = fingerprint()
    for command, body, status, name in (
        ("mark-won", {"force": True}, 400, "force"),
        ("mark-won", {"by": 1}, 400, "by"),
        ("mark-won", {"lead": 1}, 400, "lead"),
        ("move", {"stage": 1, "seen": 1}, 400, "seen"),
        ("move", {}, 422, "stage"),
        ("move", {"stage": None}, 422, "stage"),
        ("move", {"stage": "x"}, 422, "stage"),
        ("move", {"stage": 987654}, 422, "stage"),
        ("mark-lost", {"reason": 987654}, 422, "reason"),
        ("mark-lost", {"reason": True}, 422, "reason"),
        ("mark-lost", {"note": 5}, 422, "note"),
        ("mark-lost", {"note": "x" * 100_001}, 422, "note"),
        ("mark-lost", {"note": None}, 422, "note"),
    ):
        response = api.post(f"{path}/{command}", body)
        assert response.status_code == status, (command, body, response.content)
        assert list(error_of(response)["fields"]) == [name]
    response = api.post(f"{path}/move", {"stage": stage.pk})
    assert response.status_code == 422
    assert error_of(response)["code"] == "wrong-stage"
    for body in (b"[]", b"5", b"{"):
        assert api.send("POST", f"{path}/move", raw=body).status_code == 400
    assert fingerprint() == before


def test_a_command_looks_at_the_version_too(scene: Scene):
    api = scene.api("owner")
    pk = scene.leads["owner"].pk
    api.patch(f"/leads/{pk}", {"stage": scene.won.pk})
    path = f"/leads/{pk}/actions"
    third = Stage.objects.create(name="Offer", sequence=5)
    before = fingerprint()
    move = api.post(f"{path}/move", {"stage": third.pk}, If_Match="1")
    lost = api.post(f"{path}/mark-lost", {}, If_Match="1")
    assert (move.status_code, lost.status_code) == (409, 409)
    assert fingerprint() == before
    assert api.post(f"{path}/mark-lost", {}, If_Match="2").status_code == 200


def test_absurd_numbers_are_a_refusal(scene: Scene):
    from sarnakh.activities.models import ActivityType

    kind = ActivityType.objects.filter(active=True).first() or (
        ActivityType.objects.create(name="Call")
    )
    api = scene.api("owner")
    pk = scene.leads["owner"].pk
    planned = api.post(f"/leads/{pk}/activities", {"type": kind.pk}).json()
    path = f"/activities/{planned['id']}/actions/postpone"
    for days in (10**9, -(10**9), 2**62):
        response = api.post(path, {"days": days})
        assert response.status_code == 422, (days, response.content)
    assert api.post(path, {"days": 3}).status_code == 200
    done = api.post(f"/activities/{planned['id']}/actions/complete", {"feedback": "ok"})
    assert done.status_code == 200
    assert done.json()["done_at"]


def test_won_leads_are_counted_as_such(scene: Scene):
    scene.api("owner").post(f"/leads/{scene.leads['owner'].pk}/actions/mark-won")
    assert Lead.objects.won().count() == 1
