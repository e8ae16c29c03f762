"""What contacts and their tags are."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.contacts import access
from sarnakh.contacts.countries import COUNTRIES
from sarnakh.contacts.models import Contact, ContactTag
from sarnakh.contacts.people import actions
from sarnakh.records import actions as plain
from sarnakh.records.kinds import Kind
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

CONTACTS = RecordType(
    name="contacts",
    model=Contact,
    label=_("Contact"),
    label_plural=_("Contacts"),
    access=access.CONTACTS,
    fields=describe(
        Contact,
        "name",
        "is_company",
        "parent",
        "company_name",
        "title",
        "job_position",
        "email",
        "phone",
        "mobile",
        "website",
        "street",
        "street2",
        "city",
        "state",
        "zip",
        "country",
        "language",
        "tags",
        "salesperson",
        "company",
        "reference",
        "address_kind",
        "national_id",
        "economic_number",
        "registration_number",
        "tax_number",
        "notes",
        "active",
        "created_at",
        "updated_at",
        targets={
            "parent": "contacts",
            "tags": "contact-tags",
            "salesperson": "users",
            "company": "companies",
        },
        name={"is_tracked": True},
        parent={"is_tracked": True},
        email={"widget": "email", "is_tracked": True},
        phone={"widget": "phone", "is_tracked": True},
        mobile={"widget": "phone", "is_tracked": True},
        website={"widget": "url"},
        country={"kind": Kind.CHOICE, "choices": tuple(COUNTRIES)},
        salesperson={"is_tracked": True},
        national_id={"is_tracked": True, "synonyms": ("کد ملی", "شناسه ملی")},
        economic_number={"is_tracked": True},
        tax_number={"is_tracked": True, "synonyms": ("VAT", "Tax ID")},
    ),
    writers=Writers(create=actions.create, change=actions.change, delete=plain.delete),
    order=("sort_key", "pk"),
    active="active",
    company="company",
    parent="parent",
    search_column="search_text",
    search_index="contacts_contact_search",
    searchable=(
        "name",
        "company_name",
        "email",
        "phone",
        "mobile",
        "city",
        "reference",
    ),
    sort_columns={"name": "sort_key"},
    search=(
        Search(
            name="text",
            label=_("Name, email, phone"),
            fields=("search",),
            operator="search",
        ),
        Search(name="parent", label=_("Parent company"), fields=("parent",)),
        Search(name="tag", label=_("Tag"), fields=("tags",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="city", label=_("City"), fields=("city",)),
        Search(
            name="phone",
            label=_("Phone or mobile"),
            fields=("phone", "mobile"),
            operator="phone",
        ),
    ),
    filters=(
        Filter(
            name="mine",
            label=_("My contacts"),
            condition=[["salesperson", "=", "@me"]],
        ),
        Filter(
            name="people",
            label=_("People"),
            condition=[["is_company", "=", False]],
            block=1,
        ),
        Filter(
            name="companies",
            label=pgettext_lazy("filter", "Companies"),
            condition=[["is_company", "=", True]],
            block=1,
        ),
        Filter(
            name="addresses",
            label=_("Invoice and delivery addresses"),
            condition=[["address_kind", "!=", "contact"]],
            block=1,
        ),
        Filter(
            name="archived",
            label=_("Archived"),
            condition=[["active", "=", False]],
            block=3,
        ),
    ),
    periods=(
        PeriodFilter(
            name="created", label=_("Creation date"), field="created_at", block=2
        ),
    ),
    quick_values=lambda name, actor: {"name": name, "is_company": True},
    has_discussion=True,
    has_activities=True,
    is_importable=True,
)


def quick_tag(name: str, actor: Actor) -> dict[str, Any]:
    """A tag made from its name alone, in a colour of its own."""
    return {"name": name, "tone": 1 + sum(map(ord, name)) % 11}


CONTACT_TAGS = RecordType(
    name="contact-tags",
    model=ContactTag,
    label=_("Contact tag"),
    label_plural=_("Contact tags"),
    access=access.CONTACT_TAGS,
    fields=describe(ContactTag, "name", "tone", tone={"widget": "tone"}),
    writers=plain.plain_writers(ContactTag),
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    quick_values=quick_tag,
)
