"""Wiring of this room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Known to Django as `sales`."""

    name = "sarnakh.sales"
    label = "sales"

    def ready(self) -> None:
        """Listen to the rooms below and to this one's own events; add to pages."""
        from sarnakh.sales import receivers  # noqa: F401 - its receivers connect
        from sarnakh.sales.delivering import offers
        from sarnakh.sales.opportunities import buttons

        offers.register()
        buttons.offer()
