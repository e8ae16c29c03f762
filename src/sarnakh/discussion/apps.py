"""Wiring of this room."""

from typing import Any

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Known to Django as `discussion`."""

    name = "sarnakh.discussion"
    label = "discussion"

    def ready(self) -> None:
        """Offer the panel to the forms."""
        from sarnakh.discussion.panel import PANEL
        from sarnakh.records.events import records_deleted
        from sarnakh.screens import panels

        panels.register("discussion", PANEL)
        records_deleted.connect(_forget)


def _forget(record_type_name: str, record_ids: list[int], **_rest: Any) -> None:
    """Nothing stays behind of a record that was deleted."""
    from sarnakh.discussion import actions

    actions.forget(record_type_name, record_ids)
