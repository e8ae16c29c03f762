"""Take an import back from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from sarnakh.accounts.actor import actor_for
from sarnakh.exchange.importing import undo
from sarnakh.exchange.models import ImportBatch
from sarnakh.exchange.options import options_from
from sarnakh.lib.errors import Refused


class Command(BaseCommand):
    """`undo_import 12`."""

    help = (
        "Delete everything that an import made, within 24 hours and if nobody has "
        "worked on its records. What it changed stays changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The number that import_file printed."""
        parser.add_argument("id", type=int)

    def handle(self, **options: Any) -> None:
        """Print what stayed, if anything."""
        batch = (
            ImportBatch.objects.select_related("user").filter(pk=options["id"]).first()
        )
        if batch is None:
            raise CommandError(f"There is no import {options['id']}.")
        by = actor_for(batch.user, options_from(batch.options).companies)
        with translation.override(batch.user.language):
            try:
                undo.check(batch)
                ImportBatch.objects.filter(pk=batch.pk).update(
                    state=ImportBatch.State.UNDOING
                )
                undo.undo(batch, by=by)
            except Refused as refusal:
                raise CommandError(refusal.message) from refusal
        self.stdout.write(f"import {batch.pk} undone")
