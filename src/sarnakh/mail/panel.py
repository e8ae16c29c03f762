"""Letters beside the form of the record that they are about."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.mail import queries
from sarnakh.records import rows
from sarnakh.records.types import RecordType
from sarnakh.screens.panels import Panel


def context(record: Any, record_type: RecordType, actor: Actor) -> dict[str, Any]:
    """What `mail/panel.html` needs; one statement."""
    return {
        "letters": queries.letters_of(record_type.name, record.pk),
        "may_write": rows.may_write(record, record_type, actor),
        "profile": actor.profile,
    }


PANEL = Panel("mail/panel.html", context)
