"""Planning, doing, moving, cancelling; and whose day it is."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from sarnakh.accounts.actor import actor_for, system_actor
from sarnakh.accounts.tests.factories import make_user
from sarnakh.activities import actions, queries, seed
from sarnakh.activities.events import activities_changed
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.activities.types import ACTIVITIES, ACTIVITY_TYPES
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS
from sarnakh.discussion import queries as discussion
from sarnakh.discussion.models import Follower, Message, Notification
from sarnakh.discussion.tests.scene import Scene
from sarnakh.lib.profile import Profile
from sarnakh.records import guarded, rows
from sarnakh.records.errors import Conflict, InvalidValues

# 01:00 of 4 July in Tehran, 21:30 of 3 July in UTC.
NIGHT = dt.datetime(2025, 7, 3, 21, 30, tzinfo=dt.UTC)
THIRD = dt.date(2025, 7, 3)


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is past midnight in Tehran and not yet in UTC."""

    def today(profile: Profile, now: dt.datetime | None = None) -> dt.date:
        return profile.local(now or NIGHT).date()

    monkeypatch.setattr(timezone, "now", lambda: NIGHT)
    monkeypatch.setattr(Profile, "today", today)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, list[int]]]]:
    """What rooms above would hear."""
    found: list[tuple[str, list[int]]] = []

    def listen(record_type_name: str, record_ids: list[int], **_: Any) -> None:
        found.append((record_type_name, record_ids))

    activities_changed.connect(listen)
    yield found
    activities_changed.disconnect(listen)


def kind(code: str) -> ActivityType:
    return ActivityType.objects.get(code=code)


def plan(scene: Scene, deadline: dt.date | None = THIRD, **values: Any) -> Activity:
    by = values.pop("by", scene.by)
    code = values.pop("code", "call")
    return actions.schedule(scene.lead, LEADS, kind(code), deadline, by=by, **values)


def test_the_state_is_that_of_the_assignees_day(scene: Scene, night: None) -> None:
    scene.colleague.timezone = "UTC"
    in_tehran = plan(scene)
    in_utc = plan(scene, user=scene.colleague)
    assert (in_tehran.state, in_utc.state) == ("overdue", "today")
    tomorrow = THIRD + dt.timedelta(days=1)
    assert plan(scene, tomorrow).state == "today"
    assert plan(scene, tomorrow, user=scene.colleague).state == "planned"


def test_the_delay_counts_from_the_planners_today(scene: Scene, night: None) -> None:
    call = kind("call")
    assert actions.default_deadline(call, by=scene.by) == dt.date(2025, 7, 6)
    scene.owner.timezone = "UTC"
    assert actions.default_deadline(call, by=scene.by) == dt.date(2025, 7, 5)
    call.delay, call.unit = 1, "months"
    # 3 July is 12 Tir; a month of the company's calendar leads to 12 Mordad.
    assert actions.default_deadline(call, by=scene.by) == dt.date(2025, 8, 3)


def test_the_type_gives_what_was_not_said(scene: Scene, night: None) -> None:
    ActivityType.objects.filter(code="call").update(summary="Ring up")
    activity = plan(scene, None)
    assert (activity.summary, activity.deadline) == ("Ring up", dt.date(2025, 7, 6))
    assert activity.user == scene.owner
    assert plan(scene, summary=" own ").summary == "own"


def test_planning_for_another_tells_them_and_makes_them_follow(scene: Scene) -> None:
    plan(scene, user=scene.colleague, summary="Ask")
    [told] = Notification.objects.all()
    assert (told.user, told.reason, told.text) == (scene.colleague, "activity", "Ask")
    assert Follower.objects.get().user == scene.colleague


def test_planning_for_oneself_tells_nobody(scene: Scene) -> None:
    plan(scene)
    assert not Notification.objects.exists()
    assert Follower.objects.get().user == scene.owner


def test_only_active_people_of_the_house_are_assigned(scene: Scene) -> None:
    scene.stranger.is_active = False
    for user in (scene.stranger, make_user(company=scene.company)):
        user.roles = user.roles if not user.is_active else ["portal"]
        with pytest.raises(actions.CannotAssign):
            plan(scene, user=user)
    with pytest.raises(actions.CannotAssign):
        plan(scene, by=system_actor())
    assert not Activity.objects.exists()


