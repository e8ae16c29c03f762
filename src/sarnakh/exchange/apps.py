"""Wiring of this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Known to Django as `exchange`."""

    name = "sarnakh.exchange"
    label = "exchange"
