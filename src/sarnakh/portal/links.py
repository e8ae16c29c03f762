"""Secret links: derived, never stored.

A token is `mac + hidden`, where `mac` = HMAC over purpose, type, number and
generation, and `hidden` is that text under a key stream made from the mac: the
address tells nobody which document it opens. Raising the generation of a record
takes all its links back.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from sarnakh.accounts.actor import Actor
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole

_MAC = 20
_LONGEST = 200
_GAP = "|"


@dataclass(frozen=True)
class Opened:
    """What a genuine token names; whether it still holds is another question."""

    purpose: str
    record_type: str
    pk: int
    generation: int


def token(purpose: str, record_type: str, pk: int, generation: int) -> str:
    """The token of one record for one purpose."""
    text = _GAP.join((purpose, record_type, str(pk), str(generation))).encode()
    key = _keys()[0]
    mac = _mac(key, text)
    return base64.urlsafe_b64encode(mac + _hidden(key, mac, text)).decode().rstrip("=")


def open(token: str) -> Opened | None:  # noqa: A001 - that is what one does
    """What a token names; None when it is not ours. Reads no database."""
    if len(token) > _LONGEST or not token.isascii():
        return None
    try:
        whole_token = base64.b64decode(
            token + "=" * (-len(token) % 4), altchars=b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        return None
    mac, hidden = whole_token[:_MAC], whole_token[_MAC:]
    for key in _keys():
        text = _hidden(key, mac, hidden)
        if hmac.compare_digest(mac, _mac(key, text)):
            return _read(text)
    return None


def url(purpose: str, record: Any, record_type: str) -> str:
    """The whole address for a record with a `link_generation`."""
    made = token(purpose, record_type, record.pk, record.link_generation)
    path = reverse("portal:page", args=[made])
    return str(settings.ADDRESS).rstrip("/") + path


@whole
def revoke(record: Any, *, by: Actor) -> Any:
    """Take back every link to a record; new ones can be made at once."""
    model: Any = type(record)
    model._default_manager.filter(pk=record.pk).update(
        link_generation=F("link_generation") + 1
    )
    record.refresh_from_db(fields=["link_generation"])
    changes.log(record, by_model(model), by=by, event="link-revoked")
    return record


def _read(text: bytes) -> Opened | None:
    parts = text.decode("utf-8", errors="replace").split(_GAP)
    if len(parts) != 4 or not (parts[2].isdecimal() and parts[3].isdecimal()):
        return None
    return Opened(parts[0], parts[1], int(parts[2]), int(parts[3]))


def _keys() -> list[bytes]:
    """Keys of this purpose alone; the first one signs, older ones still open."""
    return [
        hmac.new(secret.encode(), b"sarnakh secret links", hashlib.sha256).digest()
        for secret in settings.LINK_SECRETS
    ]


def _mac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, b"mac" + text, hashlib.sha256).digest()[:_MAC]


def _hidden(key: bytes, mac: bytes, text: bytes) -> bytes:
    """The text under its key stream; the same call brings it back."""
    stream = b""
    while len(stream) < len(text):
        block = b"hide" + bytes([len(stream) // 32]) + mac
        stream += hmac.new(key, block, hashlib.sha256).digest()
    return bytes(one ^ two for one, two in zip(text, stream, strict=False))
