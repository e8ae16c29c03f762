"""Django's SQLite engine, with triggers that outlive a change of their table.

SQLite changes many things about a table only by building it anew, and drops the
triggers of the old one without a word. Ours keep counts and search indexes right.
"""

from typing import Any

from django.db.backends.sqlite3 import base, schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Puts a table's triggers on the table that takes its place."""

    def _remake_table(self, model: Any, *args: Any, **kwargs: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name = %s",
                [model._meta.db_table],
            )
            statements = [sql for (sql,) in cursor.fetchall()]
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
        for statement in statements:
            self.execute(statement)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the schema editor."""

    SchemaEditorClass = DatabaseSchemaEditor
