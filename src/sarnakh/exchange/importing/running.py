"""The whole run of an import: a test that leaves nothing, or the real thing.

All or nothing is one transaction. Skipping rows commits batch after batch; each
commit moves `position` from where it was, so that a run which was cut off goes on
behind the last committed batch and no two runs ever take the same rows.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.exchange import storage
from sarnakh.exchange.importing import leftovers
from sarnakh.exchange.importing.batches import Intake, Tally
from sarnakh.exchange.importing.faults import Faults, is_hopeless
from sarnakh.exchange.importing.plan import Plan, plan_of
from sarnakh.exchange.importing.sequence import batches
from sarnakh.exchange.memory import remember_mapping
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import SKIP
from sarnakh.exchange.reading.rows import Row
from sarnakh.jobs.execution import heartbeat

BATCH = 2_000
State = ImportBatch.State


class _Undone(Exception):
    """Takes back everything written since the transaction began."""


class TakenOver(Exception):
    """Another run has gone on with this import; this one must stop."""


def test(batch: ImportBatch, *, by: Actor) -> None:
    """Do everything but keep it; afterwards the batch says what would happen."""
    with translation.override(by.profile.language):
        run = _Run(batch, plan_of(batch, by), by, is_test=True)
        try:
            with transaction.atomic():
                run.whole()
                raise _Undone
        except _Undone:
            pass
        state = State.MAPPED if run.is_stopped else State.TESTED
        run.store(state, position=0)


def run(batch: ImportBatch, *, by: Actor) -> None:
    """Take the file in, or go on where an earlier run was cut off."""
    with translation.override(by.profile.language):
        found = _Run(batch, plan_of(batch, by), by)
        if found.plan.options.mode == SKIP:
            found.in_batches()
        else:
            found.all_or_nothing()


@contextmanager
def no_collecting() -> Iterator[None]:
    """Inside, the garbage collector does not walk again and again over rows that are
    all still needed; that saves a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Run:
    def __init__(
        self, batch: ImportBatch, plan: Plan, by: Actor, *, is_test: bool = False
    ) -> None:
        self.batch = batch
        self.plan = plan
        self.by = by
        self.progress = storage.Progress(batch.folder)
        self.done = 0
        self.is_stopped = False
        self.intake = Intake(batch, plan.reading, by, Faults(), is_test)

    # --- the two ways ------------------------------------------------------------

    def all_or_nothing(self) -> None:
        """One transaction; any error, or a wish to stop, undoes it."""
        try:
            with transaction.atomic():
                self.whole()
                if self.intake.faults.errors or self.is_stopped:
                    raise _Undone
                self.store(State.DONE, position=self.done)
                self._finish()
        except _Undone:
            self.store(State.STOPPED if self.is_stopped else State.FAILED, position=0)

    def whole(self) -> None:
        """Every row, inside the caller's transaction."""
        for rows in self._batches(start=0):
            with no_collecting():
                self.intake.take(rows)
            self._tell(len(rows))
            if self._gives_up():
                return

    def in_batches(self) -> None:
        """Commit batch after batch; bad rows go to a file of their own."""
        self._restore()
        for rows in self._batches(start=self.batch.position):
            with transaction.atomic(), no_collecting():
                bad = self.intake.take(rows)
                leftovers.append(self.batch, bad)
                self._claim(len(rows))
            self._tell(len(rows))
            if self.progress.is_stop_wanted:
                self.is_stopped = True
                self.store(State.STOPPED, position=self.done)
                return
        name = leftovers.finish(self.batch, self.plan.headers, self.plan.kind)
        with transaction.atomic():
            self.batch.faults_file = name
            self.store(State.DONE, position=self.done)
            self._finish()

    # --- steps -------------------------------------------------------------------

    def _batches(self, start: int) -> Iterator[Sequence[Row]]:
        plan = self.plan
        return batches(plan.rows, plan.columns, plan.type, size=BATCH, start=start)

    def _gives_up(self) -> bool:
        if self.progress.is_stop_wanted:
            self.is_stopped = True
        return self.is_stopped or is_hopeless(self.intake.tally.failed, self.done)

    def _tell(self, count: int) -> None:
        self.done += count
        self.progress.tell(self.done, self.plan.total)
        heartbeat(done=self.done, total=self.plan.total)

    def _restore(self) -> None:
        """Go on with the figures of the batches that are committed."""
        self.done = self.batch.position
        if self.done:
            names = asdict(Tally())
            for name in names:
                setattr(self.intake.tally, name, getattr(self.batch, name))
            self.intake.faults.restore(self.batch.messages)

    def _claim(self, count: int) -> None:
        """Move the position, in the transaction of the rows."""
        seen = self.done
        moved = ImportBatch.objects.filter(
            pk=self.batch.pk, state=State.RUNNING, position=seen
        ).update(position=seen + count, **self._figures())
        if not moved:
            raise TakenOver

    def _figures(self) -> dict[str, Any]:
        return {
            **asdict(self.intake.tally),
            "total": self.plan.total,
            "messages": self.intake.faults.stored(),
        }

    def store(self, state: State, *, position: int) -> None:
        """The outcome; a run that was taken over must not overwrite the other's."""
        values = {
            **self._figures(),
            "state": state,
            "position": position,
            "faults_file": self.batch.faults_file,
            "finished_at": timezone.now(),
        }
        if state in (State.FAILED, State.STOPPED) and not position:
            # Nothing stayed of what was counted.
            values["linked"] = 0
        running = ImportBatch.objects.filter(
            pk=self.batch.pk, state__in=(State.RUNNING, State.TESTING)
        )
        if not running.update(**values):
            raise TakenOver
        for name, value in values.items():
            setattr(self.batch, name, value)

    def _finish(self) -> None:
        remember_mapping(self.plan, self.by)
        audit.record(
            audit.Event.IMPORT,
            by=self.by,
            subject=self.batch.file_name,
            type=self.batch.record_type,
            **asdict(self.intake.tally),
        )
