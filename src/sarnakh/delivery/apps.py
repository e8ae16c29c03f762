"""Wiring of this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Known to Django as `delivery`."""

    name = "sarnakh.delivery"
    label = "delivery"
