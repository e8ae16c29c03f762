"""Wiring of this room."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Known to Django as `sources`."""

    name = "sarnakh.sources"
    label = "sources"
