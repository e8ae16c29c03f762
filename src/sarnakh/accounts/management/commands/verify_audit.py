"""Look for changed or missing entries in the audit log."""

from django.core.management.base import BaseCommand, CommandError

from sarnakh.accounts import audit


class Command(BaseCommand):
    """`verify_audit`: ends with status 1 when something does not fit."""

    help = "Check the hash chains of the audit log."

    def handle(self, **options: object) -> None:
        """Name every entry that does not fit."""
        wrong = list(audit.broken())
        for entry in wrong:
            self.stderr.write(f"chain {entry.chain}, entry {entry.number}: {entry}")
        if wrong:
            raise CommandError("The audit log has been changed.")
        self.stdout.write("The audit log is complete.")