def test_doing_says_so_in_the_conversation_once(scene: Scene) -> None:
    activity = plan(scene, summary="Ask", note="about\nthe <price>")
    sara = actor_for(scene.colleague)
    done = actions.complete(activity, "They <b>agree</b>", by=sara)
    again = actions.complete(activity, "Twice", by=scene.by)
    assert done.done_at is not None
    assert (done.state, done.done_by, done.feedback) == (
        "done",
        scene.colleague,
        "They <b>agree</b>",
    )
    assert (again.done_at, again.feedback) == (done.done_at, done.feedback)
    entry = discussion.thread(scene.lead, LEADS, scene.by).entries[0]
    assert entry.heading == "Done: Call – Ask (assigned to Omid Ghaffari)"
    assert "They &lt;b&gt;agree&lt;/b&gt;" in entry.body
    assert "the &lt;price&gt;" in entry.body
    assert Message.objects.count() == 1


def test_what_is_done_is_neither_edited_nor_cancelled(scene: Scene) -> None:
    activity = plan(scene)
    actions.complete(activity, by=scene.by)
    stale = Activity.objects.get()
    stale.done_at = None
    for attempt in (
        lambda: actions.change(stale, {"summary": "x"}, by=scene.by),
        lambda: actions.postpone(stale, 1, by=scene.by),
        lambda: actions.cancel(stale, by=scene.by),
    ):
        with pytest.raises(actions.AlreadyDone):
            attempt()
    assert Activity.objects.get().summary == ""


def test_cancelling_leaves_no_message_and_twice_is_once(scene: Scene) -> None:
    activity = plan(scene)
    stale = Activity.objects.get()
    actions.cancel(activity, by=scene.by)
    actions.cancel(stale, by=scene.by)
    assert not Activity.objects.exists()
    assert not Message.objects.exists()


def test_postponing_an_overdue_one_counts_from_today(scene: Scene, night: None) -> None:
    late = plan(scene, THIRD - dt.timedelta(days=10))
    assert actions.postpone(late, 1, by=scene.by).deadline == dt.date(2025, 7, 5)
    coming = plan(scene, THIRD + dt.timedelta(days=10))
    assert actions.postpone(coming, 7, by=scene.by).deadline == dt.date(2025, 7, 20)


def test_a_new_assignee_hears_of_it_and_brings_their_zone(
    scene: Scene, night: None
) -> None:
    scene.colleague.timezone = "UTC"
    scene.colleague.save()
    moved = actions.reassign(plan(scene), scene.colleague, by=scene.by)
    assert (moved.user, moved.state) == (scene.colleague, "today")
    assert Notification.objects.get().user == scene.colleague


def test_when_a_person_moves_their_day_moves_too(scene: Scene, night: None) -> None:
    activity = plan(scene)
    scene.owner.timezone = "UTC"
    scene.owner.save()
    actions.follow_clock(scene.owner)
    activity.refresh_from_db()
    assert activity.state == "today"


def test_two_editors_of_one_field_clash(scene: Scene) -> None:
    activity = plan(scene)
    actions.change(activity, {"summary": "one"}, seen=1, by=scene.by)
    with pytest.raises(Conflict):
        actions.change(activity, {"summary": "two"}, seen=1, by=scene.by)
    actions.change(activity, {"note": "more"}, seen=1, by=scene.by)
    assert Activity.objects.get().summary == "one"


def test_an_activity_never_moves_to_another_record(scene: Scene) -> None:
    with pytest.raises(InvalidValues):
        actions.change(plan(scene), {"record_id": 7}, by=scene.by)


def test_every_write_tells_the_rooms_above(
    scene: Scene, heard: list[tuple[str, list[int]]]
) -> None:
    first, second = plan(scene), plan(scene)
    actions.postpone(first, 1, by=scene.by)
    actions.complete(first, by=scene.by)
    actions.cancel(second, by=scene.by)
    assert heard == [("leads", [scene.lead.pk])] * 5


def test_the_earliest_instants_are_those_of_open_activities(scene: Scene) -> None:
    other = Lead.objects.create(name="Tables", salesperson=scene.owner)
    early, late = plan(scene, THIRD), plan(scene, THIRD + dt.timedelta(days=1))
    ids = [scene.lead.pk, other.pk]
    assert queries.earliest("leads", ids) == {
        scene.lead.pk: (early.today_from, early.overdue_from),
        other.pk: (None, None),
    }
    actions.complete(early, by=scene.by)
    assert queries.earliest("leads", ids)[scene.lead.pk] == (
        late.today_from,
        late.overdue_from,
    )
    assert list(queries.open_of("leads", scene.lead.pk)) == [late]


