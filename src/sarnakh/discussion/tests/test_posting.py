"""Messages and notes: who may write, who hears, what is kept."""

import pytest
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import actor_for, system_actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.crm.types import LEADS
from sarnakh.discussion import actions, queries
from sarnakh.discussion.models import Follower, Message, Notification
from sarnakh.discussion.tests.scene import Scene

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    "<p style='position:fixed' class=x id=y onclick=alert(1)>x</p>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=/x><input name=csrfmiddlewaretoken></form>",
    "<b hx-get=/discussion/inbox hx-trigger=load>x</b>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
BAD_WORDS = ("<script", "onerror=", "onclick=", "href=\"java", "<iframe", "<svg",
             "style=", "hx-get", "<form", "<input", "class=", "id=")  # fmt: skip


def told(scene: Scene) -> set[tuple[str, str]]:
    """Who has what unread."""
    return {
        (one.user.name, one.reason)
        for one in Notification.objects.filter(read_at=None).select_related("user")
    }


def post(scene: Scene, kind: str = "message", body: str = "<p>hi</p>", **more):  # type: ignore[no-untyped-def]
    by = more.pop("by", scene.by)
    return actions.post(scene.lead, LEADS, kind, body, by=by, **more)


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_markup_is_cleaned_when_written_and_when_shown(
    scene: Scene, body: str
) -> None:
    message = post(scene, body=f"<p>seen</p>{body}")
    message.refresh_from_db()
    assert "seen" in message.body
    assert not [word for word in BAD_WORDS if word in message.body]
    # Somebody wrote past us into the database.
    Message.objects.filter(pk=message.pk).update(body=f"<p>seen</p>{body}")
    shown = queries.thread(scene.lead, LEADS, scene.by).entries[0].body
    assert "seen" in shown
    assert not [word for word in BAD_WORDS if word in shown]


def test_direction_and_safe_links_survive(scene: Scene) -> None:
    message = post(
        scene, body='<p dir="rtl" lang="fa">س <a href="https://a.ir">ب</a></p>'
    )
    assert 'dir="rtl"' in message.body
    assert 'href="https://a.ir"' in message.body
    assert "noopener" in message.body


def test_nothing_written_is_refused(scene: Scene) -> None:
    with pytest.raises(actions.NothingWritten):
        post(scene, body="<p> <br></p>")
    assert not Message.objects.exists()


def test_too_much_is_refused(scene: Scene) -> None:
    with pytest.raises(actions.TooLong):
        post(scene, body="x" * 1_000_001)


def test_only_who_may_write_the_record_may_post(scene: Scene) -> None:
    with pytest.raises(PermissionDenied):
        post(scene, by=actor_for(scene.stranger))
    assert not Message.objects.exists()


def test_a_message_tells_followers_but_not_its_author(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.owner.pk)])
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    post(scene)
    assert told(scene) == {("Sara Karimi", "message")}


def test_a_note_tells_only_those_it_mentions(scene: Scene) -> None:
    manager = make_user(Role.SALES_MANAGER, company=scene.company, name="Rana")
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    post(scene, "note", mentions=[manager.pk])
    assert told(scene) == {("Rana", "mention")}


def test_a_mention_in_a_message_makes_a_follower_and_in_a_note_not(
    scene: Scene,
) -> None:
    post(scene, "note", mentions=[scene.colleague.pk])
    assert not Follower.objects.exists()
    post(scene, mentions=[scene.colleague.pk])
    assert set(Follower.objects.values_list("user_id", flat=True)) == {
        scene.owner.pk,
        scene.colleague.pk,
    }


def test_a_person_is_told_once_though_following_and_mentioned(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    post(scene, mentions=[scene.colleague.pk, scene.colleague.pk])
    assert Notification.objects.count() == 1


def test_nobody_is_told_about_a_record_that_they_may_not_read(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.stranger.pk)])
    message = post(scene, mentions=[scene.stranger.pk])
    assert told(scene) == set()
    assert queries.unreached(message, [scene.stranger.pk]) == [scene.stranger]
    scene.colleague.is_active = False
    scene.colleague.save()
    post(scene, mentions=[scene.colleague.pk])
    assert told(scene) == set()


