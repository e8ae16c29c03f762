"""Wiring of this room."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Known to Django as `mail`."""

    name = "sarnakh.mail"
    label = "mail"

    def ready(self) -> None:
        """Offer the panel, keep attachments from being swept, listen below."""
        from sarnakh.discussion import files
        from sarnakh.mail import queries, receivers  # noqa: F401 - receivers connect
        from sarnakh.mail.panel import PANEL
        from sarnakh.screens import panels

        files.KEEPERS.append(queries.attached_digests)
        panels.register("letters", PANEL)
