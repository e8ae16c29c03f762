"""The condition language: filters, favourites, rules and the API speak it.

A condition is a JSON list in prefix notation: triples `[path, operator, value]`
and the connectors `"&"`, `"|"`, `"!"`; neighbours are AND-ed, `[]` is everything.
"""

from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.records.conditions import compiling, matching, parsing, sentences
from sarnakh.records.conditions.operators import build, operators
from sarnakh.records.conditions.reader import Reader
from sarnakh.records.conditions.refusal import Invalid
from sarnakh.records.conditions.tally import fits
from sarnakh.records.conditions.tokens import literal
from sarnakh.records.conditions.tree import And, Not, Or, Test, Tree
from sarnakh.records.types import RecordType

__all__ = [
    "And",
    "Invalid",
    "Not",
    "Or",
    "Test",
    "Tree",
    "build",
    "compile",
    "compile_trusted",
    "fits",
    "literal",
    "matches",
    "operators",
    "parse",
    "sentence",
]


def parse(condition: list[Any], record_type: RecordType, actor: Actor) -> Tree:
    """The checked tree of a condition from outside; raises Invalid."""
    return parsing.parse(condition, record_type, Reader(actor))


def compile(  # noqa: A001 - the word of this room
    condition: list[Any],
    record_type: RecordType,
    actor: Actor,
    now: datetime | None = None,
) -> Q:
    """The rows that match, for conditions from outside; raises Invalid.

    Fields and linked rows that the actor may not read do not exist for it. The
    rows themselves still need `rows.visible`. Its complement is `["!", …]`.
    """
    return _compiled(condition, record_type, Reader(actor, now=now or timezone.now()))


def compile_trusted(
    condition: list[Any],
    record_type: RecordType,
    actor: Actor,
    now: datetime | None = None,
) -> Q:
    """The same for conditions that are ours, whatever the actor may read."""
    reader = Reader(actor, is_trusted=True, now=now or timezone.now())
    return _compiled(condition, record_type, reader)


def matches(
    condition: list[Any],
    record: Model,
    record_type: RecordType,
    actor: Actor,
    now: datetime | None = None,
) -> bool:
    """Whether a record, as it stands in memory, matches; raises Invalid."""
    reader = Reader(actor, now=now or timezone.now())
    tree = parsing.parse(condition, record_type, reader)
    return matching.holds_for(tree, record, record_type, reader)


def sentence(condition: list[Any], record_type: RecordType, actor: Actor) -> str:
    """The condition as a readable sentence in the actor's language."""
    reader = Reader(actor)
    tree = parsing.parse(condition, record_type, reader)
    return sentences.spoken(tree, record_type, reader)


def _compiled(condition: list[Any], record_type: RecordType, reader: Reader) -> Q:
    tree = parsing.parse(condition, record_type, reader)
    return compiling.compiled(tree, record_type, reader)
