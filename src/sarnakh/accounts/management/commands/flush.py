"""Django's `flush`, which empties the whole database, the audit log included."""

from django.core.management.commands import flush
from django.db import connections

from sarnakh.accounts import audit_triggers


class Command(flush.Command):
    """Unlocks the audit log for the moment of emptying; tests use this, too."""

    def handle(self, **options: object) -> None:
        """Empty all tables."""
        connection = connections[str(options["database"])]
        audit_triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            audit_triggers.install(connection)
