"""Write to somebody from a record: words of its purpose, then letters and a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import get_language_info

from sarnakh.accounts.actor import Actor
from sarnakh.discussion import actions as discussion
from sarnakh.mail import actions, errors, placeholders
from sarnakh.mail.models import Letter, MailTemplate
from sarnakh.mail.purposes import PURPOSES, Attachment, Purpose, Recipient
from sarnakh.records import rows
from sarnakh.records.types import by_name
from sarnakh.records.whole import whole


@dataclass(frozen=True)
class Draft:
    """A letter before anybody has edited it."""

    purpose: Purpose
    record: Any
    language: str
    recipients: Sequence[Recipient]
    subject: str
    body: str


def template_for(purpose: Purpose, language: str) -> tuple[str, str]:
    """Subject and text: what a manager has written, else what we ship."""
    edited = MailTemplate.objects.filter(purpose=purpose.code, language=language)
    if found := edited.first():
        return found.subject, found.body
    return shipped(purpose, language)


def shipped(purpose: Purpose, language: str) -> tuple[str, str]:
    """The words that come with the product."""
    return purpose.defaults.get(language) or purpose.defaults["en"]


def draft(record: Any, purpose: Purpose) -> Draft:
    """The letter as it would leave, in the language of its reader."""
    language = purpose.language(record)
    with translation.override(language):
        values: Mapping[str, str] = purpose.values(record, language)
        subject, body = template_for(purpose, language)
        return Draft(
            purpose,
            record,
            language,
            list(purpose.recipients(record)),
            placeholders.filled(subject, values),
            placeholders.filled_html(body, values),
        )


def direction_of(language: str) -> str:
    """How a letter in that language runs."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def find(code: str, pk: int, by: Actor) -> tuple[Purpose, Any]:
    """Purpose and record of an address; the record is one that `by` may write.

    KeyError for an unknown purpose.
    """
    purpose = PURPOSES[code]
    record = rows.find(by_name(purpose.record_type), pk, by, "write")
    if purpose.allowed:
        purpose.allowed(record, by)
    return purpose, record


def papers(record: Any, purpose: Purpose, language: str) -> Sequence[Attachment]:
    """What goes with it; made before the transaction, because it takes a while."""
    with translation.override(language):
        return purpose.attachments(record, language)


@whole
def send(
    record: Any,
    purpose: Purpose,
    *,
    recipients: Sequence[Recipient],
    subject: str,
    body: str,
    language: str,
    attachments: Sequence[Attachment] = (),
    is_automatic: bool = False,
    by: Actor,
) -> list[Letter]:
    """Queue the letters, put the message into the conversation, tell the document.

    All of it or nothing: a document counts as sent exactly when its letters wait.
    """
    record_type = by_name(purpose.record_type)
    with translation.override(language):
        summary = list(purpose.summary(record, language))
        link_label = purpose.link_label(record, language)
    letters = actions.queue(
        recipients,
        subject=subject,
        body=body,
        company=purpose.company(record),
        language=language,
        record=record,
        record_type=purpose.record_type,
        purpose=purpose.code,
        attachments=attachments,
        summary=summary,
        link_label=link_label,
        is_automatic=is_automatic,
        by=by,
    )
    if record_type.has_discussion:
        discussion.log_letter(
            record,
            record_type,
            letters[0].subject,
            letters[0].body,
            direction=direction_of(language),
            files=[
                SimpleUploadedFile(one.name, one.data, one.media_type)
                for one in attachments
            ],
            by=by,
        )
    if purpose.sent:
        purpose.sent(record, by=by)
    return letters


def send_by_itself(record: Any, code: str, *, by: Actor) -> list[Letter]:
    """Send the purpose's letter without anybody looking; no address, no letter."""
    made = draft(record, PURPOSES[code])
    try:
        actions.checked_recipients(made.recipients)
    except (errors.NoRecipient, errors.WrongAddress):
        return []
    return send(
        record,
        made.purpose,
        recipients=made.recipients,
        subject=made.subject,
        body=made.body,
        language=made.language,
        attachments=papers(record, made.purpose, made.language),
        is_automatic=True,
        by=by,
    )
