"""How contacts look."""

from django.utils.translation import gettext_lazy as _

from sarnakh.contacts.types import CONTACT_TAGS, CONTACTS
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import actions as plain
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Bulk, Screen, Section, Tab

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)

CONTACT_LIST = Screen(
    slug="contacts",
    type=CONTACTS,
    title=_("Contacts"),
    pages=(
        List(
            columns=("name", "parent", "email", "phone", "city", "salesperson", "tags"),
            optional=(
                "is_company", "job_position", "mobile", "website", "country", "state",
                "zip", "language", "reference", "company", "created_at",
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
            _("Address"), ("street", "street2", "city", "state", "zip", "country")
        ),
    ),
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
