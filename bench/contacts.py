"""Partners of the neutral files as contacts."""

from collections.abc import Iterator
from pathlib import Path

import neutral
from directory import Directory
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people.derived import derive
from sarnakh.records.models import Change
from writing import Values, prepared

# Label of the model, its rows, whether they bring their keys.
Batch = list[tuple[str, list[Values], bool]]


def batch(rows: list[neutral.Row], known: Directory) -> Batch:
    """Contacts and the first line of their history, ready to write."""
    contacts, changes = [], []
    for row in rows:
        contact = made(row, known)
        contacts.append(prepared(contact))
        change = Change(
            record_type="contacts",
            record_id=contact.pk,
            version=1,
            event="created",
            at=contact.created_at,
            by_id=known.director,
        )
        changes.append(prepared(change, with_key=False))
    return [("contacts.Contact", contacts, True), ("records.Change", changes, False)]


def made(row: neutral.Row, known: Directory) -> Contact:
    """A contact as the directory would have stored it."""
    at = neutral.moment(row["created_at"])
    contact = Contact(
        pk=int(row["partner_id"]),
        is_company=row["is_company"] == "1",
        parent_id=neutral.number(row["parent_id"]),
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        job_position=row["function"],
        website=row["website"],
        street=row["street"],
        city=row["city"],
        zip=row["zip"],
        state=known.states.get((row["country_code"], row["state_code"]), ""),
        country=row["country_code"],
        created_at=at,
        updated_at=at,
        created_by_id=known.director,
        updated_by_id=known.director,
    )
    derive(contact)
    return contact


def names(folder: Path) -> dict[int, str]:
    """Names by number: leads are found by their customer's name too."""
    return {int(row["partner_id"]): row["name"] for row in rows(folder)}


def rows(folder: Path) -> Iterator[neutral.Row]:
    """Companies come first in the file, so parents are there before their people."""
    return neutral.rows(folder, "partners")
