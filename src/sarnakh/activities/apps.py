"""Wiring of this room."""

from typing import Any

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Known to Django as `activities`."""

    name = "sarnakh.activities"
    label = "activities"

    def ready(self) -> None:
        """Offer the panel to the forms."""
        from sarnakh.activities.panel import PANEL
        from sarnakh.records.events import records_deleted
        from sarnakh.screens import panels

        panels.register("activities", PANEL)
        records_deleted.connect(_forget)


def _forget(record_type_name: str, record_ids: list[int], **_rest: Any) -> None:
    """Nothing stays behind of a record that was deleted."""
    from sarnakh.activities import actions

    actions.forget(record_type_name, record_ids)
