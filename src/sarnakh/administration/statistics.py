"""What the database knows about its own tables, so that it chooses good ways.

PostgreSQL looks after this by itself. SQLite forgets a table's figures when a
migration builds it anew, and gathers none on its own.
"""

from django.db import connection

# So many rows of an index tell enough; a large table need not be read whole.
ENOUGH = 1_000


def gather() -> None:
    """Look at every table again, after its structure has changed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ENOUGH}")
            cursor.execute("ANALYZE")


def refresh() -> None:
    """Look again at tables that have changed much."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ENOUGH}")
            cursor.execute("PRAGMA optimize=0x10002")
