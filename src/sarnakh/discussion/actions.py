"""Write messages, follow records, notify people."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.discussion import files as kept
from sarnakh.discussion import reach, writing
from sarnakh.discussion.models import Follower, Message, Notification
from sarnakh.lib import text
from sarnakh.lib.errors import Refused
from sarnakh.records import rows
from sarnakh.records.models import StoredFile
from sarnakh.records.rich_text import sanitized
from sarnakh.records.types import RecordType, by_name
from sarnakh.records.values import RICH_TEXT_LIMIT
from sarnakh.records.whole import whole


class NothingWritten(Refused):
    """A message without a word or a file."""

    def __init__(self) -> None:
        super().__init__(_("Write something first."), "empty-message")


class TooLong(Refused):
    """A message beyond the limit for rich text."""

    def __init__(self) -> None:
        super().__init__(_("This text is too long."), "message-too-long")


class MessageGone(Refused):
    """The message was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This message was removed."), "message-removed")


# --- messages -------------------------------------------------------------------


@whole
def post(
    record: Any,
    record_type: RecordType,
    kind: str,
    body_html: str,
    *,
    mentions: Iterable[int] = (),
    files: Sequence[UploadedFile] = (),
    by: Actor,
) -> Message:
    """Write a message or a note on a record that the actor may write.

    A message tells all followers, a note only the mentioned internal users, and
    never its author or anybody who may not read the record. Author and mentioned
    people of a message follow the record from now on.
    """
    if kind not in (Message.Kind.MESSAGE, Message.Kind.NOTE):
        raise ValueError(kind)
    if not rows.still_allowed(record, record_type, by):
        raise PermissionDenied
    body = _cleaned(body_html, may_be_empty=bool(files))
    message = Message.objects.create(
        record_type=record_type.name,
        record_id=record.pk,
        kind=kind,
        body=body,
        author=by.user,
    )
    kept.keep_all(files, record, record_type, message=message, by=by)
    is_public = kind == Message.Kind.MESSAGE
    followers = _follower_ids(record, record_type) if is_public else set()
    told = _tell(message, record_type, set(mentions), followers, by=by)
    if is_public:
        mentioned = {user.pk for user in told} & set(mentions)
        author = {by.user_id} if by.user_id else set()
        follow(record_type.name, [(record.pk, pk) for pk in mentioned | author])
    return message


@whole
def post_for_stranger(
    record: Any,
    record_type: RecordType,
    plain_text: str,
    name: str,
    *,
    tell: Iterable[int] = (),
    by: Actor,
) -> Message:
    """What somebody without a log-in wrote on a shared page: text, never markup.

    `by` is the system, whoever let the stranger in has checked that. All followers
    hear of it, and the users of `tell`.
    """
    body = _cleaned(writing.from_plain(plain_text), may_be_empty=False)
    message = Message.objects.create(
        record_type=record_type.name,
        record_id=record.pk,
        kind=Message.Kind.MESSAGE,
        body=body,
        author_name=" ".join(text.clean(name).split())[:200],
    )
    wanted = _follower_ids(record, record_type) | set(tell)
    _tell(message, record_type, set(), wanted, by=by)
    return message


@whole
def log_letter(
    record: Any,
    record_type: RecordType,
    subject: str,
    body_html: str,
    *,
    direction: str = "auto",
    files: Sequence[UploadedFile] = (),
    by: Actor,
) -> Message:
    """A letter that leaves for people outside, as a message of the conversation."""
    heading = f'<p dir="{direction}"><strong>{escape(subject)}</strong></p>'
    body_html = f'<div dir="{direction}">{body_html}</div>'
    message = Message.objects.create(
        record_type=record_type.name,
        record_id=record.pk,
        kind=Message.Kind.MESSAGE,
        body=sanitized(heading + body_html),
        author=by.user,
    )
    kept.keep_all(files, record, record_type, message=message, by=by)
    _tell(message, record_type, set(), _follower_ids(record, record_type), by=by)
    if by.user_id:
        follow(record_type.name, [(record.pk, by.user_id)])
    return message


@whole
def log(
    record: Any,
    record_type: RecordType,
    plain_text: str,
    *,
    files: Sequence[UploadedFile] = (),
    name: str = "",
    tell: Iterable[int] = (),
    by: Actor,
) -> Message:
    """A line of the product itself: what happened outside of the forms.

    Needs no right on the record; tells followers and the users of `tell`.
    """
    message = Message.objects.create(
        record_type=record_type.name,
        record_id=record.pk,
        kind=Message.Kind.NOTE,
        body=sanitized(writing.from_plain(text.clean(plain_text))),
        author=by.user,
        author_name=name[:200],
    )
    kept.keep_all(files, record, record_type, message=message, by=by)
    wanted = _follower_ids(record, record_type) | set(tell)
    _tell(message, record_type, set(), wanted, by=by)
    return message


@whole
def edit_message(message: Message, body_html: str, *, by: Actor) -> Message:
    """Give a message other words; its author or an administrator may."""
    _refuse_others(message, by)
    has_files = StoredFile.objects.filter(message_id=message.pk).exists()
    body = _cleaned(body_html, may_be_empty=has_files)
    now = timezone.now()
    if not Message.objects.filter(pk=message.pk, is_removed=False).update(
        body=body, edited_at=now
    ):
        raise MessageGone
    message.body, message.edited_at = body, now
    return message


