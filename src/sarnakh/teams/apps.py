"""Wiring of this room."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Known to Django as `teams`."""

    name = "sarnakh.teams"
    label = "teams"
