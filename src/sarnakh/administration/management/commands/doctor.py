"""doctor: say what is wrong and what to do about it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from sarnakh.administration import doctor
from sarnakh.administration.doctor import Level


class Command(BaseCommand):
    """Ends with 1 when something is wrong; warnings alone end with 0."""

    help = "Examine this installation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Few terminals show right-to-left text well.
        parser.add_argument("--language", default="en", choices=["fa", "ar", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        worst = False
        paint = {
            Level.FINE: self.style.SUCCESS("fine   "),
            Level.WARNING: self.style.WARNING("warning"),
            Level.WRONG: self.style.ERROR("wrong  "),
        }
        with translation.override(options["language"]):
            for found in doctor.examine():
                self.stdout.write(f"{paint[found.level]}  {found.text}")
                if found.remedy:
                    self.stdout.write(f"         {found.remedy}")
                worst = worst or found.level is Level.WRONG
        if worst:
            sys.exit(1)
