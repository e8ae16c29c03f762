"""Asking for an export, writing it, handing it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.roles import Role
from sarnakh.exchange import storage
from sarnakh.exchange.errors import WRITE_ERRORS, WriteError
from sarnakh.exchange.exporting.columns import Column, chosen
from sarnakh.exchange.exporting.selection import MOST_IDS, Selection
from sarnakh.exchange.exporting.table import Style, Table
from sarnakh.exchange.models import ExportFile, ExportList
from sarnakh.exchange.writing.delimited import write_csv
from sarnakh.exchange.writing.rows import ExportRow
from sarnakh.exchange.writing.xlsx import write_xlsx
from sarnakh.jobs import actions as jobs
from sarnakh.jobs.execution import heartbeat
from sarnakh.lib.errors import Refused
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType, by_name

XLSX, CSV = "xlsx", "csv"
IN_BACKGROUND = 5_000
LIFE = dt.timedelta(hours=24)
State = ExportFile.State


def may_export(record_type: RecordType, actor: Actor) -> bool:
    """Whether the actor may export records of the type at all."""
    return actor.has(Role.EXPORT) and rows.may(record_type, actor, "read")


def ask(
    record_type: RecordType,
    *,
    ids: Sequence[int] | None = None,
    screen: str = "",
    query: str = "",
    by: Actor,
) -> ExportFile:
    """Keep which records are wanted while the person chooses fields."""
    if by.user is None or not may_export(record_type, by):
        raise PermissionDenied
    wanted: dict[str, Any] = {"screen": screen, "query": query}
    if ids is not None:
        wanted["ids"] = list(ids)[:MOST_IDS]
    return ExportFile.objects.create(
        record_type=record_type.name,
        user=by.user,
        company=by.company,
        rows_wanted=wanted,
        options={"companies": by.company_ids},
    )


def start(file: ExportFile, options: Mapping[str, Any], *, by: Actor) -> ExportFile:
    """Write the file now, or in the background when there are many rows.

    `options`: `fields` (paths in order), `format`, `compatible`, `displayed`.
    """
    record_type = by_name(file.record_type)
    if not may_export(record_type, by):
        raise PermissionDenied
    columns = chosen(
        options["fields"], record_type, by, compatible=options["compatible"]
    )
    if not columns:
        raise Refused(_("Choose at least one field."), "no-fields")
    file.options = {**file.options, **options}
    file.total = Selection(file, by).count()
    file.state = State.RUNNING
    file.folder = file.folder or storage.new_folder()
    if file.total <= IN_BACKGROUND:
        file.save()
        write(file)
        return file
    from sarnakh.exchange.jobs import export

    with transaction.atomic():
        file.save()
        job = jobs.enqueue(export, file.pk, by=by, key=f"export:{file.pk}")
        file.job_id = job.pk
        file.save(update_fields=["job_id"])
    return file


def write(file: ExportFile) -> int:
    """Write the file as its maker may see the records now; returns the rows."""
    by = actor_for(file.user, tuple(file.options.get("companies", ())))
    record_type = by_name(file.record_type)
    try:
        if not file.user.is_active or not may_export(record_type, by):
            raise Refused(_("You are not allowed to export these records."))
        count = _written(file, record_type, by)
    except WriteError as error:
        return _failed(file, _(WRITE_ERRORS[error.code]) % error.params)
    except Refused as refusal:
        return _failed(file, refusal.message)
    return count


def _written(file: ExportFile, record_type: RecordType, by: Actor) -> int:
    options = file.options
    compatible = bool(options.get("compatible"))
    style = Style(by, compatible=compatible, displayed=bool(options.get("displayed")))
    columns = chosen(options["fields"], record_type, by, compatible=compatible)
    table = Table(record_type, columns, style)
    selection = Selection(file, by)
    is_csv = options.get("format") == CSV
    found: Iterable[ExportRow]
    if selection.is_grouped and not is_csv and not compatible:
        found = selection.grouped(table)
    else:
        found = table.rows(selection.keys())
    headers = [header(column, style) for column in columns]
    path = path_of(file, CSV if is_csv else XLSX)
    name = str(record_type.label_plural)
    counted = _alive(found, file.total)
    if is_csv:
        count = write_csv(path, headers, counted)
    else:
        count = write_xlsx(
            path,
            headers,
            counted,
            rtl=get_language_bidi(),
            kinds=[column.kind for column in columns],
            sheet=name,
            too_long=_("(too long for a cell)"),
        )
    path.chmod(0o600)
    day = timezone.localdate(timezone=by.profile.tz).isoformat()
    with transaction.atomic():
        file.state, file.done = State.DONE, count
        file.file_name = f"{name} {day}.{CSV if is_csv else XLSX}"
        file.finished_at = timezone.now()
        file.save()
        audit.record(
            audit.Event.EXPORT,
            by=by,
            subject=name,
            type=record_type.name,
            fields=[column.path for column in columns],
            rows=count,
            format=path.suffix[1:],
        )
    return count


def header(column: Column, style: Style) -> str:
    """What stands above a column."""
    if style.compatible:
        return column.path
    label = column.label
    if column.kind == Kind.MONEY and style.toman:
        label = f"{label} ({_('Toman')})"
    return label


def path_of(file: ExportFile, suffix: str = "") -> Path:
    """Where the file lies."""
    suffix = suffix or (CSV if file.options.get("format") == CSV else XLSX)
    return storage.folder(file.folder) / f"export.{suffix}"


def opened(pk: int, actor: Actor) -> ExportFile:
    """An export of the actor that may still be looked at; others are not found."""
    file = (
        ExportFile.objects.select_related("user")
        .filter(pk=pk, user_id=actor.user_id or 0, created_at__gt=timezone.now() - LIFE)
        .first()
    )
    if file is None or not may_export(by_name(file.record_type), actor):
        raise Http404
    return file


def save_list(
    record_type: RecordType,
    name: str,
    fields: Sequence[str],
    *,
    is_shared: bool,
    by: Actor,
) -> ExportList:
    """Keep chosen fields under a name; the same name is written anew."""
    name = name.strip()[:100]
    if not name:
        raise Refused(_("Give the list a name."), "name-missing")
    if not fields:
        raise Refused(_("Choose at least one field."), "no-fields")
    found, _made = ExportList.objects.update_or_create(
        record_type=record_type.name,
        user=by.user,
        name=name,
        defaults={"fields": list(fields), "is_shared": is_shared},
    )
    return found


def lists_for(record_type: RecordType, by: Actor) -> list[ExportList]:
    """Own and shared lists."""
    found = ExportList.objects.filter(record_type=record_type.name)
    return [one for one in found if one.is_shared or one.user_id == by.user_id]


def delete_list(record_type: RecordType, pk: int, *, by: Actor) -> None:
    """Delete an own list."""
    ExportList.objects.filter(
        record_type=record_type.name, pk=pk, user_id=by.user_id or 0
    ).delete()


def _failed(file: ExportFile, message: str) -> int:
    file.state, file.message, file.finished_at = State.FAILED, message, timezone.now()
    file.save()
    return 0


def _alive(found: Iterable[ExportRow], total: int) -> Iterable[ExportRow]:
    for number, row in enumerate(found, 1):
        if not number % 2_000:
            heartbeat(done=number, total=total)
        yield row