def test_the_system_can_post(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.owner.pk)])
    assert post(scene, by=system_actor()).author is None
    assert told(scene) == {("Omid Ghaffari", "message")}


def test_following_twice_is_following_once(scene: Scene) -> None:
    for _time in range(2):
        actions.follow("leads", [(scene.lead.pk, scene.owner.pk)] * 2)
    assert Follower.objects.count() == 1


def test_only_the_author_or_an_administrator_edits(scene: Scene) -> None:
    message = post(scene, body="<p>one</p>")
    with pytest.raises(PermissionDenied):
        actions.edit_message(message, "<p>two</p>", by=actor_for(scene.colleague))
    actions.edit_message(message, "<p>two</p><script>1</script>", by=scene.by)
    administrator = make_user(Role.ADMINISTRATOR, company=scene.company)
    actions.edit_message(message, "<p>three</p>", by=actor_for(administrator))
    message.refresh_from_db()
    assert (message.body, message.edited_at is None) == ("<p>three</p>", False)


def test_a_removed_message_leaves_only_that_it_was_removed(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    message = post(scene)
    actions.remove_message(message, by=scene.by)
    entry = queries.thread(scene.lead, LEADS, scene.by).entries[0]
    assert (entry.body, entry.is_removed, entry.may_edit) == ("", True, False)
    assert told(scene) == set()
    stale = Message.objects.get()
    stale.is_removed = False
    with pytest.raises(actions.MessageGone):
        actions.edit_message(stale, "<p>again</p>", by=scene.by)


def test_the_note_of_an_activity_cannot_be_edited(scene: Scene) -> None:
    done = actions.log_activity("leads", scene.lead.pk, {"type": "Call"}, by=scene.by)
    with pytest.raises(PermissionDenied):
        actions.edit_message(done, "<p>no</p>", by=scene.by)


def test_the_new_salesperson_follows_and_hears_of_it(scene: Scene) -> None:
    scene.lead.salesperson = scene.colleague
    scene.lead.save()
    actions.notify_assigned(scene.lead, LEADS, by=scene.by)
    assert told(scene) == {("Sara Karimi", "assigned")}
    assert Follower.objects.get().user == scene.colleague


def test_who_takes_a_record_is_not_told_so(scene: Scene) -> None:
    actions.notify_assigned(scene.lead, LEADS, by=scene.by)
    assert told(scene) == set()
    assert Follower.objects.get().user == scene.owner


def test_reading_marks_one_record_or_everything(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    post(scene)
    sara = actor_for(scene.colleague)
    assert queries.unread_counts(LEADS, [scene.lead.pk], sara) == {scene.lead.pk: 1}
    assert queries.unread_total(sara) == 1
    assert LEADS.model.objects.filter(pk__in=queries.unread_ids("leads", sara)).get()
    assert actions.mark_read(LEADS, scene.lead.pk + 1, by=sara) == 0
    assert actions.mark_read(LEADS, scene.lead.pk, by=sara) == 1
    assert queries.unread_counts(LEADS, [scene.lead.pk], sara) == {}
    post(scene)
    assert actions.mark_all_read(by=sara) == 1
    assert queries.unread_total(sara) == 0


def test_what_became_unreadable_is_unread_no_more(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.owner.pk)])
    post(scene, by=actor_for(scene.colleague))
    assert queries.unread_total(scene.by) == 1
    scene.lead.salesperson = scene.colleague
    scene.lead.save()
    assert queries.unread_total(scene.by) == 0
    assert list(queries.inbox(scene.by)) == []


def test_forgetting_removes_every_trace(scene: Scene) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    post(scene)
    actions.forget("leads", [scene.lead.pk])
    for model in (Message, Notification, Follower):
        assert not model._default_manager.exists()
