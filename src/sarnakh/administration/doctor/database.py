"""The database: does it answer, is it safe, has it the right shape."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import InterfaceError
from django.utils.translation import gettext as _

from sarnakh.administration.checks import wrong_pragmas
from sarnakh.administration.doctor.finding import Finding, fine, warning, wrong

SAFE_SQLITE = (3, 51, 3)
OLDEST_POSTGRES = 14_00_00
LONG_LOG = 256 * 1024 * 1024
CLOCKS_APART = 60


def examine() -> Iterator[Finding]:
    """Connection and engine, then the shape of the tables."""
    try:
        yield from examine_connection()
        yield from _migrations()
    except (DatabaseError, InterfaceError) as error:
        yield wrong(
            _("The database does not answer: %(error)s") % {"error": error},
            _("Check DATABASE_URL, and that the database server runs."),
        )


def examine_connection() -> Iterator[Finding]:
    """What holds for the engine, on the living connection."""
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        yield wrong(
            _("The database cannot be opened: %(error)s") % {"error": error},
            _("Check DATABASE_URL, and that the database server runs."),
            is_dangerous=True,
        )
        return
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> Iterator[Finding]:
    version = {"version": sqlite3.sqlite_version}
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield wrong(
            _("SQLite %(version)s can damage a database in rare moments.") % version,
            _("Install the package pysqlite3, which brings a newer one."),
        )
    else:
        yield fine(_("SQLite %(version)s") % version)
    for name, found, word in wrong_pragmas(connection):
        yield wrong(
            _("SQLite runs with %(name)s=%(found)s instead of %(word)s.")
            % {"name": name, "found": found, "word": word},
            _("Remove what overrides it in the settings."),
            is_dangerous=True,
        )
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    if log.exists() and log.stat().st_size > LONG_LOG:
        yield warning(
            _("SQLite's log has grown to %(amount)d MB.")
            % {"amount": log.stat().st_size // 1024**2},
            _("Find the program that keeps the database open for reading."),
        )


def _postgres() -> Iterator[Finding]:
    values = _postgres_values()
    number = values["number"]
    version = {"version": f"{number // 10_000}.{number % 10_000}"}
    if number < OLDEST_POSTGRES:
        yield wrong(
            _("PostgreSQL %(version)s is too old.") % version,
            _("Upgrade to PostgreSQL 14 or newer."),
            is_dangerous=True,
        )
    else:
        yield fine(_("PostgreSQL %(version)s") % version)
    if values["encoding"] != "UTF8":
        yield wrong(
            _("The database is not in UTF-8 but in %(encoding)s.") % values,
            _("Create it anew with encoding UTF8 and restore a backup into it."),
            is_dangerous=True,
        )
    if values["provider"] == "c" and values["ctype"] in ("C", "POSIX"):
        yield wrong(
            _("The database's character type %(ctype)s knows no Persian letters.")
            % values,
            _("Create it anew with --locale=C.UTF-8 or an ICU locale."),
            is_dangerous=True,
        )
    if not values["has_trigrams"]:
        yield wrong(
            _("The extension pg_trgm is not installed."),
            _("As a database superuser: CREATE EXTENSION pg_trgm"),
        )
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if values[name] == "off":
            yield wrong(
                _("PostgreSQL runs with %(name)s=off: a power cut loses data.")
                % {"name": name},
                _("Switch it on in postgresql.conf."),
            )
    if values["is_superuser"]:
        yield warning(
            _("The server connects as a database superuser."),
            _("Create a role of its own and use it in DATABASE_URL."),
        )
    apart = abs((datetime.now(UTC) - values["now"]).total_seconds())
    if apart > CLOCKS_APART:
        yield wrong(
            _("The clocks of server and database are %(apart)d seconds apart.")
            % {"apart": apart},
            _("Let both machines keep time with NTP."),
        )


def _postgres_values() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_setting('server_version_num')::int AS number,
                   pg_encoding_to_char(encoding) AS encoding,
                   datctype AS ctype,
                   datlocprovider::text AS provider,
                   EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')
                       AS has_trigrams,
                   current_setting('fsync') AS fsync,
                   current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                       AS is_superuser,
                   clock_timestamp() AS now
            FROM pg_database WHERE datname = current_database()
            """
        )
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield wrong(
            _("%(count)d changes of the database are pending.") % {"count": len(plan)},
            _("Start the server: it backs up and applies them."),
        )
    else:
        yield fine(_("The database has the shape that this version expects"))
