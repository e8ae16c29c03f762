"""Wiring of this room."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Known to Django as `catalog`."""

    name = "sarnakh.catalog"
    label = "catalog"
