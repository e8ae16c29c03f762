"""Making, finding and revoking keys of the programming interface."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts import queries as accounts
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.audit import Event
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.api.models import ApiKey
from sarnakh.lib.errors import Refused
from sarnakh.records.types import all_types

RANDOM_BYTES = 32
LONGEST = 100
SHOWN = 8


class NotForPortal(Refused):
    """Keys are for people of the house."""

    def __init__(self) -> None:
        super().__init__(_("Only internal users can have keys."), "internal-only")


@transaction.atomic
def create(
    name: str,
    *,
    scope: str = ApiKey.Scope.READ,
    types: Iterable[str] = (),
    expires_at: dt.datetime | None = None,
    by: Actor,
) -> tuple[ApiKey, str]:
    """Make a key for the acting user; the text is known only here and now.

    `types` are names of record types, none means all. Refuses portal users.
    """
    if by.user is None or not by.has(Role.INTERNAL):
        raise NotForPortal
    written = secrets.token_urlsafe(RANDOM_BYTES)
    key = ApiKey.objects.create(
        user=by.user,
        name=name.strip()[:100],
        prefix=written[:SHOWN],
        digest=digest(written),
        scope=ApiKey.Scope(scope),
        types=[one for one in types if one in all_types()],
        expires_at=expires_at,
    )
    audit.record(Event.KEY, by=by, subject=key.name, change="created", scope=scope)
    return key, written


@transaction.atomic
def revoke(key: ApiKey, *, by: Actor) -> None:
    """End a key at once: one's own, or as a settings manager; twice is once."""
    if key.user_id != by.user_id and not accounts.may_change(key.user, by):
        raise PermissionDenied
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    ):
        audit.record(Event.KEY, by=by, subject=key.name, change="revoked")


def revoke_all(user: User, **_signal: Any) -> None:
    """End all keys of a user who was archived."""
    ApiKey.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def keys_of(user: User) -> "QuerySet[ApiKey]":
    """A user's keys that have not been revoked, the newest first."""
    return ApiKey.objects.filter(user=user, revoked_at=None)


def revocable(by: Actor) -> "QuerySet[ApiKey]":
    """Keys that the actor may revoke or, as a settings manager, at least look for."""
    reach = Q(user=by.user)
    if by.has(Role.ADMINISTRATOR):
        reach |= Q(user__in=accounts.users_of(by).order_by().values("pk"))
    return ApiKey.objects.filter(reach, revoked_at=None).select_related("user")


def find(written: str) -> ApiKey | None:
    """The valid key of an active internal user, else None."""
    if not 0 < len(written) <= LONGEST:
        return None
    wanted = digest(written)
    key = (
        ApiKey.objects.select_related("user__company")
        .filter(digest=wanted, user__is_active=True)
        .first()
    )
    if key is None or not constant_time_compare(key.digest, wanted):
        return None
    is_internal = Role.INTERNAL in key.user.role_set
    return key if key.is_valid and is_internal else None


def digest(written: str) -> str:
    """The hash under which a key is kept."""
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()
