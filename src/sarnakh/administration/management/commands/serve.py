"""serve: prepare what is missing, then serve pages and run jobs."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from sarnakh.administration.serving import preparation


class Command(BaseCommand):
    """One command for an operator: no other process has to be started."""

    help = "Serve Sarnakh. Ctrl-C stops it."
    # The preparation does it: errors are told, warnings are the developers'.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers",
            type=int,
            help="web processes (default: 1 on SQLite, 2 on PostgreSQL)",
        )
        parser.add_argument(
            "--no-jobs", action="store_true", help="jobs run elsewhere (run_jobs)"
        )
        first = parser.add_argument_group("the first start")
        first.add_argument("--company", default="", help="its name")
        first.add_argument("--email", default="administrator@localhost")
        first.add_argument("--language", default="fa", choices=["fa", "ar", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if "SARNAKH_ADDRESS" not in os.environ:
            # Links in mail and on the terminal lead to where we really listen.
            settings.ADDRESS = f"http://{_in_url(host)}:{port}"
        try:
            preparation.refuse_taken_port(host, port)
            preparation.refuse_faults()
            preparation.refuse_danger()
            preparation.migrate(self._say)
            preparation.collect(self._say)
            news = self.begin(options)
        except (preparation.Unready, preparation.backup.Impossible) as error:
            raise CommandError(str(error)) from error
        self._serve(host, port, options, news)

    def begin(self, options: dict[str, Any]) -> str:
        """See that somebody can log in; what to say of it when pages answer."""
        link = preparation.first_link(
            company=options["company"],
            email=options["email"],
            language=options["language"],
        )
        if link is None:
            return ""
        return f"Nobody can log in yet. Choose a password here:\n  {link}"

    def _serve(self, host: str, port: int, options: dict[str, Any], news: str) -> None:
        from sarnakh.administration.serving.supervisor import Supervisor

        is_sqlite = connection.vendor == "sqlite"

        # A server that had to start anew answers again; once is enough.
        told: list[bool] = []

        def announce() -> None:
            if told:
                return
            told.append(True)
            self._say(f"Sarnakh answers at {settings.ADDRESS}  (Ctrl-C stops it)")
            if news:
                self._say(news)

        Supervisor(
            host=host,
            port=port,
            workers=options["workers"] or (1 if is_sqlite else 2),
            # More threads only wait for each other at SQLite's one write lock.
            threads=1 if is_sqlite else 2,
            has_jobs=not options["no_jobs"],
            on_answer=announce,
        ).run()
        self._say("Stopped.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _in_url(host: str) -> str:
    if host in ("0.0.0.0", "::", "127.0.0.1"):  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
