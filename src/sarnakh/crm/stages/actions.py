"""Making, editing, ordering and deleting stages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.crm.models import Lead, Stage
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InUse
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Stage]:
    """Make stages; without a given order each goes to the end."""
    stage_type = by_model(Stage)
    made = []
    for one in values:
        stage = Stage(**plain.column_values(stage_type, one))
        if "sequence" not in one:
            last = Stage.objects.filter(is_won=False).aggregate(top=Max("sequence"))
            stage.sequence = (last["top"] or 0) + 1
        plain.stamp(stage, by=by)
        stage.save(force_insert=True)
        changes.log(stage, stage_type, by=by, event="created")
        made.append(stage)
    return made


@whole
def change(
    stage: Stage, values: Values, *, seen: int | None = None, by: Actor
) -> Stage:
    """Edit a stage; becoming (or ceasing to be) a won stage closes (reopens) its
    records."""
    edited: set[str] = set()

    def note(record: Any, changed: set[str]) -> None:
        edited.update(changed)

    stage = plain.write(stage, values, seen=seen, derive=note, by=by)
    if "is_won" in edited:
        inside = Lead.objects.filter(stage=stage, active=True)
        if stage.is_won:
            inside.update(
                probability=100,
                automated_probability=100,
                is_won=True,
                date_closed=timezone.now(),
            )
        else:
            inside.update(
                probability=0,
                automated_probability=0,
                is_won=False,
                date_closed=None,
            )
    return stage


@whole
def reorder(stages: Sequence[Stage], *, by: Actor) -> None:
    """Give the stages their places in the order of the list."""
    places = sorted(stage.sequence for stage in stages)
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + 1)
    for stage, place in zip(stages, places, strict=True):
        if stage.sequence != place:
            plain.write(stage, {"sequence": place}, by=by)


@whole
def delete(stages: Sequence[Stage], *, by: Actor) -> None:
    """Delete empty stages; InUse names how many records one still holds."""
    for stage in stages:
        if held := Lead.objects.filter(stage=stage).count():
            raise InUse(stage.name, held)
    plain.delete(stages, by=by)
