"""demo: an invented company to look at, loaded once and then served."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation

from sarnakh.administration.management.commands import serve
from sarnakh.administration.serving import preparation
from sarnakh.demo import actions, logins, queries
from sarnakh.demo.errors import Production
from sarnakh.demo.logins import Login
from sarnakh.demo.scripts import SCRIPTS
from sarnakh.lib.errors import Refused

LANGUAGES = {"fa": "Persian", "en": "English", "ar": "Arabic"}
ROLES = {
    "sales-own": "salesperson",
    "sales-all": "team leader",
    "sales-manager": "sales manager",
    "administrator": "administrator",
}


class Command(serve.Command):
    """The first start loads the demo companies, later ones find them as they were."""

    help = "Load demo companies into an empty database and serve them here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--language",
            default="fa",
            choices=list(SCRIPTS),
            help="whose log-ins are printed first, and whose words the lists hold",
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="only load and print the log-ins"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            # Before anything is written, a new database included.
            with translation.override("en"):
                raise CommandError(Production().message)
        options |= {"host": "127.0.0.1", "workers": None, "no_jobs": False}
        if not options["no_serve"]:
            super().handle(*args, **options)
            return
        try:
            preparation.migrate(self._say)
            news = self.begin(options)
        except (preparation.Unready, preparation.backup.Impossible) as error:
            raise CommandError(str(error)) from error
        self._say(news)

    def begin(self, options: dict[str, Any]) -> str:
        """Load what is not there yet; the log-ins as text."""
        first = str(options["language"])
        others = [language for language in SCRIPTS if language != first]
        if not queries.is_loaded():
            self._say("Loading the demo companies …")
        try:
            # The terminal speaks English; refusals are worded where they arise.
            with translation.override("en"):
                found = actions.load((first, *others))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        if not found:
            return (
                "The demo is loaded, but the file with its log-ins is gone. Make a new "
                "link with: manage create_admin --email …"
            )
        return _told(found, first)


def _told(found: list[Login], first: str) -> str:
    """A line for each log-in, those of the wanted language on top."""
    lines = ["Log in as (these people exist in this database only):"]
    lines += [
        f"  {LANGUAGES[one.language]:<8}  {one.email:<24}  {one.password}  "
        f"{ROLES[one.role]}"
        for one in sorted(found, key=lambda one: one.language != first)
    ]
    lines.append(f"The passwords are kept in {logins.path()}")
    return "\n".join(lines)
