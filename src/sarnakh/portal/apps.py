"""Wiring of this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Known to Django as `portal`."""

    name = "sarnakh.portal"
    label = "portal"

    def ready(self) -> None:
        """Offer the panel and the demo's provider, listen below."""
        from sarnakh.portal import receivers  # noqa: F401 - its receivers connect
        from sarnakh.portal.panel import PANEL
        from sarnakh.portal.payments import demo, providers
        from sarnakh.screens import panels

        providers.register(demo.DemoProvider())
        panels.register("customer-payments", PANEL)
