"""The one way to rows: everything that shows, counts, exports or writes
records starts here, so that visibility is the same everywhere."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from sarnakh.accounts.actor import Actor
from sarnakh.records import conditions
from sarnakh.records.access import Verb
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType

PLAIN = frozenset({"=", "!=", "in", "not in"})


def visible(
    record_type: RecordType, actor: Actor, verb: Verb = "read"
) -> "QuerySet[Any]":
    """Rows on which the actor may do the verb; none without the right."""
    rows = record_type.model._default_manager.all()
    if not record_type.access.allows(actor, verb):
        return rows.none()
    if record_type.access.extra_rule and not actor.is_system:
        rows = rows.filter(record_type.access.extra_rule(actor, verb))
    rule = actor.once(
        ("rule", record_type.name, verb), partial(_rule, record_type, actor, verb)
    )
    return rows.filter(rule) if rule else rows


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
    if verb != "read" and not _may_as_well(record, record_type, actor, verb):
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
    request."""
    key = ("may-write", record_type.name, record.pk)
    return bool(
        actor.once(key, lambda: _may_as_well(record, record_type, actor, "write"))
    )


def looked_at(
    record: Model, record_type: RecordType, actor: Actor
) -> tuple[Any, ...] | None:
    """What the rules for writing look at: as long as it stays, so does the right.

    None where they look at more than columns of the record.
    """
    access = record_type.access
    if access.extra_rule and not actor.is_system:
        return None
    found = []
    for part in access.condition(actor, "write"):
        if not isinstance(part, str):
            path, operator, _value = part
            field = record_type.field(path)
            if field is None or field.kind == Kind.LINKS or operator not in PLAIN:
                return None
            source: Any = record_type.model._meta.get_field(field.column)
            found.append(getattr(record, source.attname))
    return tuple(found)


def _may_as_well(
    record: Model, record_type: RecordType, actor: Actor, verb: Verb
) -> bool:
    """Whether the actor may do more with a record that they can read.

    Where the same rules hold as for reading, the table alone decides.
    """
    access = record_type.access
    same = access.condition(actor, "read") == access.condition(actor, verb)
    if same and not access.extra_rule:
        return access.allows(actor, verb)
    return visible(record_type, actor, verb).filter(pk=record.pk).exists()


def _rule(record_type: RecordType, actor: Actor, verb: Verb) -> Q | None:
    condition = record_type.access.condition(actor, verb)
    if not condition:
        return None
    # Rules are ours, not the request's: their paths need no rights of their own.
    return conditions.compile_trusted(condition, record_type, actor)
