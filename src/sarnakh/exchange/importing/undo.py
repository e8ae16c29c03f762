"""Taking a whole import back: what it made is deleted, what it changed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.discussion.models import Message
from sarnakh.exchange import storage
from sarnakh.exchange.importing.faults import WARNING
from sarnakh.exchange.models import ImportBatch, ImportedRow
from sarnakh.jobs.execution import heartbeat
from sarnakh.lib.errors import Refused
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.models import ExternalId
from sarnakh.records.types import RecordType, by_name

TIME = dt.timedelta(hours=24)
_AT_ONCE = 500
State = ImportBatch.State
ENDED = (State.DONE, State.STOPPED, State.FAILED)


class CannotUndo(Refused):
    """It is too late to take the import back."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "cannot-undo")


def check(batch: ImportBatch) -> None:
    """Raise CannotUndo when the batch may no longer be taken back."""
    if batch.state not in (*ENDED, State.UNDOING):
        raise CannotUndo(_("This import has not ended."))
    ended = batch.finished_at or batch.uploaded_at
    if timezone.now() - ended > TIME:
        raise CannotUndo(_("An import can be undone for 24 hours."))
    if not ImportedRow.objects.filter(batch=batch, was_created=True).exists():
        raise CannotUndo(_("This import has made nothing."))
    count = len(touched(batch))
    if count:
        raise CannotUndo(
            _("%(count)s of its records have been worked on since.") % {"count": count}
        )


def is_possible(batch: ImportBatch) -> bool:
    """Whether the button is worth showing: in time, and something was made."""
    ended = batch.finished_at or batch.uploaded_at
    return (
        batch.state in ENDED
        and timezone.now() - ended <= TIME
        and batch.created + batch.linked > 0
    )


def touched(batch: ImportBatch) -> list[tuple[str, int]]:
    """Rows of the file whose records have another version now, or a conversation.

    What was made on the fly stays when somebody uses it; it blocks nothing.
    """
    found: list[tuple[str, int]] = []
    for name, known in _made(batch, is_link=False).items():
        found += [(name, pk) for pk in _changed(by_name(name), known)]
    return found


def undo(batch: ImportBatch, *, by: Actor) -> None:
    """Delete what the import made, in pieces that are each committed.

    A run that was cut off goes on with what is left. Records that somebody touches
    meanwhile stay, and the batch says how many.
    """
    progress = storage.Progress(batch.folder)
    total = ImportedRow.objects.filter(batch=batch, was_created=True).count()
    kept = done = 0
    for is_link in (False, True):
        for name, known in _made(batch, is_link=is_link).items():
            keys = sorted(known, reverse=True)
            for start in range(0, len(keys), _AT_ONCE):
                piece = {pk: known[pk] for pk in keys[start : start + _AT_ONCE]}
                kept += _delete(batch, by_name(name), piece, is_link=is_link, by=by)
                done += len(piece)
                progress.tell(min(done, total), total)
                heartbeat(done=done, total=total)
    _finish(batch, kept, by=by)


@transaction.atomic
def _finish(batch: ImportBatch, kept: int, *, by: Actor) -> None:
    if kept:
        text = _("%(count)s records are in use and stay.") % {"count": kept}
        fault = {"level": WARNING, "column": "", "text": text, "count": 0, "rows": []}
        batch.messages = [fault, *batch.messages]
    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at", "messages"])
    audit.record(
        audit.Event.IMPORT,
        by=by,
        subject=batch.file_name,
        type=batch.record_type,
        undone=True,
        kept=kept,
    )


def _made(batch: ImportBatch, *, is_link: bool) -> dict[str, dict[int, int]]:
    """Records that the import made, by type, with the version it left them in."""
    rows = ImportedRow.objects.filter(batch=batch)
    names = rows.filter(was_created=True, is_link=is_link)
    found: dict[str, dict[int, int]] = {}
    for name in names.values_list("record_type", flat=True).distinct().order_by():
        made = Max("pk", filter=Q(was_created=True, is_link=is_link))
        records = (
            rows.filter(record_type=name)
            .values("record_id")
            .annotate(made=made, last=Max("version"))
            .filter(made__isnull=False)
            .order_by()
        )
        found[name] = dict(records.values_list("record_id", "last"))
    return found


def _changed(record_type: RecordType, known: dict[int, int]) -> set[int]:
    model: Any = record_type.model
    changed: set[int] = set()
    keys = sorted(known)
    for start in range(0, len(keys), _AT_ONCE):
        piece = keys[start : start + _AT_ONCE]
        now = model._default_manager.filter(pk__in=piece).values_list("pk", "version")
        changed.update(pk for pk, version in now if version != known[pk])
        changed.update(
            Message.objects.filter(
                record_type=record_type.name, record_id__in=piece
            ).values_list("record_id", flat=True)
        )
    return changed


@transaction.atomic
def _delete(
    batch: ImportBatch,
    record_type: RecordType,
    piece: dict[int, int],
    *,
    is_link: bool,
    by: Actor,
) -> int:
    """Delete records that are as the import left them; how many were not."""
    model: Any = record_type.model
    locked = model._default_manager.select_for_update().filter(pk__in=piece)
    found = list(locked.order_by("-pk"))
    changed = _changed(record_type, piece)
    records = [one for one in found if one.pk not in changed]
    kept = len(changed) + _remove(record_type, records, by=by)
    rows = ImportedRow.objects.filter(
        batch=batch, record_type=record_type.name, record_id__in=piece
    )
    rows.filter(is_link=is_link).delete()
    return kept


def _remove(record_type: RecordType, records: Sequence[Any], *, by: Actor) -> int:
    """Through the door of the type; many at once where it is the plain one.

    The right to delete is not asked for: who may make records by an import may take
    back that very import.
    """
    if record_type.writers.delete is plain.delete:
        try:
            with transaction.atomic():
                _remove_at_once(record_type, records, by=by)
        except ProtectedError:
            pass
        else:
            return 0
    kept = 0
    for record in records:
        try:
            with transaction.atomic():
                record_type.writers.delete([record], by=by)
        except (Refused, ProtectedError):
            kept += 1
    return kept


def _remove_at_once(
    record_type: RecordType, records: Sequence[Any], *, by: Actor
) -> None:
    keys = [record.pk for record in records]
    entries = [
        changes.entry(one, record_type, by=by, event="deleted", note=str(one))
        for one in records
    ]
    record_type.model._default_manager.filter(pk__in=keys).delete()
    ExternalId.objects.filter(record_type=record_type.name, record_id__in=keys).delete()
    changes.log_many(entries)
