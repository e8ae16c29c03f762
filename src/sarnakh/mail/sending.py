"""From a waiting row to the mail server, at least once."""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from sarnakh.jobs import actions as jobs
from sarnakh.mail.building import built
from sarnakh.mail.events import letter_sent
from sarnakh.mail.jobs import deliver as deliver_job
from sarnakh.mail.models import Letter

# Longer than a stalling server can hold us, shorter than anybody's patience.
CLAIM = timedelta(minutes=3)
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
TOO_MUCH = timedelta(minutes=5)
SWEEP = 500
State, Failure = Letter.State, Letter.Failure


@dataclass(frozen=True)
class Outcome:
    """Why it failed, and whether trying again could help."""

    failure: str
    reason: str
    is_final: bool


def deliver(letter_id: int) -> None:
    """Send a letter that waits and is due; what comes of it stands in its row."""
    now = timezone.now()
    due = Letter.objects.filter(pk=letter_id, state=State.OUTGOING, next_at__lte=now)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    if not due.filter(free).update(claimed_until=now + CLAIM):
        return
    letter = Letter.objects.select_related("company").get(pk=letter_id)
    if _is_too_much(letter, now):
        _later(letter, now + TOO_MUCH)
        return
    try:
        message = built(letter)
    except Exception as error:
        _failed(letter, Outcome(Failure.CONTENT, type(error).__name__, True))
        return
    try:
        message.send()
    except (smtplib.SMTPException, OSError, UnicodeError, ValueError) as error:
        _failed(letter, outcome_of(error))
        return
    done = timezone.now()
    if Letter.objects.filter(pk=letter_id, state=State.OUTGOING).update(
        state=State.SENT,
        sent_at=done,
        next_at=None,
        claimed_until=None,
        failure="",
        reason="",
        attempts=F("attempts") + 1,
    ):
        letter.refresh_from_db()
        letter_sent.send(Letter, letter=letter)


def sweep(now: datetime | None = None) -> int:
    """Give every due letter a job, unless one waits; how many there were."""
    now = now or timezone.now()
    due = Letter.objects.filter(state=State.OUTGOING, next_at__lte=now).exclude(
        claimed_until__gt=now
    )
    keys = list(due.order_by("next_at").values_list("pk", flat=True)[:SWEEP])
    for pk in keys:
        jobs.enqueue(deliver_job, pk, key=f"letter-{pk}")
    return len(keys)


def outcome_of(error: Exception) -> Outcome:
    """What an error of the mail server means for the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (550, b""))
        return _answered(code, text, Failure.ADDRESS)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # The operator mends that; the letter is as good as before.
        return Outcome(Failure.SERVER, _words(error.smtp_error), False)
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(
        error, smtplib.SMTPConnectError | smtplib.SMTPHeloError
    ):
        return _answered(error.smtp_code, error.smtp_error, Failure.REFUSED)
    if isinstance(error, smtplib.SMTPNotSupportedError | UnicodeError | ValueError):
        return Outcome(Failure.ADDRESS, _words(str(error)), True)
    return Outcome(Failure.SERVER, _words(str(error)) or type(error).__name__, False)


def _answered(code: int, text: bytes | str, failure: str) -> Outcome:
    reason = f"{code} {_words(text)}".strip()
    if 500 <= code < 600:
        return Outcome(failure, reason, True)
    return Outcome(Failure.BUSY, reason, False)


def _words(text: bytes | str) -> str:
    if isinstance(text, bytes):
        text = text.decode("utf-8", errors="replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:280]


def _failed(letter: Letter, outcome: Outcome) -> None:
    attempts = letter.attempts + 1
    is_last = outcome.is_final or attempts > len(PAUSES)
    next_at = None if is_last else timezone.now() + PAUSES[attempts - 1]
    Letter.objects.filter(pk=letter.pk, state=State.OUTGOING).update(
        state=State.FAILED if is_last else State.OUTGOING,
        attempts=attempts,
        failure=outcome.failure,
        reason=outcome.reason[:300],
        next_at=next_at,
        claimed_until=None,
    )
    if next_at:
        _carry(letter, next_at)


def _later(letter: Letter, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk, state=State.OUTGOING).update(
        next_at=at, claimed_until=None
    )
    _carry(letter, at)


def _carry(letter: Letter, at: datetime) -> None:
    jobs.enqueue(deliver_job, letter.pk, key=f"letter-{letter.pk}", run_after=at)


def _is_too_much(letter: Letter, now: datetime) -> bool:
    """Whether the company has sent its share of this hour."""
    sent = Letter.objects.filter(
        company=letter.company, sent_at__gt=now - timedelta(hours=1)
    )
    return sent.count() >= settings.MAIL_PER_HOUR
