"""How often a key may be used."""

import datetime as dt

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from sarnakh.api.models import ApiKey

MINUTE = 60


def take(key: ApiKey, now: dt.datetime | None = None) -> int:
    """Count one request; 0, or the seconds to wait when there were too many.

    One conditional UPDATE, so all processes together keep the limit. The first
    request of a minute also notes when the key was used.
    """
    now = now or timezone.now()
    minute, second = divmod(int(now.timestamp()), MINUTE)
    same = ApiKey.objects.filter(pk=key.pk, minute=minute)
    more = same.filter(calls__lt=settings.API_PER_MINUTE)
    if more.update(calls=F("calls") + 1):
        return 0
    first = ApiKey.objects.filter(pk=key.pk, minute__lt=minute)
    if first.update(minute=minute, calls=1, last_used_at=now):
        return 0
    # Somebody else may have opened the minute between the two statements.
    if more.update(calls=F("calls") + 1):
        return 0
    return MINUTE - second
