"""Conversations over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sarnakh.accounts.actor import actor_for
from sarnakh.crm.types import LEADS
from sarnakh.discussion import actions
from sarnakh.discussion.models import Follower, Message, Notification
from sarnakh.discussion.tests.scene import Scene
from sarnakh.records.models import StoredFile

HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner(scene: Scene, client: Client) -> Client:
    client.force_login(scene.owner)
    return client


def test_a_form_without_script_posts_and_returns(scene: Scene, owner: Client) -> None:
    answer = owner.post(
        f"{scene.address}/post",
        {
            "kind": "note",
            "body": "<b>Hi</b> @Sara Karimi\nhttps://a.ir",
            "files": SimpleUploadedFile("a.txt", b"x"),
        },
        headers={"Referer": "http://testserver/leads/1"},
    )
    assert (answer.status_code, answer["Location"]) == (
        302,
        "http://testserver/leads/1",
    )
    message = Message.objects.get()
    assert message.body.startswith("<p>&lt;b&gt;Hi&lt;/b&gt; @Sara Karimi<br><a href=")
    assert Notification.objects.get().user == scene.colleague
    assert StoredFile.objects.get().message_id == message.pk


def test_a_foreign_referer_is_not_followed(scene: Scene, owner: Client) -> None:
    answer = owner.post(
        f"{scene.address}/post",
        {"kind": "note", "body": "x"},
        headers={"Referer": "https://evil.example/"},
    )
    assert answer["Location"] == f"/leads/{scene.lead.pk}"


def test_htmx_gets_the_thread_and_who_was_not_told(scene: Scene, owner: Client) -> None:
    answer = owner.post(
        f"{scene.address}/post",
        {"kind": "message", "body": "@Nima Ahmadi look"},
        headers=HTMX,
    )
    page = answer.content.decode()
    assert 'id="thread"' in page
    assert "<p>@Nima Ahmadi look</p>" in page
    assert "may not read this record and was not notified" in page
    assert "<html" not in page


def test_strangers_get_404_everywhere_and_change_nothing(
    scene: Scene, client: Client
) -> None:
    message = actions.post(scene.lead, LEADS, "message", "<p>x</p>", by=scene.by)
    client.force_login(scene.stranger)
    for path in ("", "/people"):
        assert client.get(scene.address + path).status_code == 404
    for path in ("/post", "/follow", "/unfollow", "/read"):
        answer = client.post(scene.address + path, {"kind": "note", "body": "x"})
        assert answer.status_code == 404
    for path in ("edit", "remove"):
        address = f"/discussion/messages/{message.pk}/{path}"
        assert client.post(address, {"body": "mine"}).status_code == 404
    assert client.get(f"/discussion/messages/{message.pk}").status_code == 404
    message.refresh_from_db()
    assert message.body == "<p>x</p>"
    assert Message.objects.count() == 1
    assert set(Follower.objects.values_list("user", flat=True)) == {scene.owner.pk}


def test_what_does_not_exist_is_404(scene: Scene, owner: Client) -> None:
    for path in ("leads/999999", "stages/1", "nothing/1", f"leads/{2**70}"):
        assert owner.get(f"/discussion/{path}").status_code == 404
    assert owner.post(f"{scene.address}/post", {"kind": "activity"}).status_code == 404


def test_without_log_in_there_is_the_log_in(scene: Scene, client: Client) -> None:
    assert client.get(scene.address).status_code == 302
    assert client.get("/discussion/inbox").status_code == 302


def test_reading_the_page_changes_nothing_but_marking_does(
    scene: Scene, client: Client
) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    actions.post(scene.lead, LEADS, "message", "<p>x</p>", by=scene.by)
    client.force_login(scene.colleague)
    page = client.get(scene.address)
    assert "mark as read" in page.content.decode()
    assert Notification.objects.filter(read_at=None).count() == 1
    answer = client.post(f"{scene.address}/read", headers=HTMX)
    assert answer["HX-Trigger"] == "notifications-changed"
    assert Notification.objects.filter(read_at=None).count() == 0


def test_an_author_edits_and_removes(scene: Scene, owner: Client) -> None:
    message = actions.post(
        scene.lead, LEADS, "message", "<p>a &lt; b<br>c</p>", by=scene.by
    )
    address = f"/discussion/messages/{message.pk}"
    form = owner.get(f"{address}/edit", headers=HTMX).content.decode()
    assert "a &lt; b\nc</textarea>" in form
    answer = owner.post(f"{address}/edit", {"body": "new"}, headers=HTMX)
    assert "<p>new</p>" in answer.content.decode()
    assert "edited" in answer.content.decode()
    answer = owner.post(f"{address}/remove", headers=HTMX)
    assert "This message was removed." in answer.content.decode()
    assert owner.post(f"{address}/edit", {"body": "x"}).status_code == 403


def test_colleagues_may_not_edit_each_others_words(
    scene: Scene, client: Client
) -> None:
    message = actions.post(scene.lead, LEADS, "note", "<p>x</p>", by=scene.by)
    client.force_login(scene.colleague)
    address = f"/discussion/messages/{message.pk}"
    assert client.get(f"{address}/edit").status_code == 403
    assert client.post(f"{address}/remove").status_code == 403


def test_following_oneself_and_others(scene: Scene, owner: Client) -> None:
    owner.post(f"{scene.address}/follow")
    owner.post(f"{scene.address}/follow", {"user": scene.colleague.pk})
    unable = owner.post(f"{scene.address}/follow", {"user": scene.stranger.pk})
    assert unable.status_code == 404
    owner.post(f"{scene.address}/unfollow")
    assert [one.user for one in Follower.objects.all()] == [scene.colleague]


def test_suggestions_fold_letters_and_know_words(scene: Scene, owner: Client) -> None:
    scene.stranger.name = "نیما كاظمي"
    scene.stranger.save()
    for typed, expected in (
        ("کاظ", ["نیما كاظمي"]),
        ("kar", ["Sara Karimi"]),
        ("rim", []),
        ("omid", []),
    ):
        page = owner.get(f"{scene.address}/people", {"q": typed}).content.decode()
        found = [name for name in ("نیما كاظمي", "Sara Karimi") if f">{name}<" in page]
        assert found == expected


def test_load_more_brings_older_entries_only(scene: Scene, owner: Client) -> None:
    for number in range(35):
        actions.post(scene.lead, LEADS, "note", f"<p>n{number}.</p>", by=scene.by)
    first = owner.get(scene.address).content.decode()
    assert "<p>n34.</p>" in first
    assert "<p>n4.</p>" not in first
    more = first.split('hx-get="')[-1].split('"')[0].replace("&amp;", "&")
    rest = owner.get(more, headers=HTMX).content.decode()
    assert "<p>n4.</p>" in rest
    assert "<p>n5.</p>" not in rest
    assert "before=" not in rest


def test_the_page_costs_the_same_for_long_conversations(
    scene: Scene, owner: Client
) -> None:
    counts = []
    for number in (1, 20):
        for one in range(number):
            upload = SimpleUploadedFile("a.txt", bytes([one]))
            actions.post(
                scene.lead, LEADS, "message", "<p>x</p>", files=[upload], by=scene.by
            )
        owner.get(scene.address)
        with CaptureQueriesContext(connection) as statements:
            assert owner.get(scene.address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_inbox_lists_what_is_unread_and_empties(
    scene: Scene, client: Client
) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.colleague.pk)])
    actions.post(scene.lead, LEADS, "message", "<p>come <b>now</b></p>", by=scene.by)
    scene.lead.salesperson = scene.colleague
    actions.notify_assigned(scene.lead, LEADS, by=scene.by)
    client.force_login(scene.colleague)
    page = client.get("/discussion/inbox").content.decode()
    assert "come now" in page
    assert "Omid Ghaffari assigned this to you." in page
    assert f'href="/leads/{scene.lead.pk}"' in page
    answer = client.post("/discussion/inbox/read", headers=HTMX)
    assert "Nothing unread" in answer.content.decode()
    assert Notification.objects.filter(read_at=None).count() == 0


def test_the_inbox_is_silent_about_what_one_may_not_read(
    scene: Scene, client: Client
) -> None:
    message = actions.post(scene.lead, LEADS, "note", "<p>secret</p>", by=scene.by)
    Notification.objects.create(
        message=message,
        user=scene.stranger,
        record_type="leads",
        record_id=scene.lead.pk,
    )
    client.force_login(scene.stranger)
    page = client.get("/discussion/inbox").content.decode()
    assert "secret" not in page
    assert scene.lead.name not in page


def test_the_panel_of_a_reader_has_no_composer(scene: Scene) -> None:
    from sarnakh.contacts.models import Contact
    from sarnakh.contacts.types import CONTACTS
    from sarnakh.discussion import panel

    contact = Contact.objects.create(name="Arya", company=scene.company)
    scene.owner.roles = ["internal"]
    context = panel.context(contact, CONTACTS, actor_for(scene.owner))
    assert not context["may_post"]


def test_who_else_could_follow_is_shown_when_asked_for(
    scene: Scene, owner: Client, client: Client
) -> None:
    actions.follow("leads", [(scene.lead.pk, scene.owner.pk)])
    page = owner.get(f"/leads/{scene.lead.pk}").content.decode()
    assert scene.colleague.name not in page
    assert f'href="{scene.address}/others"' in page
    option = f'<option value="{scene.colleague.pk}">{scene.colleague.name}</option>'
    part = owner.get(f"{scene.address}/others", headers=HTMX).content.decode()
    assert option in part
    assert scene.owner.name not in part
    assert "<html" not in part
    assert option in owner.get(f"{scene.address}/others").content.decode()
    client.force_login(scene.stranger)
    assert client.get(f"{scene.address}/others").status_code == 404
