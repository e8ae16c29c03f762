"""Wiring of this room."""

from django.apps import AppConfig


class RentalConfig(AppConfig):
    """Known to Django as `rental`."""

    name = "sarnakh.rental"
    label = "rental"

    def ready(self) -> None:
        """Listen to orders, and add to their pages."""
        from sarnakh.rental import (
            offers,
            receivers,  # noqa: F401 - its receivers connect
        )

        offers.register()
