"""Reading imports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange import actions, storage
from sarnakh.exchange.importing.faults import ranges
from sarnakh.exchange.models import ImportBatch, ImportedRow
from sarnakh.exchange.traits import traits_of
from sarnakh.jobs.models import Job
from sarnakh.jobs.models import State as JobState
from sarnakh.records.types import RecordType, all_types, by_name
from sarnakh.screens.screen import Screen
from sarnakh.screens.selection import Selection
from sarnakh.screens.state import SearchState

State = ImportBatch.State
ACTIVE = (State.TESTING, State.RUNNING, State.UNDOING)
# A run that is not in the queue has to show itself within so many seconds.
SILENCE = 120
_MOST_RANGES = 40


def importable_type(name: str, actor: Actor) -> RecordType:
    """The type if the actor may import it; 404 otherwise."""
    found = all_types().get(name)
    if found is None or not actions.may_import(found, actor):
        raise Http404
    return found


def own_batch(pk: int, actor: Actor) -> ImportBatch:
    """A batch of the actor; that of anybody else is not found."""
    batch = (
        ImportBatch.objects.select_related("user")
        .filter(pk=pk, user_id=actor.user_id or 0)
        .first()
    )
    if batch is None:
        raise Http404
    importable_type(batch.record_type, actor)
    return settled(batch)


def recent(record_type: RecordType, actor: Actor, count: int = 10) -> list[ImportBatch]:
    """The actor's latest imports of a type."""
    found = ImportBatch.objects.filter(
        record_type=record_type.name, user_id=actor.user_id or 0
    )
    return list(found.exclude(state=State.UPLOADED)[:count])


def settled(batch: ImportBatch) -> ImportBatch:
    """The batch; marked as failed when its job is given up for good."""
    if batch.state in ACTIVE and batch.job_id:
        job = Job.objects.filter(pk=batch.job_id).first()
        if job is not None and job.state == JobState.DEAD:
            actions.fail(batch, _("The import could not be finished by the server."))
    return batch


def is_interrupted(batch: ImportBatch) -> bool:
    """Whether nobody works on it any more, nor will without being asked."""
    if batch.state not in ACTIVE:
        return False
    job = Job.objects.filter(pk=batch.job_id).first() if batch.job_id else None
    if job is not None and job.state in (JobState.READY, JobState.RUNNING):
        return False
    told = storage.Progress(batch.folder).read()
    return bool(not told or told["age"] > SILENCE)


@dataclass(frozen=True)
class Shown:
    """A link to the records of a batch on one screen."""

    title: str
    url: str
    count: int


def links_to_records(batch: ImportBatch, actor: Actor) -> list[Shown]:
    """Where to look at what was made and changed, on each screen that has any."""
    record_type = by_name(batch.record_type)
    slugs = traits_of(record_type).screens or (record_type.name,)
    condition = _condition(batch, record_type)
    if condition is None:
        return []
    state = SearchState(view="list", custom=(json.dumps(condition),))
    shown = []
    for slug in slugs:
        screen = screen_of(slug)
        if screen is None:
            continue
        count = Selection(screen, state, actor).count(exact=True).value
        if count:
            url = f"{reverse(f'{slug}:browse')}?{state.query()}"
            shown.append(Shown(str(screen.title), url, count))
    return shown


def screen_of(slug: str) -> Screen | None:
    """The screen that lives at an address; None when there is none."""
    try:
        found: Screen | None = resolve(reverse(f"{slug}:browse")).kwargs.get("screen")
    except NoReverseMatch:
        return None
    return found


def _condition(batch: ImportBatch, record_type: RecordType) -> list[Any] | None:
    """The records as ranges of numbers, archived ones included."""
    keys = ImportedRow.objects.filter(
        batch=batch, record_type=record_type.name, is_link=False
    ).values_list("record_id", flat=True)
    spans = ranges(keys)
    if not spans:
        return None
    if len(spans) > _MOST_RANGES:
        # Scattered updates: from the first to the last, the address must end.
        spans = [[spans[0][0], spans[-1][1]]]
    condition: list[Any] = ["|"] * (len(spans) - 1)
    for first, last in spans:
        condition += ["&", ["id", ">=", first], ["id", "<=", last]]
    if record_type.active:
        condition.append([record_type.active, "in", [True, False]])
    return condition
