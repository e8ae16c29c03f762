"""Wiring of this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Gives its lines to the gear of every screen."""

    name = "sarnakh.exchange"
    label = "exchange"

    def ready(self) -> None:
        from sarnakh.exchange.menu import screen_menu
        from sarnakh.screens import panels

        panels.add_menu(screen_menu)
