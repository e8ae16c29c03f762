"""Wiring of this room."""

from django.apps import AppConfig


class RentalConfig(AppConfig):
    """Known to Django as `rental`."""

    name = "sarnakh.rental"
    label = "rental"
