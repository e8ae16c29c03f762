"""Wiring of this room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Known to Django as `sales`."""

    name = "sarnakh.sales"
    label = "sales"

    def ready(self) -> None:
        """Listen to the rooms below, and to this one's own events."""
        from sarnakh.sales.delivering import offers

        offers.register()
