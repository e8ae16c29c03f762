"""Create, change and delete contacts."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.events import contacts_changed
from sarnakh.contacts.models import Contact
from sarnakh.contacts.models.contact import ADDRESS
from sarnakh.contacts.people.derived import derive
from sarnakh.lib.errors import Refused
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole


class FamilyCircle(Refused):
    """A contact cannot be its own ancestor."""

    def __init__(self) -> None:
        super().__init__(_("A contact cannot belong to itself."), "family-circle")


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Contact]:
    """Make contacts, however many, with a fixed number of statements."""
    contact_type = by_model(Contact)
    people = []
    for one in values:
        contact = Contact(**plain.column_values(contact_type, one))
        plain.stamp(contact, by=by)
        inherit(contact, given=one)
        derive(contact)
        people.append(contact)
    Contact.objects.bulk_create(people, batch_size=500)
    links = []
    through = Contact.tags.through
    for contact, one in zip(people, values, strict=True):
        links += [
            through(contact_id=contact.pk, contacttag_id=tag)
            for tag in one.get("tags") or ()
        ]
    through._default_manager.bulk_create(links, batch_size=1_000)
    changes.log_many(
        [
            changes.entry(contact, contact_type, by=by, event="created")
            for contact in people
        ]
    )
    return people


@whole
def change(
    contact: Contact, values: Values, *, seen: int | None = None, by: Actor
) -> Contact:
    """Edit a contact; its address goes on to the people who share it."""
    changed: set[str] = set()
    address_before = address_of(contact)

    def fill(record: Any, names: set[str]) -> None:
        changed.update(names)
        if "parent" in names:
            refuse_circle(record)
            inherit(record, given=values)
        derive(record)

    contact = plain.write(contact, values, seen=seen, derive=fill, by=by)
    if changed & set(ADDRESS):
        _pass_address_on(contact, address_before)
    if changed:
        contacts_changed.send(Contact, changes=[(contact, changed)], by=by)
    return contact


@whole
def correct_many(edits: Sequence[tuple[Contact, dict[str, str]]], *, by: Actor) -> None:
    """New e-mails and phones of many contacts, in the order given: `change` for
    imports, with a fixed number of statements."""
    written = plain.write_many(
        edits, by=by, derive=lambda contact, _changed: derive(contact)
    )
    if written:
        contacts_changed.send(Contact, changes=written, by=by)


def inherit(contact: Contact, *, given: Values) -> None:
    """Take from the parent what was not given: address, language, salesperson."""
    parent = contact.parent
    if parent is None:
        return
    contact.company_name = ""
    if not any(given.get(name) for name in ADDRESS):
        for name in ADDRESS:
            setattr(contact, name, getattr(parent, name))
    contact.language = contact.language or parent.language
    contact.salesperson_id = contact.salesperson_id or parent.salesperson_id


def refuse_circle(contact: Contact) -> None:
    """Raise FamilyCircle when the contact would be its own ancestor."""
    ancestor, steps = contact.parent, 0
    while ancestor is not None and steps < 50:
        if ancestor.pk == contact.pk:
            raise FamilyCircle
        ancestor, steps = ancestor.parent, steps + 1


def address_of(contact: Contact) -> dict[str, str]:
    """The six fields that travel together."""
    return {name: getattr(contact, name) for name in ADDRESS}


def _pass_address_on(contact: Contact, before: dict[str, str]) -> None:
    """People who still had the parent's old address move with it."""
    Contact.objects.filter(parent=contact, is_company=False, **before).update(
        **address_of(contact)
    )
