"""Wiring of this room."""

from django.apps import AppConfig


class CrmConfig(AppConfig):
    """Known to Django as `crm`."""

    name = "sarnakh.crm"
    label = "crm"

    def ready(self) -> None:
        """Listen to the rooms below."""
        from sarnakh.crm import members, receivers  # noqa: F401 - its receivers connect
        from sarnakh.screens import panels

        panels.register(
            "team-members", panels.Panel("crm/team_members.html", members.context)
        )
