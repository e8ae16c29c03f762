"""Conversations, followers and what is unread."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.discussion import entries, mentions, reach
from sarnakh.discussion.entries import Entry
from sarnakh.discussion.models import Follower, Message, Notification
from sarnakh.lib.text import searchable
from sarnakh.records import rows
from sarnakh.records.currency import currency_of
from sarnakh.records.models import Change, StoredFile
from sarnakh.records.types import Field, RecordType, by_name

PAGE = 30
SUGGESTIONS = 8
_PLACE = re.compile(r"(\d{1,17})-([cm])-(\d{1,18})", re.ASCII)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Thread:
    """A part of a conversation; `more` leads to what is older, "" at the end."""

    entries: list[Entry]
    more: str = ""


@dataclass(frozen=True)
class Place:
    """Where in a conversation a page ended: changes come before messages."""

    at: dt.datetime
    source: str
    pk: int

    def __str__(self) -> str:
        micros = (self.at - _EPOCH) // dt.timedelta(microseconds=1)
        return f"{micros}-{self.source}-{self.pk}"


def thread(
    record: Any,
    record_type: RecordType,
    actor: Actor,
    before: str = "",
    limit: int = PAGE,
    attached: Iterable[StoredFile] | None = None,
) -> Thread:
    """Messages and changes merged, newest first, as the actor may see them.

    Takes three statements however long the conversation is, two where the caller
    has all files that are `attached` to the record. `before` is the `more` of an
    earlier part; nonsense means the beginning. The caller has found the record
    among those that the actor may read.
    """
    fields = tracked_fields(record_type, actor)
    place = _read_place(before)
    found: list[tuple[Place, Message | Change]] = [
        (Place(message.at, "m", message.pk), message)
        for message in _older(_messages(record, record_type, actor), place, "m")[
            : limit + 1
        ]
    ]
    if reach.is_internal(actor):
        found += [
            (Place(change.at, "c", change.pk), change)
            for change in _older(_changes(record, record_type, fields), place, "c")[
                : limit + 1
            ]
        ]
    found.sort(key=lambda one: (one[0].at, one[0].source, one[0].pk), reverse=True)
    page, has_more = found[:limit], len(found) > limit
    if attached is None:
        files = _files_of([one.pk for _at, one in page if isinstance(one, Message)])
    else:
        files = _by_message(attached)
    currency = currency_of(record, record_type, actor)
    shown = [
        entries.of_message(one, files.get(one.pk, ()), actor)
        if isinstance(one, Message)
        else entries.of_change(one, fields, currency, actor)
        for _at, one in page
    ]
    return Thread(_with_days(shown, actor, place), str(page[-1][0]) if has_more else "")


def entry(message: Message, actor: Actor) -> Entry:
    """One message alone."""
    return entries.of_message(
        message, _files_of([message.pk]).get(message.pk, ()), actor
    )


def tracked_fields(record_type: RecordType, actor: Actor) -> dict[str, Field]:
    """Fields whose changes the actor may see in the history, in declared order."""
    return {
        name: field
        for name, field in record_type.readable_fields(actor).items()
        if field.is_tracked
    }


# --- unread ---------------------------------------------------------------------


def unread_counts(
    record_type: RecordType, ids: Collection[int], actor: Actor
) -> dict[int, int]:
    """How much is unread by the actor about each record; none means no key."""
    if actor.user_id is None or not ids:
        return {}
    found = (
        _unread(actor)
        .filter(record_type=record_type.name, record_id__in=ids)
        .values("record_id")
        .annotate(count=Count("pk"))
        .values_list("record_id", "count")
    )
    return dict(found)


def unread_total(actor: Actor) -> int:
    """How much is unread by the actor, about records that are open to them."""
    if actor.user_id is None:
        return 0
    return _unread(actor).filter(reach.on_reachable(actor)).count()


def unread_ids(record_type_name: str, actor: Actor) -> "QuerySet[Notification, Any]":
    """Ids of records with something unread, as a subquery for `pk__in`."""
    return _unread(actor).filter(record_type=record_type_name).values("record_id")


def inbox(actor: Actor, limit: int = 100) -> "QuerySet[Notification]":
    """Unread notifications of the actor about open records, newest first."""
    if actor.user_id is None:
        return Notification.objects.none()
    return (
        _unread(actor)
        .filter(reach.on_reachable(actor))
        .select_related("message", "by")
        .order_by("-at", "-pk")[:limit]
    )


def titles(
    references: Iterable[tuple[str, int]], actor: Actor
) -> dict[tuple[str, int], str]:
    """What records are called, those that the actor may read; a statement a type."""
    wanted: dict[str, set[int]] = {}
    for name, pk in references:
        wanted.setdefault(name, set()).add(pk)
    return {
        (name, record.pk): by_name(name).title_of(record)
        for name, keys in wanted.items()
        for record in rows.visible(by_name(name), actor).filter(pk__in=keys)
    }


# --- people ---------------------------------------------------------------------


def followers(record: Any, record_type: RecordType) -> list[User]:
    """Who follows a record, by name."""
    follows = Follower.objects.filter(
        record_type=record_type.name, record_id=record.pk, user__is_active=True
    ).values("user_id")
    people = User.objects.filter(pk__in=follows).order_by("name", "pk")
    return list(people.only("name", "email", "roles", "tone"))


def people(actor: Actor) -> list[User]:
    """Active internal users that the actor may know, by name."""
    found: list[User] = actor.once("people", lambda: _people(actor))
    return list(found)


def _people(actor: Actor) -> list[User]:
    known = rows.visible(by_name("users"), actor).filter(is_active=True).distinct()
    found = known.order_by("name", "pk").only("name", "roles", "email", "tone")
    return [user for user in found if Role.INTERNAL in user.role_set]


def suggestions(typed: str, actor: Actor) -> list[User]:
    """A few people whose name has a word that begins like the typed text."""
    wanted = searchable(typed[:100])
    return [
        user
        for user in people(actor)
        if f" {wanted}" in f" {searchable(user.name)}" and user.pk != actor.user_id
    ][:SUGGESTIONS]


def mentioned(text: str, chosen: Iterable[int], actor: Actor) -> list[int]:
    """Ids of the people whom a text names with an at-sign; see `mentions.named`."""
    if "@" not in text:
        return []
    names = {user.pk: user.name for user in people(actor)}
    return mentions.named(text, names, chosen)


def unreached(message: Message, wanted: Iterable[int]) -> list[User]:
    """People whom a message mentions but who were not told, as they may not read it."""
    told = Notification.objects.filter(message=message).values("user_id")
    return list(
        User.objects.filter(pk__in=set(wanted) - {message.author_id})
        .exclude(pk__in=told)
        .order_by("name", "pk")
    )


def attached(record: Any, record_type: RecordType, actor: Actor) -> list[StoredFile]:
    """Files of a record, newest first; those of notes are for people of the house."""
    found = StoredFile.objects.filter(
        record_type=record_type.name, record_id=record.pk
    ).order_by("-pk")
    if not reach.is_internal(actor):
        public = _messages(record, record_type, actor).values("pk")
        found = found.filter(Q(message_id=None) | Q(message_id__in=public))
    return list(found)


# --- inside ---------------------------------------------------------------------


def _unread(actor: Actor) -> "QuerySet[Notification]":
    return Notification.objects.filter(user=actor.user_id, read_at=None)


def _messages(
    record: Any, record_type: RecordType, actor: Actor
) -> "QuerySet[Message]":
    found = (
        Message.objects.filter(record_type=record_type.name, record_id=record.pk)
        .select_related("author")
        .only(*_own(Message), "author__name")
    )
    if not reach.is_internal(actor):
        found = found.filter(kind=Message.Kind.MESSAGE)
    return found


def _changes(
    record: Any, record_type: RecordType, fields: dict[str, Field]
) -> "QuerySet[Change]":
    """Changes that say something: a plain edit needs a line or a note."""
    says = ~Q(event="edited") | ~Q(note="")
    if fields:
        says |= Q(values__has_any_keys=list(fields))
    return (
        Change.objects.filter(record_type=record_type.name, record_id=record.pk)
        .filter(says)
        .select_related("by")
        .only(*_own(Change), "by__name")
    )


def _own(model: type[Model]) -> list[str]:
    """All fields of a model; of whoever it links to, only what is asked for."""
    return [field.name for field in model._meta.concrete_fields]


def _older(query: Any, place: Place | None, source: str) -> Any:
    """Rows after a place in the order newest first; equal instants by source and id."""
    if place:
        same = Q(at=place.at)
        if source == place.source:
            same &= Q(pk__lt=place.pk)
        elif source > place.source:
            same &= Q(pk__in=())
        query = query.filter(Q(at__lt=place.at) | same)
    return query.order_by("-at", "-pk")


def _read_place(text: str) -> Place | None:
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    try:
        at = _EPOCH + dt.timedelta(microseconds=int(found[1]))
    except OverflowError:
        return None
    return Place(at, found[2], int(found[3]))


def _files_of(message_ids: list[int]) -> dict[int, tuple[StoredFile, ...]]:
    return _by_message(StoredFile.objects.filter(message_id__in=message_ids))


def _by_message(files: Iterable[StoredFile]) -> dict[int, tuple[StoredFile, ...]]:
    found: dict[int, tuple[StoredFile, ...]] = {}
    for file in sorted(files, key=lambda one: one.pk):
        key = file.message_id or 0
        found[key] = (*found.get(key, ()), file)
    return found


def _with_days(shown: list[Entry], actor: Actor, place: Place | None) -> list[Entry]:
    """Mark the first entry of each day; a later page goes on where one ended."""
    day = actor.profile.today(place.at) if place else None
    marked = []
    for one in shown:
        marked.append(replace(one, starts_day=one.day != day))
        day = one.day
    return marked
