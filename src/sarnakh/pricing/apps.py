"""Wiring of this room."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    """Known to Django as `pricing`."""

    name = "sarnakh.pricing"
    label = "pricing"
