"""What letters and templates are."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.mail import access
from sarnakh.mail.models import Letter, MailTemplate
from sarnakh.mail.templating import change_template
from sarnakh.records.types import Filter, RecordType, Search, Writers, describe
from sarnakh.records.types.record_type import Values


def _refuse_create(values: Sequence[Values], *, by: Actor) -> list[Any]:
    raise PermissionDenied


def _refuse_change(
    record: Any, values: Values, *, seen: int | None = None, by: Actor
) -> Any:
    raise PermissionDenied


def _refuse_delete(records: Sequence[Any], *, by: Actor) -> None:
    raise PermissionDenied


def _in_state(state: str, label: Any) -> Filter:
    return Filter(name=state, label=label, condition=[["state", "=", state]])


LETTERS = RecordType(
    name="letters",
    model=Letter,
    label=_("Letter"),
    label_plural=_("Outgoing mail"),
    access=access.LETTERS,
    fields=describe(
        Letter,
        "subject",
        "recipient",
        "recipient_name",
        "record_title",
        "state",
        "failure",
        "reason",
        "attempts",
        "next_at",
        "sent_at",
        "sender_name",
        "language",
        "is_automatic",
        "company",
        "created_at",
        targets={"company": "companies"},
        recipient={"widget": "email"},
    ),
    writers=Writers(
        create=_refuse_create, change=_refuse_change, delete=_refuse_delete
    ),
    title="subject",
    order=("-pk",),
    company="company",
    search=(
        Search(name="text", label=_("Subject"), fields=("subject",)),
        Search(name="recipient", label=_("Recipient"), fields=("recipient",)),
        Search(name="document", label=_("Document"), fields=("record_title",)),
    ),
    filters=(
        _in_state("outgoing", pgettext_lazy("letter", "Waiting")),
        _in_state("failed", pgettext_lazy("letter", "Failed")),
        _in_state("sent", pgettext_lazy("letter", "Sent")),
    ),
)

TEMPLATES = RecordType(
    name="mail-templates",
    model=MailTemplate,
    label=_("Mail template"),
    label_plural=_("Mail templates"),
    access=access.TEMPLATES,
    fields=describe(MailTemplate, "name", "language", "subject", "body"),
    writers=Writers(
        create=_refuse_create, change=change_template, delete=_refuse_delete
    ),
    title="name",
    order=("purpose", "language", "pk"),
    search=(Search(name="text", label=_("Name"), fields=("name", "subject")),),
)
