"""Wiring of this room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Known to Django as `sales`."""

    name = "sarnakh.sales"
    label = "sales"

    def ready(self) -> None:
        """Listen to the rooms below, and add to their pages."""
        from sarnakh.sales import receivers  # noqa: F401 - its receivers connect
        from sarnakh.sales.opportunities import buttons

        buttons.offer()
