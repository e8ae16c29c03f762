"""Wiring of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Known to Django as `api`; the keys of archived users end."""

    name = "sarnakh.api"
    label = "api"

    def ready(self) -> None:
        from sarnakh.accounts.events import user_archived
        from sarnakh.api import keys

        user_archived.connect(keys.revoke_all, dispatch_uid="api_keys_of_archived")
