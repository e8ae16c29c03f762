"""What the exchange does in the background."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from sarnakh.exchange import actions, storage
from sarnakh.exchange.errors import READ_ERRORS, ReadError
from sarnakh.exchange.exporting import actions as exports
from sarnakh.exchange.importing import running, undo
from sarnakh.exchange.models import ExportFile, ImportBatch
from sarnakh.lib.errors import Refused

State = ImportBatch.State
KEEP_FILES = dt.timedelta(days=7)
KEEP_EXPORTS = dt.timedelta(hours=24)


@task(queue_name="imports")
def work(batch_id: int) -> str:
    """Do what the batch waits for; running twice is harmless. Returns its state."""
    batch = ImportBatch.objects.select_related("user").filter(pk=batch_id).first()
    if batch is None:
        return ""
    perform(batch)
    return ImportBatch.objects.values_list("state", flat=True).get(pk=batch_id)


def perform(batch: ImportBatch) -> None:
    """Test, run or undo, as the state says; a refusal ends in the state failed."""
    with translation.override(batch.user.language):
        try:
            by = actions.actor_of(batch)
            if batch.state == State.TESTING:
                running.test(batch, by=by)
            elif batch.state == State.RUNNING:
                running.run(batch, by=by)
            elif batch.state == State.UNDOING:
                undo.undo(batch, by=by)
        except PermissionDenied:
            actions.fail(batch, _("You are not allowed to import these records."))
        except Refused as refusal:
            actions.fail(batch, refusal.message)
        except ReadError as error:
            actions.fail(batch, _(READ_ERRORS[error.code]) % error.params)


@task(queue_name="imports")
def export(file_id: int) -> int:
    """Write a large export; returns how many rows it has."""
    file = ExportFile.objects.select_related("user").filter(pk=file_id).first()
    if file is None or file.state != ExportFile.State.RUNNING:
        return 0
    with translation.override(file.user.language):
        return exports.write(file)


@task()
def tidy() -> None:
    """Delete uploaded files after a week and exported ones after a day."""
    now = timezone.now()
    ended = ImportBatch.objects.exclude(
        state__in=(State.TESTING, State.RUNNING, State.UNDOING)
    ).filter(uploaded_at__lt=now - KEEP_FILES)
    for token in ended.exclude(folder="").values_list("folder", flat=True):
        storage.remove(token)
    ended.update(folder="", faults_file="")
    old = ExportFile.objects.filter(created_at__lt=now - KEEP_EXPORTS)
    for token in old.exclude(folder="").values_list("folder", flat=True):
        storage.remove(token)
    old.delete()
