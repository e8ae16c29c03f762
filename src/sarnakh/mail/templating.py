"""Editing the words that letters begin with."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.mail import errors, placeholders
from sarnakh.mail.actions import checked_header
from sarnakh.mail.models import MailTemplate
from sarnakh.mail.purposes import PURPOSES
from sarnakh.records import actions as plain
from sarnakh.records.types.record_type import Values


def change_template(
    template: MailTemplate, values: Values, *, seen: int | None = None, by: Actor
) -> MailTemplate:
    """Edit words; a placeholder that means nothing here is refused by name."""

    def check(record: Any, changed: set[str]) -> None:
        checked_header(record.subject)
        purpose = PURPOSES.get(record.purpose)
        known = list(purpose.placeholders) if purpose else []
        for text in (record.subject, record.body):
            if wrong := placeholders.unknown(text, known):
                raise errors.UnknownPlaceholder(wrong, ", ".join(known))

    return plain.write(template, values, seen=seen, derive=check, by=by)
