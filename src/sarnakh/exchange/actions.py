"""Everything that happens to an import, one step at a time.

A batch moves from state to state by an update that names the state it was in, so
that two tabs, or a double click, start a run only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.roles import Role
from sarnakh.discussion.uploads import clean_name
from sarnakh.exchange import storage
from sarnakh.exchange.errors import READ_ERRORS, ReadError
from sarnakh.exchange.guessing import proposed
from sarnakh.exchange.importing import undo as undoing
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import Column, Options, options_from, stored
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.sheet import ReadOptions, ReadResult, read
from sarnakh.jobs import actions as jobs
from sarnakh.lib.errors import Refused
from sarnakh.records import rows
from sarnakh.records.types import RecordType, by_name

State = ImportBatch.State
# The fields of ReadOptions that people decide.
READING = ("sheet", "header", "header_row", "encoding", "separator", "quote")
IDLE = (*(State.UPLOADED, State.MAPPED, State.TESTED, State.FAILED, State.STOPPED),)


class CannotRead(Refused):
    """The file is refused; the message says why."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(_(READ_ERRORS[error.code]) % error.params, error.code)


class Busy(Refused):
    """The batch is in a state in which this cannot be done."""

    def __init__(self) -> None:
        super().__init__(_("This import is at work or has ended already."), "busy")


def may_import(record_type: RecordType, actor: Actor) -> bool:
    """Whether the actor may import records of the type at all."""
    return (
        record_type.is_importable
        and actor.has(Role.IMPORT)
        and rows.may(record_type, actor, "create")
    )


def actor_of(batch: ImportBatch) -> Actor:
    """Who imports, as they are now; PermissionDenied when they may not any more."""
    by = actor_for(batch.user, options_from(batch.options).companies)
    if not batch.user.is_active or not may_import(by_name(batch.record_type), by):
        raise PermissionDenied
    return by


def upload(
    record_type: RecordType,
    name: str,
    chunks: Iterable[bytes],
    *,
    by: Actor,
    declared_type: str = "",
    reading: ReadOptions | None = None,
) -> ImportBatch:
    """Keep a file, read it and propose where its columns go.

    CannotRead when it is no table; then nothing is kept.
    """
    if by.user is None or not may_import(record_type, by):
        raise PermissionDenied
    token = storage.new_folder()
    try:
        path = storage.keep(token, _limited(chunks))
        result = read(path, name, reading, declared_type=declared_type)
        with transaction.atomic():
            return ImportBatch.objects.create(
                record_type=record_type.name,
                user=by.user,
                company=by.company,
                file_name=clean_name(name),
                folder=token,
                table=result.folder.name,
                reading=_reading(reading or ReadOptions(), result),
                mapping=[stored(c) for c in proposed(result.sheet, record_type, by)],
                options=stored(Options(companies=by.company_ids)),
                total=len(result.sheet.rows),
            )
    except ReadError as error:
        storage.remove(token)
        raise CannotRead(error) from error
    except BaseException:
        storage.remove(token)
        raise


def reread(batch: ImportBatch, reading: ReadOptions, *, by: Actor) -> ImportBatch:
    """Read the file in another way; columns that keep their header keep their field."""
    folder = storage.folder(batch.folder)
    try:
        result = read(folder / storage.SOURCE, batch.file_name, reading)
    except ReadError as error:
        raise CannotRead(error) from error
    before = {one["header"]: one for one in batch.mapping}
    mapping = []
    for column in proposed(result.sheet, by_name(batch.record_type), by):
        kept = before.get(column.header)
        mapping.append({**kept, "place": column.place} if kept else stored(column))
    _move(
        batch,
        IDLE,
        State.UPLOADED,
        table=result.folder.name,
        reading=_reading(reading, result),
        mapping=mapping,
        total=len(result.sheet.rows),
        position=0,
    )
    return batch


