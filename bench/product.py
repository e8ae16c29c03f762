"""The product as these scripts use it: settled, and its database brought up to date."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def start() -> None:
    """Load Django with the database that the environment names."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sarnakh.config.settings")
    import django

    django.setup()


def migrate() -> None:
    """Make what tables and tables of the cache are missing."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("createcachetable", verbosity=0)


def database_name() -> str:
    """PostgreSQL or SQLite with its version, for headings."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"
