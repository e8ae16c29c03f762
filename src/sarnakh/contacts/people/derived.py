"""Columns of a contact that follow from what was typed."""

from sarnakh.contacts.models import Contact
from sarnakh.lib import email, phone, text


def derive(contact: Contact) -> None:
    """Fill the columns for searching, sorting and matching."""
    if contact.website and "://" not in contact.website:
        contact.website = f"http://{contact.website}"
    country = contact.country or "IR"
    contact.email_normalized = email.normalize(contact.email)
    contact.phone_e164 = phone.normalize(contact.mobile, country) or phone.normalize(
        contact.phone, country
    )
    contact.sort_key = text.sort_key(contact.name)[:300]
    contact.name_key = text.searchable(contact.name)[:200]
    contact.search_text = text.search_text(
        contact.name,
        contact.company_name,
        contact.email,
        contact.phone,
        contact.mobile,
        phone.search_digits(contact.phone, country),
        phone.search_digits(contact.mobile, country),
        contact.city,
        contact.reference,
    )
