"""Wiring of this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Known to Django as `demo`."""

    name = "sarnakh.demo"
    label = "demo"
