"""Wiring of this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Known to Django as `delivery`."""

    name = "sarnakh.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Offer counts to forms below, name events, answer the catalogue."""
        from sarnakh.delivery import offers

        offers.register()
