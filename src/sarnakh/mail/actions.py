"""Put letters into the outgoing mail, try them again, take them back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.discussion import files as kept
from sarnakh.discussion.uploads import clean_name
from sarnakh.jobs import actions as jobs
from sarnakh.lib import bidi, text
from sarnakh.lib import email as addresses
from sarnakh.mail import errors
from sarnakh.mail.jobs import deliver
from sarnakh.mail.models import Letter, LetterFile
from sarnakh.mail.purposes import Attachment, Recipient
from sarnakh.records.rich_text import sanitized
from sarnakh.records.whole import whole

MOST_RECIPIENTS = 50
LARGEST = 10 * 1024 * 1024
_LINE_ENDS = frozenset("\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


@whole
def queue(
    recipients: Sequence[Recipient],
    *,
    subject: str,
    body: str,
    company: Company,
    language: str,
    record: Any = None,
    record_type: str = "",
    purpose: str = "",
    attachments: Sequence[Attachment] = (),
    summary: Iterable[tuple[str, str]] = (),
    link_label: str = "",
    is_automatic: bool = False,
    by: Actor,
) -> list[Letter]:
    """One letter for each recipient, in the caller's transaction; sent afterwards.

    `body` is rich text and is cleaned here. Refuses line ends in headers, wrong
    addresses, more than 50 recipients, and more than 10 MB of attachments.
    """
    subject = text.clean(checked_header(subject)).strip()[:300]
    if not subject:
        raise errors.NoSubject
    if sum(len(one.data) for one in attachments) > LARGEST:
        raise errors.AttachmentTooLarge(LARGEST)
    people = checked_recipients(recipients)
    sender = by.user
    clean = sanitized(text.clean(body))
    with override(language):
        title = str(record)[:200] if record is not None else ""
    letters = [
        Letter(
            company=company,
            record_type=record_type,
            record_id=record.pk if record is not None else None,
            record_title=title,
            purpose=purpose,
            recipient=one.email,
            recipient_name=one.name,
            sender_name=(sender.name if sender else company.name)[:200],
            reply_to=(sender.email if sender else company.email)[:254],
            language=language,
            subject=subject,
            body=clean,
            summary=[[word, value] for word, value in summary],
            link_label=link_label[:100],
            is_automatic=is_automatic,
            created_by=sender,
            updated_by=sender,
        )
        for one in people
    ]
    Letter.objects.bulk_create(letters)
    _attach(letters, attachments)
    for letter in letters:
        jobs.enqueue(deliver, letter.pk, by=by, key=f"letter-{letter.pk}")
    return letters


@whole
def retry(letter: Letter, *, by: Actor) -> Letter:
    """Try a failed letter again, with all its attempts."""
    changed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED).update(
        state=Letter.State.OUTGOING,
        failure="",
        reason="",
        attempts=0,
        next_at=timezone.now(),
        claimed_until=None,
        updated_at=timezone.now(),
        updated_by=by.user,
    )
    if not changed:
        raise errors.NotFailed
    jobs.enqueue(deliver, letter.pk, by=by, key=f"letter-{letter.pk}")
    letter.refresh_from_db()
    return letter


@whole
def cancel(letter: Letter, *, by: Actor) -> Letter:
    """Take a letter back that has not left; one on its way right now stays."""
    now = timezone.now()
    waiting = Letter.objects.filter(
        pk=letter.pk, state__in=(Letter.State.OUTGOING, Letter.State.FAILED)
    ).exclude(claimed_until__gt=now)
    if not waiting.update(
        state=Letter.State.CANCELLED, next_at=None, updated_at=now, updated_by=by.user
    ):
        raise errors.NotWaiting
    letter.refresh_from_db()
    return letter


@whole
def forget(record_type: str, record_ids: Sequence[int]) -> None:
    """Remove letters about records that were deleted; none leaves any more."""
    Letter.objects.filter(record_type=record_type, record_id__in=record_ids).delete()


def checked_header(value: str) -> str:
    """A text that stands in a header: no line end, no zero."""
    if _LINE_ENDS & set(value):
        raise errors.BrokenHeader
    return value


def checked_recipients(recipients: Sequence[Recipient]) -> list[Recipient]:
    """Valid addresses, each once; names fit for a header."""
    found: dict[str, Recipient] = {}
    for one in recipients:
        checked_header(one.email)
        address = addresses.normalize(one.email)
        if addresses.quality(one.email) != "correct" or not address:
            raise errors.WrongAddress(one.email)
        name = bidi.closed(text.clean(checked_header(one.name)).strip()[:200])
        found.setdefault(address, Recipient(address, name))
    if not found:
        raise errors.NoRecipient
    if len(found) > MOST_RECIPIENTS:
        raise errors.TooManyRecipients(MOST_RECIPIENTS)
    return list(found.values())


def _attach(letters: Sequence[Letter], attachments: Sequence[Attachment]) -> None:
    rows = []
    for one in attachments:
        digest = kept.keep_bytes(one.data)
        rows += [
            LetterFile(
                letter=letter,
                name=clean_name(one.name),
                media_type=one.media_type,
                size=len(one.data),
                digest=digest,
            )
            for letter in letters
        ]
    LetterFile.objects.bulk_create(rows)


def own_domain(company: Company) -> str:
    """The domain of Message-IDs: the company's, else that of our own address."""
    own = company.mail_domain.strip().lower()
    if own and all(part.isalnum() or part in "-." for part in own):
        return own
    return addresses.normalize(str(settings.DEFAULT_FROM_EMAIL)).rpartition("@")[2] or (
        "localhost"
    )
