"""The room of described records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Teaches SQLite our text functions before the first query."""

    name = "sarnakh.records"
    label = "records"

    def ready(self) -> None:
        from sarnakh.records import database

        database.register()
