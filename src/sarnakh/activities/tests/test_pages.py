"""Activities over HTTP."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sarnakh.activities import actions
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.crm.types import LEADS
from sarnakh.discussion.models import Message
from sarnakh.discussion.tests.scene import Scene

HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner(scene: Scene, client: Client) -> Client:
    client.force_login(scene.owner)
    return client


def base(scene: Scene) -> str:
    return f"/activities/leads/{scene.lead.pk}"


def plan(scene: Scene, **values: object) -> Activity:
    today = scene.by.profile.today()
    kind = ActivityType.objects.get(code="call")
    defaults = {"deadline": today, "summary": "Ask <b>"}
    return actions.schedule(
        scene.lead, LEADS, kind, **{**defaults, **values}, by=scene.by
    )


def form(**values: object) -> dict[str, object]:
    kind = ActivityType.objects.get(code="call")
    return {"type": kind.pk, "deadline": "1404/04/12", "summary": "Ring", **values}


def test_a_form_without_script_plans_in_the_own_calendar(
    scene: Scene, owner: Client
) -> None:
    answer = owner.post(
        f"{base(scene)}/schedule",
        form(user=scene.colleague.pk),
        headers={"Referer": f"http://testserver{base(scene)}/schedule?x=1"},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/leads/{scene.lead.pk}")
    activity = Activity.objects.get()
    assert activity.deadline == dt.date(2025, 7, 3)
    assert (activity.user, activity.summary) == (scene.colleague, "Ring")


def test_what_is_wrong_comes_back_with_what_was_typed(
    scene: Scene, owner: Client
) -> None:
    for headers in ({}, HTMX):
        answer = owner.post(
            f"{base(scene)}/schedule",
            form(deadline="someday", summary="Keep <me>"),
            headers=headers,
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="Keep &lt;me&gt;"' in page
        assert "is not a date" in page
    assert not Activity.objects.exists()


def test_another_type_refills_the_form(scene: Scene, owner: Client) -> None:
    todo = ActivityType.objects.get(code="todo")
    page = owner.get(
        f"{base(scene)}/schedule",
        {"type": todo.pk, "summary": "mine", "place": "popover"},
        headers=HTMX,
    ).content.decode()
    due = scene.by.profile.today() + dt.timedelta(days=5)
    assert f'value="{scene.by.profile.date_text(due)}"' in page
    assert 'value="mine"' in page
    assert 'hx-target="closest .activities"' in page


def test_the_form_to_plan_comes_when_it_is_opened(scene: Scene, owner: Client) -> None:
    page = owner.get(f"/leads/{scene.lead.pk}").content.decode()
    assert 'name="deadline"' not in page
    assert f'href="{base(scene)}/schedule"' in page
    part = owner.get(f"{base(scene)}/schedule?place=panel", headers=HTMX)
    assert 'hx-target="#activities-panel"' in part.content.decode()
    assert "<html" in owner.get(f"{base(scene)}/schedule").content.decode()


def test_the_popover_groups_by_state(scene: Scene, owner: Client) -> None:
    today = scene.by.profile.today()
    plan(scene)
    plan(scene, deadline=today - dt.timedelta(days=3))
    page = owner.get(f"{base(scene)}/popover", headers=HTMX).content.decode()
    assert page.index("Overdue") < page.index("Today")
    assert "overdue by 3 days" in page
    assert "Ask &lt;b&gt;" in page
    assert "<html" not in page
    assert "<html" in owner.get(f"{base(scene)}/popover").content.decode()


@pytest.mark.parametrize("place", ["panel", "popover", "mine"])
def test_each_button_answers_with_the_list_it_stood_in(
    scene: Scene, owner: Client, place: str
) -> None:
    activity = plan(scene)
    answer = owner.post(
        f"/activities/{activity.pk}/complete",
        {"feedback": "Well", "place": place},
        headers=HTMX,
    )
    assert answer["HX-Trigger"] == "activities-changed"
    assert "Ask &lt;b&gt;" not in answer.content.decode()
    assert Message.objects.get().body == "<p>Well</p>"


def test_postponing_and_cancelling(scene: Scene, owner: Client) -> None:
    activity = plan(scene)
    assert owner.post(f"/activities/{activity.pk}/postpone", {"days": "7"})
    activity.refresh_from_db()
    assert activity.deadline == scene.by.profile.today() + dt.timedelta(days=7)
    for days in ("0", "-1", "x", "9" * 9):
        answer = owner.post(f"/activities/{activity.pk}/postpone", {"days": days})
        assert answer.status_code == 404
    assert owner.post(f"/activities/{activity.pk}/cancel").status_code == 302
    assert not Activity.objects.exists()


def test_editing_checks_the_version_that_was_seen(scene: Scene, owner: Client) -> None:
    activity = plan(scene)
    address = f"/activities/{activity.pk}/change"
    assert 'name="version" value="1"' in owner.get(address).content.decode()
    actions.change(activity, {"summary": "theirs"}, by=scene.by)
    answer = owner.post(address, form(version="1", summary="mine"))
    assert answer.status_code == 422
    assert "Somebody else changed" in answer.content.decode()
    assert owner.post(address, form(version="2", summary="mine")).status_code == 302
    activity.refresh_from_db()
    assert (activity.summary, activity.user) == ("mine", scene.owner)


def test_strangers_get_404_everywhere_and_change_nothing(
    scene: Scene, client: Client
) -> None:
    activity = plan(scene)
    client.force_login(scene.stranger)
    assert client.get(f"{base(scene)}/popover").status_code == 404
    assert client.get(f"{base(scene)}/schedule").status_code == 404
    assert client.post(f"{base(scene)}/schedule", form()).status_code == 404
    for verb in ("complete", "cancel", "postpone", "change"):
        assert client.post(f"/activities/{activity.pk}/{verb}").status_code == 404
        assert client.post(f"/activities/{activity.pk + 99}/{verb}").status_code == 404
    assert Activity.objects.get().version == 1


def test_what_does_not_exist_is_404(scene: Scene, owner: Client) -> None:
    for path in ("leads/99999", "teams/1", "nothing/1", f"leads/{2**70}"):
        assert owner.get(f"/activities/{path}/popover").status_code == 404


def test_an_assignee_without_access_does_it_and_sees_only_the_title(
    scene: Scene, client: Client
) -> None:
    activity = plan(scene, user=scene.stranger)
    scene.lead.name = "Renamed in secret"
    scene.lead.save()
    client.force_login(scene.stranger)
    page = client.get("/activities/mine").content.decode()
    assert "Chairs for the hall" in page
    assert "Renamed in secret" not in page
    assert f'href="/leads/{scene.lead.pk}"' not in page
    answer = client.post(
        f"/activities/{activity.pk}/complete", {"place": "panel"}, headers=HTMX
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert Activity.objects.get().done_at is not None


def test_my_activities_link_to_records_and_cost_the_same_for_many(
    scene: Scene, owner: Client
) -> None:
    counts = []
    for number in (1, 30):
        for one in range(number):
            today = scene.by.profile.today()
            plan(scene, deadline=today + dt.timedelta(days=one - 1))
        owner.get("/activities/mine")
        with CaptureQueriesContext(connection) as statements:
            page = owner.get("/activities/mine").content.decode()
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert f'href="/leads/{scene.lead.pk}"' in page


def test_without_log_in_there_is_the_log_in(scene: Scene, client: Client) -> None:
    assert client.get("/activities/mine").status_code == 302
