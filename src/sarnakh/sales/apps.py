"""Wiring of this room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Known to Django as `sales`."""

    name = "sarnakh.sales"
    label = "sales"
