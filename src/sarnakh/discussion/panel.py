"""The conversation beside a record's form."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.discussion import queries
from sarnakh.records import rows
from sarnakh.records.types import RecordType
from sarnakh.screens.panels import Panel


def context(
    record: Any, record_type: RecordType, actor: Actor, before: str = ""
) -> dict[str, Any]:
    """What `discussion/panel.html` needs for a record that the actor may read.

    Who else could follow comes when it is asked for, as that takes all people.
    """
    may_write = rows.may_write(record, record_type, actor)
    followers = queries.followers(record, record_type)
    attached = queries.attached(record, record_type, actor)
    return {
        "record": record,
        "record_type": record_type,
        "actor": actor,
        "profile": actor.profile,
        "thread": queries.thread(record, record_type, actor, before, attached=attached),
        "followers": followers,
        "is_following": any(user.pk == actor.user_id for user in followers),
        "may_post": may_write,
        "attached": attached,
        "unread": queries.unread_counts(record_type, [record.pk], actor).get(
            record.pk, 0
        ),
    }


def others(record: Any, record_type: RecordType, actor: Actor) -> list[tuple[int, str]]:
    """People who could be made followers: number and name."""
    following = {user.pk for user in queries.followers(record, record_type)}
    return [
        (user.pk, user.name)
        for user in queries.people(actor)
        if user.pk not in following
    ]


PANEL = Panel("discussion/panel.html", context)
