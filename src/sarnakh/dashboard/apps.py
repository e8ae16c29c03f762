"""Wiring of this room."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Known to Django as `dashboard`."""

    name = "sarnakh.dashboard"
    label = "dashboard"
