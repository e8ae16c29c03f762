"""Database triggers that keep the audit log append-only, on both engines.

Entries may be removed when the retention time is over, never changed. A later
migration that makes SQLite rebuild the table drops the triggers with it and has
to call `install` again; a test watches that they are there.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

RETENTION_DAYS = 730

_SQLITE = (
    """CREATE TRIGGER accounts_audit_no_update BEFORE UPDATE ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    f"""CREATE TRIGGER accounts_audit_no_delete BEFORE DELETE ON accounts_auditentry
    WHEN OLD.at > datetime('now', '-{RETENTION_DAYS} days')
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)
_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION accounts_audit_locked() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{RETENTION_DAYS} days' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only';
    END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER accounts_audit_locked BEFORE UPDATE OR DELETE
    ON accounts_auditentry FOR EACH ROW EXECUTE FUNCTION accounts_audit_locked()""",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Lock the table of entries."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRES)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Unlock it, for emptying the whole database or unapplying the migration."""
    if connection.vendor == "sqlite":
        _run(
            connection,
            (
                "DROP TRIGGER IF EXISTS accounts_audit_no_update",
                "DROP TRIGGER IF EXISTS accounts_audit_no_delete",
            ),
        )
    else:
        _run(
            connection,
            (
                "DROP TRIGGER IF EXISTS accounts_audit_locked ON accounts_auditentry",
                "DROP FUNCTION IF EXISTS accounts_audit_locked()",
            ),
        )


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
