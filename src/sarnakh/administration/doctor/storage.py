"""The data folder: whose it is, where it lies, how much room is left."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong

MEGABYTE = 1024 * 1024
LITTLE, SOME = 500 * MEGABYTE, 2_000 * MEGABYTE
# File locks over these do not hold what SQLite relies on.
REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph"}


def examine() -> Iterator[Finding]:
    """Permissions, kind of file system, free space."""
    data = Path(settings.DATA)
    yield from _permissions(data)
    yield from _file_system(data)
    yield from _space(data)


def _permissions(data: Path) -> Iterator[Finding]:
    where = {"path": data}
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            _("The data folder %(path)s cannot be written.") % where,
            _("Give it to the user who runs the server."),
            is_dangerous=True,
        )
    elif os.name == "posix" and data.stat().st_mode & 0o077:
        yield warning(
            _("Other users of this machine can look into %(path)s.") % where,
            _("Run: chmod 700 %(path)s") % where,
        )
    else:
        yield fine(_("The data folder is %(path)s") % where)


def _file_system(data: Path) -> Iterator[Finding]:
    kind = _kind(data.resolve())
    if kind in REMOTE and connection.vendor == "sqlite":
        yield wrong(
            _("The database would lie on a network file system (%(kind)s).")
            % {"kind": kind},
            _("Set SARNAKH_DATA to a local folder, or use PostgreSQL."),
            is_dangerous=True,
        )


def _kind(path: Path) -> str:
    """The file system of a path; empty where the system does not tell."""
    if sys.platform != "linux":
        return ""
    found = ("", "")
    with Path("/proc/self/mounts").open(encoding="utf-8") as mounts:
        for line in mounts:
            _device, point, kind, *_rest = line.split()
            point = point.encode().decode("unicode_escape")
            if path.is_relative_to(point) and len(point) >= len(found[0]):
                found = (point, kind)
    return found[1]


def _space(data: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(data).free
    amount = {"amount": free // MEGABYTE}
    if free < LITTLE:
        yield wrong(
            _("Only %(amount)d MB are free in the data folder.") % amount,
            _("Make room: uploads, imports and backups are refused until then."),
        )
    elif free < SOME:
        yield warning(
            _("Only %(amount)d MB are free in the data folder.") % amount,
            _("Make room soon."),
        )
    else:
        yield fine(_("%(amount)d MB are free") % amount)
