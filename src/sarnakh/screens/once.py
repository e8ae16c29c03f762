"""A form that is sent twice has one effect.

Every form for something new carries a random token. The first answer remembers
what it made under that token, in the same transaction; the second one finds it.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from sarnakh.accounts.actor import Actor
from sarnakh.records import rows
from sarnakh.records.types import RecordType

REMEMBERED = 24 * 3600


def token() -> str:
    """A token for one form."""
    return secrets.token_urlsafe(12)


def made_once(
    request: HttpRequest, record_type: RecordType, make: Callable[[], Any], *, by: Actor
) -> Any:
    """The record that `make` makes, or the one an earlier sending has made."""
    given = str(request.POST.get("once", ""))[:40]
    if not given:
        return make()
    key = f"once:{by.user_id}:{record_type.name}:{given}"
    # The cache lives in the same database: a refusal takes the mark back as well.
    with transaction.atomic():
        if cache.add(key, 0, REMEMBERED):
            record = make()
            cache.set(key, record.pk, REMEMBERED)
            return record
    return rows.find(record_type, cache.get(key) or 0, by)
