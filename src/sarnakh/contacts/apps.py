"""Wiring of this room."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Known to Django as `contacts`."""

    name = "sarnakh.contacts"
    label = "contacts"
