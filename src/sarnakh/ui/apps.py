"""Wiring of this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Known to Django as `ui`."""

    name = "sarnakh.ui"
    label = "ui"
