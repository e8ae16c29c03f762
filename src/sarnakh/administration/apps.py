"""Wiring of this room."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Known to Django as `administration`."""

    name = "sarnakh.administration"
    label = "administration"

    def ready(self) -> None:
        from sarnakh.administration import checks, receivers  # noqa: F401
