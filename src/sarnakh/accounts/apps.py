"""Wiring of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Known to Django as `accounts`."""

    name = "sarnakh.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to log-ins and to changes of passwords and second factors."""
        from sarnakh.accounts import receivers

        receivers.connect()
