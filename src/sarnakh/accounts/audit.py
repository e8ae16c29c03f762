"""Write and check the audit log.

An entry is written in the transaction of the act it tells about. It joins the
chain of the actor's company: its hash covers itself and the entry before.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, timedelta
from enum import StrEnum

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.audit_triggers import RETENTION_DAYS
from sarnakh.accounts.models import AuditEntry, User

ATTEMPTS = 20
SHOWN_DEVICE = 200


class Event(StrEnum):
    """Acts that are logged; rooms may log others under words of their own."""

    LOGIN = "login"
    LOGIN_FAILED = "login-failed"
    LOGOUT = "logout"
    PASSWORD = "password"  # noqa: S105 - the name of an event
    RESET_ASKED = "reset-asked"
    SECOND_FACTOR = "second-factor"
    SESSIONS_ENDED = "sessions-ended"
    KEY = "key"
    INVITED = "invited"
    INVITATION_ACCEPTED = "invitation-accepted"
    USER = "user"
    USER_ARCHIVED = "user-archived"
    USER_RESTORED = "user-restored"
    EMAIL = "email"
    ROLES = "roles"
    COMPANY = "company"
    SETTINGS = "settings"
    EXPORT = "export"
    IMPORT = "import"
    MERGE = "merge"
    DELETE = "delete"
    ACCESS_DENIED = "access-denied"


LABELS = {
    Event.LOGIN: _("Logged in"),
    Event.LOGIN_FAILED: _("Log-in failed"),
    Event.LOGOUT: _("Logged out"),
    Event.PASSWORD: _("Password set"),
    Event.RESET_ASKED: _("New password asked for"),
    Event.SECOND_FACTOR: _("Second factor changed"),
    Event.SESSIONS_ENDED: _("Sessions ended"),
    Event.KEY: _("Access key changed"),
    Event.INVITED: _("User invited"),
    Event.INVITATION_ACCEPTED: _("Invitation accepted"),
    Event.USER: _("User changed"),
    Event.USER_ARCHIVED: _("User archived"),
    Event.USER_RESTORED: _("User restored"),
    Event.EMAIL: _("Email changed"),
    Event.ROLES: _("Roles changed"),
    Event.COMPANY: _("Company changed"),
    Event.SETTINGS: _("Settings changed"),
    Event.EXPORT: _("Exported"),
    Event.IMPORT: _("Imported"),
    Event.MERGE: _("Merged"),
    Event.DELETE: _("Deleted"),
    Event.ACCESS_DENIED: _("Access denied"),
}


def record(
    event: str, *, by: Actor | User | None, subject: str = "", **details: object
) -> AuditEntry:
    """Log an act; `subject` names the record, `details` are plain values.

    Address and device come from the request that is being answered, if any.
    `by` is None for somebody who is not logged in.
    """
    entry = _entry(event, by, subject, details)
    _append([entry])
    return entry


def record_each(
    event: str,
    acts: Iterable[tuple[str, dict[str, object]]],
    *,
    by: Actor | User | None,
) -> None:
    """Log an act on several records, given as (subject, details), in this order."""
    _append([_entry(event, by, subject, details) for subject, details in acts])


def _entry(
    event: str, by: Actor | User | None, subject: str, details: dict[str, object]
) -> AuditEntry:
    user, company_id = _who(by)
    return AuditEntry(
        chain=company_id or 0,
        at=timezone.now(),
        event=event,
        user=user,
        company_id=company_id,
        subject=_plain(subject)[:300],
        body=_plain(
            json.dumps(
                details, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True
            )
        ),
        **_origin(),
    )


def broken(chain: int | None = None) -> Iterator[AuditEntry]:
    """Entries that do not fit: changed, or with a gap before them."""
    rows = AuditEntry.objects.order_by("chain", "number")
    if chain is not None:
        rows = rows.filter(chain=chain)
    last: AuditEntry | None = None
    for entry in rows.iterator():
        before = last if last and last.chain == entry.chain else None
        if entry.digest != _digest(entry) or not _follows(entry, before):
            yield entry
        last = entry


def _follows(entry: AuditEntry, before: AuditEntry | None) -> bool:
    if before:
        return entry.number == before.number + 1 and entry.previous == before.digest
    # Entries older than the retention time may be gone, with the start of the chain.
    old = timezone.now() - timedelta(days=RETENTION_DAYS)
    return (entry.number == 1 and entry.previous == "") or entry.at < old


def _append(entries: Sequence[AuditEntry]) -> None:
    """Take the next numbers of their chain; whoever comes second at the same moment
    tries again."""
    for attempt in range(ATTEMPTS if entries else 0):
        last = (
            AuditEntry.objects.filter(chain=entries[0].chain)
            .order_by("-number")
            .values_list("number", "digest")
            .first()
        )
        number, digest = last or (0, "")
        for entry in entries:
            number += 1
            entry.number, entry.previous = number, digest
            digest = entry.digest = _digest(entry)
        try:
            with transaction.atomic():
                AuditEntry.objects.bulk_create(entries)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break


def _digest(entry: AuditEntry) -> str:
    fields: list[models.Field[object, object]] = entry._meta.concrete_fields  # type: ignore[assignment]
    values = {
        field.attname: getattr(entry, field.attname)
        for field in fields
        if field.attname not in ("id", "digest")
    }
    values["at"] = entry.at.astimezone(UTC).isoformat()
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _who(by: Actor | User | None) -> tuple[User | None, int | None]:
    if by is None:
        return None, None
    if isinstance(by, User):
        return by, by.company_id
    return by.user, by.company.pk


def _origin() -> dict[str, str]:
    request = context.request
    if request is None:
        return {}
    device = request.headers.get("User-Agent", "")
    return {
        "address": get_adapter().get_client_ip(request),
        "device": _plain(device)[:SHOWN_DEVICE],
    }


def _plain(text: str) -> str:
    """Text without U+0000, which PostgreSQL cannot store."""
    return text.replace("\x00", "").replace("\\u0000", "")