def decide(
    batch: ImportBatch, columns: Sequence[Column], options: Options
) -> ImportBatch:
    """Store where the columns go and how rows are taken in; tests are void then."""
    if batch.state == State.STOPPED and batch.position:
        raise Busy
    mapping = [stored(column) for column in columns]
    decided = stored(options)
    if (batch.mapping, batch.options) == (mapping, decided):
        return batch
    _move(batch, IDLE, State.MAPPED, mapping=mapping, options=decided, messages=[])
    return batch


def start_test(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Try the import in the background; nothing of it stays."""
    return _start(batch, (*IDLE,), State.TESTING, by=by)


def start_run(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Import in the background; after a stop, go on behind the last batch."""
    return _start(batch, (*IDLE,), State.RUNNING, by=by)


def go_on(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Take up an import whose run has died without a word."""
    active = (State.TESTING, State.RUNNING, State.UNDOING)
    with transaction.atomic():
        if not ImportBatch.objects.filter(pk=batch.pk, state__in=active).exists():
            raise Busy
        return _enqueue(batch, by=by)


def start_undo(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Take the whole import back in the background; CannotUndo says why not."""
    undoing.check(batch)
    return _start(batch, undoing.ENDED, State.UNDOING, by=by)


def stop(batch: ImportBatch) -> None:
    """Ask the run to stop at the next batch."""
    if batch.state in (State.TESTING, State.RUNNING):
        storage.Progress(batch.folder).ask_to_stop()


@transaction.atomic
def fail(batch: ImportBatch, message: str) -> None:
    """Note that the run has ended without success; what it committed stays."""
    fault = {"level": "error", "column": "", "text": message, "count": 0, "rows": []}
    ImportBatch.objects.filter(
        pk=batch.pk, state__in=(State.TESTING, State.RUNNING, State.UNDOING)
    ).update(
        state=State.FAILED,
        messages=[fault, *batch.messages],
        finished_at=timezone.now(),
    )
    batch.refresh_from_db()


def _start(
    batch: ImportBatch, froms: Sequence[State], to: State, *, by: Actor
) -> ImportBatch:
    values: dict[str, Any] = {"started_at": timezone.now()}
    if to in (State.TESTING, State.RUNNING) and not batch.position:
        values |= {
            "messages": [],
            "created": 0,
            "updated": 0,
            "unchanged": 0,
            "skipped": 0,
            "failed": 0,
            "linked": 0,
            "faults_file": "",
            "finished_at": None,
        }
        (storage.folder(batch.folder) / storage.FAULTS).unlink(missing_ok=True)
    storage.Progress(batch.folder).forget()
    with transaction.atomic():
        _move(batch, froms, to, **values)
        return _enqueue(batch, by=by)


def _enqueue(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    from sarnakh.exchange.jobs import work

    job = jobs.enqueue(work, batch.pk, by=by, key=f"import:{batch.pk}")
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    return batch


def _move(batch: ImportBatch, froms: Sequence[State], to: State, **values: Any) -> None:
    moved = ImportBatch.objects.filter(pk=batch.pk, state__in=froms).update(
        state=to, **values
    )
    if not moved:
        raise Busy
    batch.refresh_from_db()


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.TEXT_BYTES:
            megabytes = limits.TEXT_BYTES // limits.MEGABYTE
            raise ReadError("too_big_packed", {"size": megabytes, "limit": megabytes})
        yield chunk


def _reading(options: ReadOptions, result: ReadResult) -> dict[str, Any]:
    """What was decided and what was found, for the page and for reading again."""
    given = {name: value for name, value in asdict(options).items() if name in READING}
    return {
        "options": given,
        "kind": result.kind,
        "sheets": result.sheets,
        "sheet": result.sheet.name,
        "encoding": result.encoding,
        "separator": result.separator,
        "problems": [
            {"code": one.code, "params": one.params} for one in result.problems
        ],
        "problem_count": result.problem_count,
    }
