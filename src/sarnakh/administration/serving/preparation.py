"""What must be so before the first request: shape, cache table, assets, somebody."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts import actions as accounts
from sarnakh.accounts import links
from sarnakh.accounts.errors import AlreadySetUp
from sarnakh.accounts.models import User
from sarnakh.administration import statistics
from sarnakh.administration.backup import actions as backup
from sarnakh.administration.doctor import database, storage
from sarnakh.administration.doctor.finding import Finding

Say = Callable[[str], None]


class Unready(Exception):
    """The server must not start; the text says why and what to do."""


def refuse_taken_port(host: str, port: int) -> None:
    """Unready when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Not the state that connections of an earlier run leave behind.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise Unready(
                f"Port {port} on {host} cannot be used ({error.strerror}). Another "
                "copy may be running; stop it, or choose another with --port."
            ) from error


def refuse_faults() -> None:
    """Unready when the code or the settings contradict themselves."""
    faults = [f for f in run_checks() if f.is_serious() and not f.is_silenced()]
    if faults:
        raise Unready("\n".join(str(fault) for fault in faults))


def refuse_danger() -> None:
    """Unready when the data would not be safe here."""
    grave = [
        found
        for found in (*storage.examine(), *database.examine_connection())
        if found.is_dangerous
    ]
    if grave:
        raise Unready("\n".join(_sentence(found) for found in grave))


def migrate(say: Say) -> None:
    """Bring the database to this version; a backup first when it holds data."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = set(loader.applied_migrations)
    newer = sorted(
        f"{app}.{name}"
        for app, name in applied - set(loader.disk_migrations or {})
        if app in loader.migrated_apps
    )
    if newer:
        raise Unready(
            f"The database belongs to a newer version (it has {newer[0]}). "
            "Start that version, or restore an older backup."
        )
    if executor.migration_plan(loader.graph.leaf_nodes()):
        if applied:
            say("Backing up before the database changes …")
            backup.back_up()
        else:
            # Names, prices and keys are nobody else's business on this machine.
            Path(settings.DATA).chmod(0o700)
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        statistics.gather()
    tables = connection.introspection.table_names()
    if settings.CACHES["default"].get("LOCATION") not in tables:
        call_command("createcachetable", verbosity=0)


def collect(say: Say) -> None:
    """Gather the browser files when they are newer than what was gathered."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    built = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    if not built:
        raise Unready(
            "The browser files have not been built. Run `python3 sarnakh build`."
        )
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in built)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        say("Compressing assets …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        os.utime(manifest)


def first_link(*, company: str, email: str, language: str) -> str | None:
    """The link by which the first person chooses a password.

    Makes company and administrator when there is nobody. A new link, which kills the
    old one, as long as the only person has not used it; None after that.
    """
    people = list(User.objects.order_by("pk")[:2])
    if not people:
        with translation.override(language):
            company, name = company or _("My company"), _("Administrator")
        try:
            return accounts.set_up(
                company=company, name=name, email=email, language=language
            )
        except AlreadySetUp:
            return None
    if len(people) == 1 and not people[0].has_usable_password():
        return links.address(links.issue(people[0], links.Purpose.INVITATION))
    return None


def _sentence(found: Finding) -> str:
    return f"{found.text} {found.remedy}"
