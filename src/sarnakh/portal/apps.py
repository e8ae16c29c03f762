"""Wiring of this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Known to Django as `portal`."""

    name = "sarnakh.portal"
    label = "portal"

    def ready(self) -> None:
        """Offer the panel, keep logos, listen below."""
        from sarnakh.discussion import files
        from sarnakh.portal import branding, receivers  # noqa: F401 - they connect
        from sarnakh.portal.panel import PANEL
        from sarnakh.portal.payments import demo, providers
        from sarnakh.screens import panels

        files.KEEPERS.append(branding.logo_digests)
        providers.register(demo.DemoProvider())
        panels.register("customer-payments", PANEL)
