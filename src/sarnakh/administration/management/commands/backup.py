"""backup: copy everything while it is in use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sarnakh.administration.backup import actions


class Command(BaseCommand):
    """One file with database and uploads, checked before it appears."""

    help = "Back up the database and the uploaded files."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path = actions.back_up()
        except actions.Impossible as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"The backup is {path}")
