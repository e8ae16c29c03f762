"""Wiring of this room."""

from django.apps import AppConfig


class RecurringConfig(AppConfig):
    """Known to Django as `recurring`."""

    name = "sarnakh.recurring"
    label = "recurring"

    def ready(self) -> None:
        """Listen to orders and invoices, and add to their pages."""
        from sarnakh.recurring import (
            offers,
            receivers,  # noqa: F401 - its receivers connect
        )

        offers.register()
