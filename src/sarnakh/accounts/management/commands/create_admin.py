"""Make the first settings manager, or let one in again, with a one-time link."""

import argparse

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sarnakh.accounts import actions
from sarnakh.accounts.models import User
from sarnakh.lib.errors import Refused


class Command(BaseCommand):
    """`create_admin --email … [--name …] [--company …] [--language fa]`."""

    help = (
        "Make the first company with its settings manager, or a new link for somebody "
        "who is there. The link is printed once and chooses the password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The address is needed; the rest only for a new installation."""
        parser.formatter_class = argparse.ArgumentDefaultsHelpFormatter
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="Administrator")
        parser.add_argument("--company", default="Sarnakh")
        parser.add_argument("--language", choices=("fa", "ar", "en"), default="fa")

    def handle(
        self, *, email: str, name: str, company: str, language: str, **options: object
    ) -> None:
        """Print the link; nothing else on standard output."""
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is not None:
            self.stdout.write(actions.operator_link(user))
            return
        try:
            link = actions.set_up(
                company=company, name=name, email=email, language=language
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(link)
