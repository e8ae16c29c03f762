"""Django's PostgreSQL engine, with a quicker way to the text of statements."""

from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Django's own, but for how statements are put together."""

    compiler_module = "sarnakh.config.postgres.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for how statements are put together."""

    ops_class = DatabaseOperations
