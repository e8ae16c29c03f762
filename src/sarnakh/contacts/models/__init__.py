"""People and organisations."""

from sarnakh.contacts.models.contact import Contact, ContactTag

__all__ = ["Contact", "ContactTag"]
