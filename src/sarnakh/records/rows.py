"""The one way to rows: everything that shows, counts, exports or writes
records starts here, so that visibility is the same everywhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from sarnakh.accounts.actor import Actor
from sarnakh.records import conditions
from sarnakh.records.access import Verb
from sarnakh.records.types import RecordType


def visible(
    record_type: RecordType, actor: Actor, verb: Verb = "read"
) -> "QuerySet[Any]":
    """Rows on which the actor may do the verb; none without the right."""
    rows = record_type.model._default_manager.all()
    if not record_type.access.allows(actor, verb):
        return rows.none()
    if record_type.access.extra_rule and not actor.is_system:
        rows = rows.filter(record_type.access.extra_rule(actor, verb))
    condition = record_type.access.condition(actor, verb)
    if not condition:
        return rows
    # Rules are ours, not the request's: their paths need no rights of their own.
    return rows.filter(conditions.compile_trusted(condition, record_type, actor))


def find(
    record_type: RecordType,
    pk: int,
    actor: Actor,
    verb: Verb = "read",
) -> Any:
    """One record; 404 alike for missing and unreadable, 403 when only readable."""
    record = visible(record_type, actor, "read").filter(pk=pk).first()
    if record is None:
        raise Http404
    if verb != "read" and not visible(record_type, actor, verb).filter(pk=pk).exists():
        raise PermissionDenied
    return record


def may(record_type: RecordType, actor: Actor, verb: Verb) -> bool:
    """Whether the table grants the verb at all; decides about buttons."""
    return record_type.access.allows(actor, verb)


def still_allowed(record: Model, record_type: RecordType, actor: Actor) -> bool:
    """Whether a record just written is still one that the actor may write."""
    return visible(record_type, actor, "write").filter(pk=record.pk).exists()


def may_write(record: Model, record_type: RecordType, actor: Actor) -> bool:
    """Whether the actor may write a record that they can read; asked once in a
    request, and not at all where the same rules hold for reading and writing."""
    access = record_type.access
    same = access.condition(actor, "read") == access.condition(actor, "write")
    if same and not access.extra_rule:
        return access.allows(actor, "write")
    key = ("may-write", record_type.name, record.pk)
    return bool(actor.once(key, lambda: still_allowed(record, record_type, actor)))
