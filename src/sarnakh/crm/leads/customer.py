"""What a lead takes from its customer, and gives back (specification: crm, 1.5)."""

from collections.abc import Collection

from django.conf import settings

from sarnakh.contacts.models import Contact
from sarnakh.contacts.models.contact import ADDRESS
from sarnakh.crm.models import Lead
from sarnakh.lib import email, phone


def take_from_customer(lead: Lead, given: Collection[str]) -> None:
    """Fill the lead from its customer; what was given explicitly stays.

    A blank never erases, but an address comes whole or not at all.
    """
    customer = lead.customer
    if customer is None:
        return
    wanted = {
        "contact_name": "" if customer.is_company else customer.name,
        "company_name": _company_name(customer),
        "title": customer.title,
        "job_position": customer.job_position,
        "mobile": customer.mobile,
        "website": customer.website,
        "email": customer.email if email_differs(lead, customer) else "",
        "phone": customer.phone if phone_differs(lead, customer) else "",
    }
    for name, value in wanted.items():
        if value and name not in given:
            setattr(lead, name, value)
    if "language" not in given:
        lead.language = customer.language
    has_address = any(getattr(customer, name) for name in ADDRESS)
    if has_address and not set(given) & set(ADDRESS):
        for name in ADDRESS:
            setattr(lead, name, getattr(customer, name))


def email_differs(lead: Lead, customer: Contact) -> bool:
    """Whether the addresses differ; formatting alone does not count."""
    return _email_key(lead.email) != _email_key(customer.email)


def phone_differs(lead: Lead, customer: Contact) -> bool:
    """Whether the numbers differ; formatting alone does not count."""
    country = lead.country or customer.country or "IR"
    return _phone_key(lead.phone, country) != _phone_key(customer.phone, country)


def values_to_give_back(lead: Lead, changed: Collection[str]) -> dict[str, str]:
    """What the customer must take over after the lead was written."""
    customer = lead.customer
    if customer is None:
        return {}
    values = {}
    if "email" in changed and email_differs(lead, customer):
        values["email"] = lead.email
    if "phone" in changed and phone_differs(lead, customer):
        values["phone"] = lead.phone
    return values


def active_language(code: str) -> str:
    """The language if the product has it, else its default."""
    codes = {found for found, _name in settings.LANGUAGES}
    return code if code in codes else ""


def _company_name(customer: Contact) -> str:
    if customer.parent:
        return customer.parent.name
    return customer.name if customer.is_company else customer.company_name


def _email_key(text: str) -> str:
    return email.normalize(text) or text.strip()


def _phone_key(text: str, country: str) -> str:
    return phone.normalize(text, country) or text.strip()
