"""Wiring of this room."""

from django.apps import AppConfig


class CrmConfig(AppConfig):
    """Known to Django as `crm`."""

    name = "sarnakh.crm"
    label = "crm"

    def ready(self) -> None:
        """Listen to the rooms below."""
        from sarnakh.crm import receivers  # noqa: F401 - its receivers connect
