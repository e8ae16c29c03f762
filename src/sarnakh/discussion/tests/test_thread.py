"""The conversation: merged, cut in parts, in the reader's words."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sarnakh.accounts.actor import actor_for
from sarnakh.crm.types import LEADS
from sarnakh.discussion import queries
from sarnakh.discussion.entries import Line
from sarnakh.discussion.models import Message
from sarnakh.discussion.shown import shown
from sarnakh.discussion.tests.scene import Scene
from sarnakh.lib.profile import Profile
from sarnakh.records.kinds import Kind
from sarnakh.records.models import Change
from sarnakh.records.types import Field

NOON = dt.datetime(2025, 7, 3, 8, 30, tzinfo=dt.UTC)
ENGLISH = Profile("en", "gregorian", "latin", "UTC")
PERSIAN = Profile()


def say(scene: Scene, minute: int, **values: Any) -> Message:
    defaults = {"kind": "message", "body": f"<p>{minute}</p>", "author": scene.owner}
    return Message.objects.create(
        record_type="leads",
        record_id=scene.lead.pk,
        at=NOON + dt.timedelta(minutes=minute),
        **{**defaults, **values},
    )


def change(scene: Scene, minute: int, event: str = "edited", **values: Any) -> Change:
    note = values.pop("note", "")
    return Change.objects.create(
        record_type="leads",
        record_id=scene.lead.pk,
        version=1,
        event=event,
        values=values,
        note=note,
        at=NOON + dt.timedelta(minutes=minute),
        by=scene.owner,
    )


def thread(scene: Scene, **values: Any) -> queries.Thread:
    return queries.thread(scene.lead, LEADS, scene.by, **values)


def test_messages_and_changes_stand_newest_first(scene: Scene) -> None:
    say(scene, 1)
    change(scene, 2, "won")
    say(scene, 3, kind="note")
    change(scene, 0, "created")
    found = thread(scene).entries
    assert [one.look for one in found] == ["note", "log", "out", "log"]
    assert [one.heading for one in found] == ["", "Won", "", "Created"]


def test_plain_edits_show_tracked_fields_only(scene: Scene) -> None:
    change(scene, 1, website=[None, "http://a.ir"])
    change(scene, 2, email=[None, "a@b.ir"], website=[None, "x"])
    change(scene, 3, note="<p>why</p><script>1</script>")
    change(scene, 4, "lost", website=["x", None])
    found = thread(scene).entries
    assert [len(one.lines) for one in found] == [0, 0, 1]
    assert found[1].body == "<p>why</p>"
    assert found[2].lines == (Line("Email", "", "a@b.ir"),)


def test_a_field_that_the_reader_may_not_read_has_no_line(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(scene, 1, email=[None, "a@b.ir"])
    hidden = {name: one for name, one in LEADS.fields.items() if name != "email"}
    monkeypatch.setattr(
        type(LEADS), "readable_fields", lambda self, actor: hidden, raising=True
    )
    assert thread(scene).entries == []


def test_parts_follow_each_other_without_gap_or_repetition(scene: Scene) -> None:
    for minute in range(12):
        # Pairs of equal instants, of both sources.
        say(scene, minute // 2)
        change(scene, minute // 2, "won")
    whole = [one.key for one in thread(scene, limit=100).entries]
    parts, more = [], ""
    while True:
        part = thread(scene, before=more, limit=5)
        parts += [one.key for one in part.entries]
        more = part.more
        if not more:
            break
    assert parts == whole
    assert len(set(parts)) == 24


def test_nonsense_as_a_place_means_the_beginning(scene: Scene) -> None:
    say(scene, 1)
    for nonsense in (
        "x",
        "99999999999999999-m-1",
        "1-z-1",
        "-1-m-1",
        "1-m-" + "9" * 30,
    ):
        assert len(thread(scene, before=nonsense).entries) in (0, 1)
    assert len(thread(scene, before="x").entries) == 1


def test_days_are_those_of_the_reader_and_go_on_in_the_next_part(
    scene: Scene,
) -> None:
    say(scene, 0)
    say(scene, 10)
    # 20:40 UTC is the next day in Tehran.
    say(scene, 12 * 60 + 10)
    first = thread(scene, limit=2)
    assert [one.starts_day for one in first.entries] == [True, True]
    rest = thread(scene, before=first.more, limit=2)
    assert [one.starts_day for one in rest.entries] == [False]


def test_the_number_of_statements_does_not_grow_with_the_thread(
    scene: Scene,
) -> None:
    counts = []
    for number in (2, 60):
        for minute in range(number):
            say(scene, minute)
            change(scene, minute, email=[None, "a@b.ir"])
        actor = scene.by
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert thread_of(scene, actor).entries
        counts.append(len(statements))
    assert counts == [3, 3]


def thread_of(scene: Scene, actor: Any) -> queries.Thread:
    return queries.thread(scene.lead, LEADS, actor)


def test_people_from_outside_see_only_messages(scene: Scene) -> None:
    say(scene, 1)
    say(scene, 2, kind="note")
    say(scene, 3, kind="activity")
    change(scene, 4, "won")
    scene.owner.roles = ["portal"]
    found = queries.thread(scene.lead, LEADS, actor_for(scene.owner)).entries
    assert [one.look for one in found] == ["out"]


def test_an_activity_is_told_in_the_readers_language(scene: Scene) -> None:
    details = {"type": "Call", "code": "call", "icon": "phone", "summary": "Ask <b>",
               "note": "x<script>", "assignee": "Sara"}  # fmt: skip
    say(scene, 1, kind="activity", body="<p>ok</p>", details=details)
    entry = thread(scene).entries[0]
    assert entry.heading == "Done: Call – Ask <b> (assigned to Sara)"
    assert entry.body == "<blockquote><p>x&lt;script&gt;</p></blockquote><p>ok</p>"
    assert entry.icon == "phone"


def field(kind: Kind, **values: Any) -> Field:
    return Field(name="x", kind=kind, label="X", column="x", **values)


@pytest.mark.parametrize(
    ("described", "value", "english", "persian"),
    [
        (field(Kind.TEXT), None, "", ""),
        (field(Kind.TEXT), "a\nb", "a b", "a b"),
        (field(Kind.LONG_TEXT), "x" * 300, "x" * 199 + "…", "x" * 199 + "…"),
        (field(Kind.RICH_TEXT), "<p>a<b>b</b></p>", "ab", "ab"),
        (field(Kind.BOOLEAN), True, "Yes", None),
        (field(Kind.BOOLEAN), False, "No", None),
        (field(Kind.INTEGER), 1234, "1,234", "۱٬۲۳۴"),
        (field(Kind.DECIMAL, widget="percent"), 12.5, "12.5%", "۱۲٫۵٪"),
        (field(Kind.MONEY), 1_200_000, "IRR\u00a01,200,000", "۱٬۲۰۰٬۰۰۰\u00a0ریال"),
        (field(Kind.DATE), "2025-07-03", "2025/07/03", "۱۴۰۴/۰۴/۱۲"),
        (
            field(Kind.DATETIME),
            "2025-07-03T20:45:00+00:00",
            "2025/07/03 20:45",
            "۱۴۰۴/۰۴/۱۳ ۰۰:۱۵",
        ),
        (field(Kind.CHOICE, choices=((1, "One"),)), 1, "One", "One"),
        (field(Kind.CHOICE, choices=((1, "One"),)), 7, "7", "7"),
        (field(Kind.LINK), {"id": 1, "name": "Old name"}, "Old name", "Old name"),
        (
            field(Kind.LINKS),
            [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}],
            "A, B",
            None,
        ),
        (field(Kind.TEXT, widget="password"), "secret", "••••", "••••"),
        # The field was of another kind when this was written.
        (field(Kind.DATE), "soon", "soon", "soon"),
        (field(Kind.LINK), "Sara", "Sara", "Sara"),
        (field(Kind.MONEY), "much", "much", "much"),
    ],
)
def test_values_are_shown_in_the_readers_way(
    described: Field, value: Any, english: str, persian: str | None
) -> None:
    with translation.override("en"):
        assert shown(described, value, ENGLISH, "IRR") == english
    if persian is not None:
        with translation.override("fa"):
            assert shown(described, value, PERSIAN, "IRR") == persian
