"""Make, look up and use up one-time links.

A token has 256 random bits and only its hash is stored. Looking does not use a link
up; using it is one conditional UPDATE, so that of two at once one wins.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from sarnakh.accounts.models import OneTimeLink, User

Purpose = OneTimeLink.Purpose

LIFETIMES = {
    Purpose.INVITATION: timedelta(days=30),
    Purpose.RESET: timedelta(hours=24),
    Purpose.EMAIL: timedelta(hours=24),
}
# A new one of these kills the old. A reset does not: strangers can ask for it.
REPLACING = frozenset({Purpose.INVITATION, Purpose.EMAIL})


def issue(user: User, purpose: Purpose, detail: str = "") -> str:
    """A new link for the user; returns its token, which is nowhere else."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if purpose in REPLACING:
            _open(user).filter(purpose=purpose).delete()
        OneTimeLink.objects.create(
            user=user,
            purpose=purpose,
            digest=_digest(token),
            detail=detail,
            expires_at=timezone.now() + LIFETIMES[purpose],
        )
    return token


def find(token: str) -> OneTimeLink | None:
    """The link of a token if it can still be used; changes nothing."""
    return (
        OneTimeLink.objects.select_related("user__company")
        .filter(
            digest=_digest(token),
            used_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )


def use(link: OneTimeLink) -> bool:
    """Use the link up; False when somebody did so before or it is too late.

    No condition on other tables here: it would move all conditions into a subquery,
    which PostgreSQL does not ask again after waiting for the row - both would win.
    Archiving deletes the links, so that the user needs no second look.
    """
    now = timezone.now()
    open_rows = OneTimeLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
    return open_rows.update(used_at=now) == 1


def cancel(user: User) -> None:
    """Kill all links of the user that have not been used."""
    _open(user).delete()


def address(token: str) -> str:
    """The whole URL of a link, built from the configured address."""
    path = reverse("accounts:link", args=[token])
    return str(settings.ADDRESS).rstrip("/") + path


def _open(user: User) -> models.QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(user=user, used_at=None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
