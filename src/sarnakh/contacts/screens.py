"""How contacts look."""

from django.utils.translation import gettext_lazy as _

from sarnakh.accounts import identifiers
from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.contacts.types import CONTACT_TAGS, CONTACTS
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import actions as plain
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Add, Banner, Bulk, Lines, Screen, Section, Tab

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)


def _doubts(contact: Contact, actor: Actor) -> list[Banner]:
    """Numbers that cannot be right; a warning, as exceptions exist."""
    found = identifiers.doubts(contact, is_company=contact.is_company)
    return [Banner(text=text) for text in found.values()]


def _hidden(contact: Contact | None, actor: Actor) -> set[str]:
    """Only what belongs to somebody is an address of a kind."""
    return set() if contact is None or contact.parent_id else {"address_kind"}


CONTACT_LIST = Screen(
    slug="contacts",
    type=CONTACTS,
    title=_("Contacts"),
    pages=(
        List(
            columns=("name", "parent", "email", "phone", "city", "salesperson", "tags"),
            optional=(
                "is_company", "job_position", "mobile", "website", "country", "state",
                "zip", "language", "reference", "company", "address_kind",
                "national_id", "economic_number", "registration_number",
                "tax_number", "created_at",
            ),
        ),
    ),
    groups=("salesperson", "city", "country", "parent", "is_company", "created_at"),
    header=("name", "is_company"),
    sections=(
        Section(
            _("Contact"),
            ("parent", "company_name", "title", "job_position", "email", "phone",
             "mobile", "website"),
        ),
        Section(
            _("Address"),
            ("address_kind", "street", "street2", "city", "state", "zip", "country"),
        ),
        Section(
            _("Legal identifiers"),
            ("national_id", "economic_number", "registration_number", "tax_number"),
        ),
    ),
    lines=(
        Lines(
            name="addresses",
            label=_("Contacts and addresses"),
            type=CONTACTS,
            parent="parent",
            columns=(
                "address_kind", "name", "phone", "street", "city", "state", "zip",
            ),
            adds=(
                Add("contact", _("Add a contact")),
                Add(
                    "invoice",
                    _("Add an invoice address"),
                    {"address_kind": "invoice"},
                ),
                Add(
                    "delivery",
                    _("Add a delivery address"),
                    {"address_kind": "delivery"},
                ),
            ),
        ),
    ),
    hides=_hidden,
    banners=_doubts,
    tabs=(
        Tab(
            "sale",
            _("Sale"),
            (
                Section(
                    _("Sale"),
                    ("salesperson", "tags", "language", "reference", "company",
                     "active"),
                ),
            ),
        ),
        Tab("notes", _("Notes"), (Section("", ("notes",)),)),
    ),
    bulk=(EXPORT, DELETE),
    panels=("activities", "discussion"),
    empty=_("People and companies that you sell to."),
)  # fmt: skip

CONTACT_TAG_LIST = Screen(
    slug="contact-tags",
    type=CONTACT_TAGS,
    title=_("Contact tags"),
    pages=(List(columns=("name", "tone")),),
    header=("name",),
    sections=(Section(_("Tag"), ("tone",)),),
    bulk=(EXPORT, DELETE),
    empty=_("Coloured words for sorting contacts."),
)
