"""Wiring of this room."""

from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    """Known to Django as `invoicing`."""

    name = "sarnakh.invoicing"
    label = "invoicing"
