"""Writes as a person asks for them: rights first, then the type's own door.

Forms, boards, the API and imports all write through here, so none of them can
forget a check. A refusal leaves the database as it was.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import Actor
from sarnakh.records import rows
from sarnakh.records.types.record_type import RecordType, Values
from sarnakh.records.whole import whole


@whole
def create(
    record_type: RecordType, values: Sequence[Values], *, by: Actor
) -> list[Any]:
    """Make records; each must be one that the actor may create."""
    if not record_type.access.allows(by, "create"):
        raise PermissionDenied
    made = record_type.writers.create(values, by=by)
    access = record_type.access
    if access.condition(by, "create") or access.extra_rule:
        keys = [record.pk for record in made]
        allowed = rows.visible(record_type, by, "create").filter(pk__in=keys).count()
        if allowed != len(made):
            raise PermissionDenied
    return made


@whole
def change(
    record_type: RecordType,
    pk: int,
    values: Values,
    *,
    seen: int | None = None,
    by: Actor,
) -> Any:
    """Edit a record that the actor may write, and may still write afterwards.

    Hand-over fields of the type (a lead's salesperson) may move it out of reach.
    """
    record = rows.find(record_type, pk, by, "write")
    before = rows.looked_at(record, record_type, by)
    record = record_type.writers.change(record, values, seen=seen, by=by)
    # As long as what the rules look at stays, so does the right found above.
    stays = before is not None and before == rows.looked_at(record, record_type, by)
    hands_over = record_type.handover & values.keys()
    if not (stays or hands_over or rows.still_allowed(record, record_type, by)):
        raise PermissionDenied
    return record


@whole
def delete(record_type: RecordType, keys: Sequence[int], *, by: Actor) -> None:
    """Delete records; all or none."""
    record_type.writers.delete(found(record_type, keys, by, "delete"), by=by)


@whole
def command(
    record_type: RecordType,
    name: str,
    pk: int,
    *,
    by: Actor,
    run: Callable[..., Any] | None = None,
    **arguments: Any,
) -> Any:
    """Run a named write of the type, or one that another room gave, on one record."""
    record = rows.find(record_type, pk, by, "write")
    write = run or record_type.commands[name]
    return write(record, by=by, **arguments)


def found(
    record_type: RecordType, keys: Sequence[int], by: Actor, verb: rows.Verb
) -> list[Any]:
    """The records in the order of the keys; one out of reach refuses all."""
    wanted = list(dict.fromkeys(keys))
    by_key = rows.visible(record_type, by, verb).in_bulk(wanted)
    if missing := [key for key in wanted if key not in by_key]:
        for key in missing:
            rows.find(record_type, key, by, verb)
    return [by_key[key] for key in wanted]
