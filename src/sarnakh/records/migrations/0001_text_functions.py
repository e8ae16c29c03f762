"""Text comparison in PostgreSQL: our folding functions and trigram indexes.

Every migration that indexes a search column depends on this one. SQLite needs
nothing: it calls the Python functions.
"""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sarnakh.lib import text_sql


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create or renew the functions and the extension."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    schema_editor.execute(text_sql.postgres_functions())


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the functions away; the extension may serve others."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(text_sql.drop_functions())


class Migration(migrations.Migration):
    """The functions behind search, equality and sorting of text."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [migrations.RunPython(create, drop)]
