"""The index behind "contains" on a search column."""

from typing import Any

from django.db import migrations


def add_search_index(table: str) -> migrations.RunPython:
    """A migration step: trigrams of `search_text` of a table.

    PostgreSQL has an index for it. SQLite keeps a trigram table beside ours,
    filled by triggers; it holds no text of its own.
    """
    name = f"{table}_search"

    def create(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin (search_text gin_trgm_ops)"
            )
            return
        for statement in _sqlite(table, name):
            schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")
            return
        for event in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {name}_{event}")
        schema_editor.execute(f"DROP TABLE {name}")

    return migrations.RunPython(create, drop)


def _sqlite(table: str, name: str) -> list[str]:
    gone = (
        f"INSERT INTO {name} ({name}, rowid, search_text) "
        "VALUES ('delete', OLD.id, OLD.search_text);"
    )
    come = f"INSERT INTO {name} (rowid, search_text) VALUES (NEW.id, NEW.search_text);"
    return [
        f"CREATE VIRTUAL TABLE {name} USING fts5(search_text, content='{table}', "
        "content_rowid='id', tokenize='trigram')",
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')",
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {come} END",
        f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF search_text ON {table} "
        "WHEN OLD.search_text IS NOT NEW.search_text "
        f"BEGIN {gone} {come} END",
    ]
