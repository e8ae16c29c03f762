"""Files beside records: bytes under their hash, names as mere data."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.discussion import uploads
from sarnakh.discussion.models import Message
from sarnakh.lib.errors import Refused
from sarnakh.records.models import StoredFile
from sarnakh.records.types import RecordType

LIMIT = 20 * 1024 * 1024
# Rooms that keep bytes here without a row of their own beside a record.
KEEPERS: list[Callable[[], Iterable[str]]] = []
MOST = 20
_BEGINNING = 4_096
_DAY = 24 * 3600
_DIGEST = re.compile("[0-9a-f]{64}")


class TooLarge(Refused):
    """A file beyond the limit of this place."""

    def __init__(self, name: str) -> None:
        message = _("“%(name)s” is larger than %(limit)s MB.")
        super().__init__(
            message % {"name": name, "limit": LIMIT // 1024 // 1024}, "file-too-large"
        )


class TooMany(Refused):
    """More files at once than allowed."""

    def __init__(self) -> None:
        message = _("Send at most %(count)s files at once.")
        super().__init__(message % {"count": MOST}, "too-many-files")


def keep_all(
    sent: Sequence[UploadedFile],
    record: Any,
    record_type: RecordType,
    *,
    message: Message | None = None,
    by: Actor,
) -> list[StoredFile]:
    """Store files with their rows, inside the caller's transaction.

    The bytes are safe on disk before a row names them. If the transaction is
    undone they are named by nobody, and `remove_orphans` finds them.
    """
    if len(sent) > MOST:
        raise TooMany
    for upload in sent:
        if (upload.size or 0) > LIMIT:
            raise TooLarge(uploads.clean_name(upload.name or ""))
    return StoredFile.objects.bulk_create(
        [_row(upload, record, record_type, message, by) for upload in sent]
    )


def remove_file(file: StoredFile, *, by: Actor) -> None:
    """Take a file off its record; who brought it or an administrator may.

    The bytes stay a day longer, as somebody may be sending the same ones now.
    """
    is_own = file.created_by_id is not None and file.created_by_id == by.user_id
    if not (is_own or by.has(Role.ADMINISTRATOR)):
        raise PermissionDenied
    file.delete()


def keep_bytes(data: bytes) -> str:
    """Put bytes of ours on disk and give their hash; `KEEPERS` must know of it."""
    digest, _size, _beginning = _write(ContentFile(data), "")
    return digest


def read_bytes(digest: str) -> bytes:
    """Bytes by their hash; FileNotFoundError when they are gone."""
    if not _DIGEST.fullmatch(digest):
        raise FileNotFoundError(digest)
    return _place(digest).read_bytes()


def remove_orphans(older_than: float = _DAY) -> int:
    """Delete bytes that no row names and that nobody touched for so many seconds."""
    named = set(StoredFile.objects.values_list("digest", flat=True).distinct())
    for digests in KEEPERS:
        named |= set(digests())
    before = time.time() - older_than
    count = 0
    for path in [*_home().glob("??/*"), *_home().glob(".draft-*")]:
        if path.name not in named and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            count += 1
    return count


def response(file: StoredFile) -> FileResponse:
    """The bytes for the browser: saved, or shown if they are a plain picture.

    Whoever calls has checked the access.
    """
    return response_of(file.digest, file.name, file.media_type)


def response_of(digest: str, name: str, media_type: str) -> FileResponse:
    """The same for bytes that another room keeps here."""
    try:
        stream = _place(digest).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    shows = media_type in uploads.INLINE
    answer = FileResponse(
        stream, as_attachment=not shows, filename=name, content_type=media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def visible_to(file: StoredFile, actor: Actor) -> bool:
    """Whether the message that a file came with may be seen.

    The caller has checked the record. Files of notes are for people of the house.
    """
    if file.message_id is None or actor.has(Role.INTERNAL):
        return True
    return Message.objects.filter(
        pk=file.message_id, kind=Message.Kind.MESSAGE
    ).exists()


def _row(
    upload: UploadedFile,
    record: Any,
    record_type: RecordType,
    message: Message | None,
    by: Actor,
) -> StoredFile:
    name = uploads.clean_name(upload.name or "")
    digest, size, beginning = _write(upload, name)
    return StoredFile(
        record_type=record_type.name,
        record_id=record.pk,
        message_id=message.pk if message else None,
        name=name,
        media_type=uploads.media_type(name, beginning),
        size=size,
        digest=digest,
        created_by=by.user,
    )


def _write(upload: File, name: str) -> tuple[str, int, bytes]:
    """Bytes to disk: temporary name, flushed, renamed to their hash, mode 0600."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size, beginning = hashlib.sha256(), 0, b""
    # A temporary file is made with mode 0600.
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=home)
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > LIMIT:
                    raise TooLarge(name)
                beginning += chunk[: _BEGINNING - len(beginning)]
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        place = _place(digest.hexdigest())
        place.parent.mkdir(exist_ok=True, mode=0o700)
        Path(draft).replace(place)
        _flush_folder(place.parent)
    finally:
        Path(draft).unlink(missing_ok=True)
    return digest.hexdigest(), size, beginning


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _home() -> Path:
    return Path(settings.MEDIA_ROOT) / "attached"


def _place(digest: str) -> Path:
    return _home() / digest[:2] / digest
