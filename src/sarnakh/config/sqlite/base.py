"""Django's SQLite engine, with triggers and views that outlive a change of their table.

SQLite changes many things about a table only by building it anew, and drops the
triggers of the old one without a word. Ours keep counts and search indexes right.
"""

from typing import Any

from django.db.backends.sqlite3 import base, operations, schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Gives the table that takes the place of another its triggers and views."""

    def _remake_table(self, model: Any, *args: Any, **kwargs: Any) -> None:
        table = model._meta.db_table
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name = %s",
                [table],
            )
            statements = [sql for (sql,) in cursor.fetchall()]
            # A view whose table is away for a moment stops the renaming.
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'view' "
                "AND instr(sql, %s) > 0",
                [table],
            )
            for name, sql in cursor.fetchall():
                cursor.execute(f"DROP VIEW {self.quote_name(name)}")
                statements.append(sql)
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
        for statement in statements:
            self.execute(statement)


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, but for how statements are put together."""

    compiler_module = "sarnakh.config.sqlite.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the schema editor and how statements are put together."""

    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
