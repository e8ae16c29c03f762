"""How each database is copied while in use, checked, and replaced."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection, connections

from sarnakh.jobs.connections import drop_pools


class Impossible(Exception):
    """The database could not be copied or replaced; the text says why."""


def dump(target: Path) -> None:
    """Write a consistent, checked copy of the living database to `target`."""
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        _run_postgres_tool(
            "pg_dump", "--format=custom", "--no-owner", f"--file={target}"
        )
    check(target)


def size() -> int:
    """The size of the living database, bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT page_count * page_size"
                " FROM pragma_page_count(), pragma_page_size()"
            )
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def check(copy: Path) -> None:
    """Impossible when the copy is damaged."""
    if connection.vendor != "sqlite":
        _run_postgres_tool("pg_restore", "--list", str(copy), to_database=False)
        return
    database = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        orphan = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Impossible(f"the copy cannot be read: {error}") from error
    finally:
        database.close()
    if verdict != "ok" or orphan:
        raise Impossible("the copy is damaged: run `doctor`")


def refuse_while_in_use() -> None:
    """Impossible while another process is connected to the database."""
    if connection.vendor != "sqlite":
        _refuse_other_sessions()
        return
    path = Path(connection.settings_dict["NAME"])
    connections.close_all()
    if not path.exists():
        return
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise Impossible("the database is in use: stop the server first") from error
    finally:
        database.close()


def replace(copy: Path, old: Path) -> None:
    """Put the copy in the place of the living database; what was there goes to `old`."""
    connections.close_all()
    if connection.vendor != "sqlite":
        _run_postgres_tool(
            "pg_dump", "--format=custom", "--no-owner", f"--file={old / 'database'}"
        )
        _run_postgres_tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            str(copy),
        )
        return
    path = Path(connection.settings_dict["NAME"])
    # A left-over log would be played into the restored file and ruin it.
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(old / part.name)
    copy.chmod(0o600)
    copy.rename(path)


def _refuse_other_sessions() -> None:
    # The connections of our own pool would be counted.
    drop_pools()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        if cursor.fetchone()[0]:
            raise Impossible("the database is in use: stop the server first")


def _dump_sqlite(target: Path) -> None:
    with connection.cursor() as cursor:
        # One step: small steps never come to an end while others write.
        cursor.execute("VACUUM INTO %s", [str(target)])


def _run_postgres_tool(tool: str, *args: str, to_database: bool = True) -> None:
    program = shutil.which(tool)
    if program is None:
        raise Impossible(f"{tool} is missing: install the PostgreSQL client programs")
    where, env = _postgres_address() if to_database else ([], {})
    command = [program, *where, *args]
    done = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Impossible(f"{tool} failed: {done.stderr.strip()[-500:]}")


def _postgres_address() -> tuple[list[str], dict[str, str]]:
    values = connection.settings_dict
    options = values.get("OPTIONS", {})
    # The password goes by the environment: arguments are seen by everybody.
    secret = {"PGPASSWORD": values["PASSWORD"]} if values["PASSWORD"] else {}
    ssl = {
        f"PG{name.upper()}": str(options[name])
        for name in ("sslmode", "sslrootcert", "sslcert", "sslkey")
        if name in options
    }
    parts = {"--host": "HOST", "--port": "PORT", "--username": "USER"}
    where = [f"{flag}={values[key]}" for flag, key in parts.items() if values[key]]
    return [*where, f"--dbname={values['NAME']}"], secret | ssl
