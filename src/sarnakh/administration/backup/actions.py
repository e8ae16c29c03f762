"""Making, pruning and restoring backups."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sarnakh.administration.backup import archive, engines
from sarnakh.administration.backup.archive import Damaged, Manifest
from sarnakh.administration.backup.engines import Impossible
from sarnakh.administration.backup.retention import superfluous

__all__ = ["Damaged", "Impossible", "back_up", "backups", "restore"]

PREFIX, SUFFIX = "sarnakh-", ".tar"
SPARE = 500 * 1024 * 1024
STAMP = "%Y%m%dT%H%M%SZ"


def folder() -> Path:
    """Where backups are kept, inside the data folder."""
    return Path(settings.DATA) / "backups"


def backups() -> list[tuple[datetime, Path]]:
    """Complete backups with the moment of each, newest first."""
    found = [(_moment(path), path) for path in folder().glob(f"{PREFIX}*{SUFFIX}")]
    return sorted(((at, path) for at, path in found if at), reverse=True)


def back_up(now: datetime | None = None) -> Path:
    """Copy database, then files, while in use; the file appears only when whole.

    Old backups go only after a good new one: seven daily and four weekly stay.
    Raises Impossible.
    """
    now = now or datetime.now(UTC)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder() / f"{PREFIX}{now.strftime(STAMP)}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder()) as scratch:
        copy = Path(scratch) / archive.DATABASE
        draft = Path(scratch) / target.name
        _refuse_without_space()
        engines.dump(copy)
        copy.chmod(0o600)
        files = Path(settings.MEDIA_ROOT)
        archive.write(draft, _describe(copy, files, now), copy, files)
        draft.rename(target)
    for at, path in superfluous(backups()):
        if at < now:
            path.unlink()
    return target


def restore(path: Path, now: datetime | None = None) -> Path:
    """Put a backup in the place of the present data; returns where the old data is.

    Everything is unpacked beside and checked before anything is touched. Raises
    Damaged or Impossible.
    """
    now = now or datetime.now(UTC)
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as scratch:
        inside = Path(scratch)
        manifest = archive.unpack(path, inside)
        _refuse_foreign(manifest)
        engines.check(inside / archive.DATABASE)
        engines.refuse_while_in_use()
        old = data / f"before-restore-{now.strftime(STAMP)}"
        old.mkdir(mode=0o700)
        engines.replace(inside / archive.DATABASE, old)
        files = Path(settings.MEDIA_ROOT)
        if files.exists():
            files.rename(old / archive.FILES)
        if (inside / archive.FILES).exists():
            (inside / archive.FILES).rename(files)
    return old


def _describe(copy: Path, files: Path, now: datetime) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        made_at=now.isoformat(),
        vendor=connection.vendor,
        migrations=sorted([app, name] for app, name in applied),
        database_sha256=archive.sha256(copy),
        database_size=copy.stat().st_size,
        files=archive.count_files(files),
    )


def _refuse_foreign(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise Impossible(f"this backup is of a {manifest.vendor} database")
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    newer = [f"{a}.{n}" for a, n in manifest.migrations if (a, n) not in known]
    if newer:
        raise Impossible(
            f"this backup was made by a newer version (it has {newer[0]}): "
            "install that version first"
        )


def _refuse_without_space() -> None:
    free = shutil.disk_usage(folder()).free
    # The copy and the archive that holds it exist for a moment side by side.
    if free < 2 * engines.size() + SPARE:
        raise Impossible("there is too little free space in the data folder")


def _moment(path: Path) -> datetime | None:
    text = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
