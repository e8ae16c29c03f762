"""Settings that durability depends on, asked of the live database at start-up."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# What each PRAGMA of a live connection must say.
PRAGMAS = {
    "journal_mode": ("wal", "WAL"),
    "synchronous": (2, "FULL"),
    "foreign_keys": (1, "ON"),
    "mmap_size": (0, "0"),
}


@register
def check_transaction_mode(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A deferred SQLite transaction that reads, then writes, loses under load."""
    return [
        Error(
            f"The SQLite database {alias!r} opens deferred transactions.",
            hint='Set OPTIONS["transaction_mode"] to "IMMEDIATE".',
            id="administration.E001",
        )
        for alias in connections
        if connections[alias].vendor == "sqlite"
        and connections[alias].settings_dict["OPTIONS"].get("transaction_mode")
        != "IMMEDIATE"
    ]


@register(Tags.database)
def check_pragmas(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What is saved survives a power cut only with these settings in force."""
    return [
        Error(
            f"The SQLite database {alias!r} runs with {name}={found}, not {word}.",
            hint=f'Add "PRAGMA {name}={word};" to OPTIONS["init_command"].',
            id="administration.E002",
        )
        for alias in databases or ()
        if connections[alias].vendor == "sqlite"
        for name, found, word in wrong_pragmas(connections[alias])
    ]


def wrong_pragmas(connection: Any) -> list[tuple[str, Any, str]]:
    """Name, found value and wanted word of each PRAGMA that is not as it must be."""
    wrong = []
    with connection.cursor() as cursor:
        for name, (wanted, word) in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            # A database in memory keeps no log on disk and maps no file.
            if row and row[0] not in (wanted, "memory"):
                wrong.append((name, row[0], word))
    return wrong