def test_counts_are_of_the_person_by_state_in_one_statement(
    scene: Scene, night: None
) -> None:
    for days in (-3, 0, 1, 2, 5):
        plan(scene, THIRD + dt.timedelta(days=days))
    plan(scene, user=scene.colleague)
    actions.complete(plan(scene), by=scene.by)
    actor = scene.by
    with CaptureQueriesContext(connection) as statements:
        [counts] = queries.due_counts(actor)
    assert len(statements) == 1
    assert (counts.overdue, counts.today, counts.planned, counts.due) == (2, 1, 2, 3)
    assert queries.due_total(actor) == 3
    assert queries.due_counts(system_actor()) == []


def seen(user: Any, verb: Any = "read") -> set[int]:
    return set(
        rows.visible(ACTIVITIES, actor_for(user), verb).values_list("pk", flat=True)
    )


def test_activities_are_seen_by_assignees_and_readers_of_the_record(
    scene: Scene,
) -> None:
    own = plan(scene).pk
    given = plan(scene, user=scene.stranger).pk
    assert seen(scene.owner) == {own, given}
    assert seen(scene.colleague) == {own, given}
    assert seen(scene.stranger) == {given}
    assert seen(scene.stranger, "write") == {given}
    assert seen(scene.stranger, "create") == set()
    scene.stranger.roles = ["portal"]
    assert seen(scene.stranger) == set()


def test_a_reader_who_may_not_write_the_record_may_not_write_its_activities(
    scene: Scene,
) -> None:
    from sarnakh.contacts.models import Contact
    from sarnakh.contacts.types import CONTACTS

    contact = Contact.objects.create(name="Arya", company=scene.company)
    activity = actions.schedule(contact, CONTACTS, kind("call"), THIRD, by=scene.by)
    reader = make_user(company=scene.company)
    assert seen(reader) == {activity.pk}
    assert seen(reader, "write") == set()
    with pytest.raises(PermissionDenied):
        guarded.change(ACTIVITIES, activity.pk, {"summary": "x"}, by=actor_for(reader))


def test_nobody_plans_on_a_record_out_of_reach(scene: Scene) -> None:
    values = {
        "record_type": "leads",
        "record_id": scene.lead.pk,
        "type": kind("call").pk,
    }
    with pytest.raises(Http404):
        guarded.create(ACTIVITIES, [values], by=actor_for(scene.stranger))
    for wrong in (
        {"record_type": "stages"},
        {"record_type": "x"},
        {"record_id": None},
        {"type": 0},
    ):
        with pytest.raises(InvalidValues):
            guarded.create(ACTIVITIES, [values | wrong], by=scene.by)
    assert not Activity.objects.exists()
    [made] = guarded.create(ACTIVITIES, [values], by=scene.by)
    assert made.record_title == "Chairs for the hall"


def test_an_assignee_may_give_away_what_is_out_of_their_reach(scene: Scene) -> None:
    activity = plan(scene, user=scene.stranger)
    nima = actor_for(scene.stranger)
    guarded.change(ACTIVITIES, activity.pk, {"user": scene.colleague.pk}, by=nima)
    assert seen(scene.stranger) == set()


def test_records_that_go_take_their_activities_along(scene: Scene) -> None:
    done = actions.complete(plan(scene), by=scene.by)
    plan(scene)
    assert actions.cancel_open("leads", [scene.lead.pk], by=scene.by) == 1
    assert list(Activity.objects.all()) == [done]
    actions.forget("leads", [scene.lead.pk])
    assert not Activity.objects.exists()


def test_shipped_types_are_made_once_and_keep_what_people_changed(
    scene: Scene,
) -> None:
    ActivityType.objects.filter(code="call").update(name="Ring", delay=9)
    seed.seed()
    found = ActivityType.objects.values_list("code", "name", "delay")
    assert list(found) == [
        ("email", "Email", 0),
        ("call", "Ring", 9),
        ("meeting", "Meeting", 0),
        ("todo", "To-do", 5),
        ("upload", "Upload document", 5),
    ]
    assert queries.usual_type(actor_for(make_user())) == kind("todo")


def test_shipped_names_are_read_in_the_readers_language(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ActivityType.objects.create(name="Meeting")
    with translation.override("fa"):
        monkeypatch.setattr(
            "sarnakh.activities.models.gettext", lambda text: f"<{text}>"
        )
        assert str(kind("meeting")) == "<Meeting>"
        assert str(own) == "Meeting"


def test_types_are_written_by_managers_only(scene: Scene) -> None:
    values = [{"name": "Visit"}]
    with pytest.raises(PermissionDenied):
        guarded.create(ACTIVITY_TYPES, values, by=scene.by)
    scene.owner.roles = ["sales-manager"]
    guarded.create(ACTIVITY_TYPES, values, by=scene.by)
    assert ActivityType.objects.filter(name="Visit").exists()
