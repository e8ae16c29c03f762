"""Wiring of this room."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """Known to Django as `screens`."""

    name = "sarnakh.screens"
    label = "screens"
