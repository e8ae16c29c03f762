"""Wiring of this room."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Known to Django as `money`."""

    name = "sarnakh.money"
    label = "money"
