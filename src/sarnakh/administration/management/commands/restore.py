"""restore: put a backup in the place of the present data."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from sarnakh.administration.backup import actions


class Command(BaseCommand):
    """Checks everything first; the data of before is kept beside."""

    help = "Restore a backup. The server must be stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file made by `backup`")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        try:
            old = actions.restore(options["file"])
        except (actions.Damaged, actions.Impossible) as error:
            raise CommandError(f"Nothing was changed: {error}") from error
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"Restored. The data of before is in {old}")
