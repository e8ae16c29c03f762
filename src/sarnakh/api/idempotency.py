"""The same POST twice has one effect and the same answer.

The answer is stored in the transaction of its effect: either both exist or
neither. Refused requests leave nothing behind, so they may be corrected and sent
again under the same key.
"""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.api.call import Call
from sarnakh.api.errors import ApiError, bad_request, unprocessable
from sarnakh.api.models import IdempotentAnswer

KEPT = dt.timedelta(hours=24)
LONGEST = 255
REPLAY = "Idempotent-Replay"


def once(call: Call, body: bytes, effect: Callable[[], HttpResponse]) -> HttpResponse:
    """The effect in a transaction; with an `Idempotency-Key` at most once a day.

    `body` is what tells two requests apart. The same key with another body is
    refused (422); while the first request is still running, so is the second (409).
    """
    key = call.request.headers.get("Idempotency-Key")
    with transaction.atomic():
        if key is None:
            return effect()
        _check(key)
        _wait_turn(call, key)
        digest = hashlib.sha256(body).hexdigest()
        if known := _known(call, key):
            return _again(call, known, digest)
        response = effect()
        IdempotentAnswer.objects.create(
            user=call.caller.key.user,
            key=key,
            method=call.request.method or "",
            path=call.request.get_full_path(),
            body_hash=digest,
            status=response.status_code,
            body=response.content.decode(),
        )
        return response


def forget_old() -> int:
    """Remove answers older than a day; returns how many there were."""
    old = IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - KEPT)
    return old.delete()[0]


def _check(key: str) -> None:
    if not 0 < len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        message = _("An Idempotency-Key has 1 to 255 printable characters.")
        raise bad_request("idempotency-key", message)


def _wait_turn(call: Call, key: str) -> None:
    """One request at a time under a key, until its transaction ends.

    SQLite has one writer at a time, so there the second one waits and then finds
    the answer of the first.
    """
    if connection.vendor != "postgresql":
        return
    name = f"idempotency {call.actor.user_id} {key}".encode()
    number = int.from_bytes(hashlib.sha256(name).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
    if not (row and row[0]):
        raise ApiError(
            409,
            "still-running",
            _("The first request with this key is still running."),
            headers={"Retry-After": "1"},
        )


def _known(call: Call, key: str) -> IdempotentAnswer | None:
    """The stored answer; one that is too old is forgotten."""
    known = IdempotentAnswer.objects.filter(user=call.actor.user, key=key).first()
    if known is not None and known.created_at < timezone.now() - KEPT:
        known.delete()
        return None
    return known


def _again(call: Call, known: IdempotentAnswer, digest: str) -> HttpResponse:
    asked = (call.request.method, call.request.get_full_path(), digest)
    if asked != (known.method, known.path, known.body_hash):
        raise unprocessable(
            _("This key was used for another request."), code="idempotency-key"
        )
    response = HttpResponse(
        known.body, status=known.status, content_type="application/json"
    )
    response.headers[REPLAY] = "true"
    return response