@whole
def remove_message(message: Message, *, by: Actor) -> None:
    """Empty a message; its files go, "message was removed" stays."""
    _refuse_others(message, by)
    Message.objects.filter(pk=message.pk).update(body="", is_removed=True)
    StoredFile.objects.filter(message_id=message.pk).delete()
    Notification.objects.filter(message=message, read_at=None).delete()
    message.body, message.is_removed = "", True


@whole
def log_activity(
    record_type_name: str,
    record_id: int,
    details: dict[str, str],
    feedback: str = "",
    *,
    by: Actor,
) -> Message:
    """Note in the conversation that an activity was done.

    Needs no right on the record: whoever is assigned may do it. `feedback` is
    plain text. Tells nobody.
    """
    return Message.objects.create(
        record_type=record_type_name,
        record_id=record_id,
        kind=Message.Kind.ACTIVITY,
        body=sanitized(writing.from_plain(text.clean(feedback))),
        details=details,
        author=by.user,
    )


@whole
def forget(record_type_name: str, record_ids: Sequence[int]) -> None:
    """Remove everything said and filed about records that were deleted."""
    if not by_name(record_type_name).has_discussion:
        return
    of_them = {"record_type": record_type_name, "record_id__in": record_ids}
    for model in (Notification, Message, Follower, StoredFile):
        model._default_manager.filter(**of_them).delete()


# --- reading --------------------------------------------------------------------


def mark_read(record_type: RecordType, record_id: int, *, by: Actor) -> int:
    """The actor has seen the conversation; returns how many were unread."""
    return (
        Notification.objects.filter(
            user=by.user_id,
            record_type=record_type.name,
            record_id=record_id,
            read_at=None,
        ).update(read_at=timezone.now())
        if by.user_id
        else 0
    )


def mark_all_read(*, by: Actor) -> int:
    """The actor has nothing unread any more; returns how many there were."""
    return (
        Notification.objects.filter(user=by.user_id, read_at=None).update(
            read_at=timezone.now()
        )
        if by.user_id
        else 0
    )


# --- following ------------------------------------------------------------------


def follow(record_type_name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Make users follow records, given as (record id, user id); twice is once."""
    Follower.objects.bulk_create(
        [
            Follower(record_type=record_type_name, record_id=pk, user_id=user_id)
            for pk, user_id in dict.fromkeys(pairs)
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )


def unfollow(record_type_name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """The opposite of `follow`, for the few pairs that a person names."""
    for pk, user_id in pairs:
        Follower.objects.filter(
            record_type=record_type_name, record_id=pk, user_id=user_id
        ).delete()


@whole
def notify_assigned(
    record: Any, record_type: RecordType, *, by: Actor, field: str = "salesperson"
) -> None:
    """The responsible of a record follows it and hears of it, unless they did it.

    `field` names the link to the responsible user; archived users hear nothing.
    """
    user_id = getattr(record, f"{field}_id")
    if user_id:
        _hand_over(record_type, record.pk, user_id, by=by)


def notify_activity(
    record_type: RecordType, record_id: int, user_id: int, what: str, *, by: Actor
) -> None:
    """Somebody was given an activity: they follow the record and hear of it."""
    _hand_over(record_type, record_id, user_id, activity=what[:200], by=by)


def _hand_over(
    record_type: RecordType,
    record_id: int,
    user_id: int,
    *,
    activity: str = "",
    by: Actor,
) -> None:
    """Follow and notification for somebody who may read the record."""
    if not reach.readers(record_type, record_id, [user_id]):
        return
    follow(record_type.name, [(record_id, user_id)])
    reasons = Notification.Reason
    if user_id != by.user_id:
        Notification.objects.create(
            reason=reasons.ACTIVITY if activity else reasons.ASSIGNED,
            user_id=user_id,
            by=by.user,
            record_type=record_type.name,
            record_id=record_id,
            text=activity,
        )


# --- inside ---------------------------------------------------------------------


def _cleaned(body_html: str, *, may_be_empty: bool) -> str:
    if len(body_html) > RICH_TEXT_LIMIT:
        raise TooLong
    body = sanitized(text.clean(body_html))
    if writing.is_empty(body):
        if not may_be_empty:
            raise NothingWritten
        return ""
    return body


def _refuse_others(message: Message, by: Actor) -> None:
    if message.is_removed:
        raise MessageGone
    is_own = message.author_id is not None and message.author_id == by.user_id
    if not message.is_manual or not (is_own or by.has(Role.ADMINISTRATOR)):
        raise PermissionDenied


def _follower_ids(record: Any, record_type: RecordType) -> set[int]:
    return set(
        Follower.objects.filter(
            record_type=record_type.name, record_id=record.pk
        ).values_list("user_id", flat=True)
    )


def _tell(
    message: Message,
    record_type: RecordType,
    mentioned: set[int],
    followers: set[int],
    *,
    by: Actor,
) -> list[User]:
    """Notify; returns who was: each once, no author, nobody without access."""
    wanted = (mentioned | followers) - {by.user_id}
    if not wanted:
        return []
    told = reach.readers(record_type, message.record_id, wanted)
    reasons = Notification.Reason
    Notification.objects.bulk_create(
        Notification(
            reason=reasons.MENTION if user.pk in mentioned else reasons.MESSAGE,
            message=message,
            user=user,
            by=by.user,
            record_type=message.record_type,
            record_id=message.record_id,
            at=message.at,
        )
        for user in told
    )
    return told
