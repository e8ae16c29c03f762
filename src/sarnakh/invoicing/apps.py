"""Wiring of this room."""

from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    """Known to Django as `invoicing`."""

    name = "sarnakh.invoicing"
    label = "invoicing"

    def ready(self) -> None:
        """Listen to the rooms below."""
        from sarnakh.invoicing import receivers  # noqa: F401 - its receivers connect
        from sarnakh.invoicing.preview import offers

        offers.offer()
