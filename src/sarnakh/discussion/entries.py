"""The pieces of a conversation as its template shows them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.discussion import writing
from sarnakh.discussion.models import Message
from sarnakh.discussion.shown import shown
from sarnakh.discussion.words import event_name
from sarnakh.records.models import Change, StoredFile
from sarnakh.records.rich_text import sanitized
from sarnakh.records.types import Field

# How the style sheet calls the kinds of entries.
_LOOKS = {
    Message.Kind.MESSAGE: "out",
    Message.Kind.NOTE: "note",
    Message.Kind.ACTIVITY: "log",
}


@dataclass(frozen=True)
class Line:
    """One changed field; "" stands for "not set"."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A message, a note, an activity done, or a change.

    `look` is its class in the style sheet; `body` is clean HTML; `day` is the
    reader's, `starts_day` asks for a heading above the entry.
    """

    key: str
    at: dt.datetime
    day: dt.date
    author: User | None
    look: str
    author_name: str = ""
    heading: str = ""
    icon: str = ""
    body: str = ""
    lines: tuple[Line, ...] = ()
    files: tuple[StoredFile, ...] = ()
    message: Message | None = None
    is_edited: bool = False
    is_removed: bool = False
    may_edit: bool = False
    starts_day: bool = False

    @property
    def is_note(self) -> bool:
        """Whether only people of the house see it."""
        return self.look == "note"


def of_message(message: Message, files: tuple[StoredFile, ...], actor: Actor) -> Entry:
    """A message for its reader."""
    is_own = message.author_id is not None and message.author_id == actor.user_id
    details = message.details or {}
    is_activity = message.kind == Message.Kind.ACTIVITY
    return Entry(
        key=f"message-{message.pk}",
        at=message.at,
        day=actor.profile.today(message.at),
        author=message.author,
        author_name=message.author_name,
        look=_LOOKS[Message.Kind(message.kind)],
        heading=_activity_heading(details) if is_activity else "",
        icon=str(details.get("icon", "")),
        body=clean_html(_activity_note(details) + message.body),
        files=files,
        message=message,
        is_edited=message.edited_at is not None and not message.is_removed,
        is_removed=message.is_removed,
        may_edit=message.is_manual and (is_own or actor.has(Role.ADMINISTRATOR)),
    )


def of_change(
    change: Change, fields: dict[str, Field], currency: str, actor: Actor
) -> Entry:
    """A change for its reader: lines of the given fields, in their order."""
    lines = []
    for name, field in fields.items():
        if name in change.values:
            old, new = change.values[name]
            before = shown(field, old, actor.profile, currency)
            after = shown(field, new, actor.profile, currency)
            lines.append(Line(str(field.label), before, after))
    return Entry(
        key=f"change-{change.pk}",
        at=change.at,
        day=actor.profile.today(change.at),
        author=change.by,
        look="log",
        heading=event_name(change.event),
        body=clean_html(change.note),
        lines=tuple(lines),
    )


def clean_html(html: str) -> SafeString:
    """Rich text, cleaned once more on its way out."""
    # The allow-list has just passed over it; nothing unclean is left to escape.
    return mark_safe(sanitized(html)) if html else SafeString()  # noqa: S308


def _activity_heading(details: dict[str, Any]) -> str:
    """Done: call – ask for the order (for Sara)."""
    kind = str(details.get("type", ""))
    # Shipped types are stored in English and read in the reader's language.
    kind = _(kind) if details.get("code") and kind else kind
    what = " – ".join(part for part in (kind, str(details.get("summary", ""))) if part)
    if assignee := details.get("assignee"):
        heading = _("Done: %(what)s (assigned to %(name)s)")
        return heading % {"what": what, "name": assignee}
    return _("Done: %(what)s") % {"what": what}


def _activity_note(details: dict[str, Any]) -> str:
    note = str(details.get("note", ""))
    return f"<blockquote>{writing.from_plain(note)}</blockquote>" if note else ""
