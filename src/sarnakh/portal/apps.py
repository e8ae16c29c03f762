"""Wiring of this room."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PortalConfig(AppConfig):
    """Known to Django as `portal`."""

    name = "sarnakh.portal"
    label = "portal"

    def ready(self) -> None:
        """Offer the panel and the demo's provider, listen below."""
        from sarnakh.discussion.words import EVENTS
        from sarnakh.portal import receivers  # noqa: F401 - its receivers connect
        from sarnakh.portal.panel import PANEL
        from sarnakh.portal.payments import demo, providers
        from sarnakh.screens import panels

        providers.register(demo.DemoProvider())
        panels.register("customer-payments", PANEL)
        EVENTS["link-revoked"] = pgettext_lazy("event", "Link revoked")
