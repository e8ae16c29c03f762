"""run_jobs: empty the queue, for ever or once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sarnakh.jobs import actions
from sarnakh.jobs.limits import LANES
from sarnakh.jobs.worker import Worker


class Command(BaseCommand):
    """Works until it is told to stop; SIGTERM lets running jobs finish."""

    help = "Run queued and scheduled jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run what is due, then end"
        )
        parser.add_argument(
            "--lane",
            action="append",
            choices=sorted(LANES),
            help="only this lane (may be given several times)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lanes = options["lane"] or list(LANES)
        if not options["once"]:
            Worker(lanes).work()
            return
        count = actions.run_due(lanes=lanes)
        self.stdout.write(f"{count} jobs were run.")
