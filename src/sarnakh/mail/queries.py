"""Reading letters."""

from collections.abc import Iterable

from django.db.models import QuerySet

from sarnakh.mail.models import Letter, LetterFile


def letters_of(record_type: str, record_id: int, limit: int = 20) -> list[Letter]:
    """Letters about a record, newest first; whoever calls has found the record."""
    found: QuerySet[Letter] = Letter.objects.filter(
        record_type=record_type, record_id=record_id
    ).order_by("-id")
    return list(found[:limit])


def attached_digests() -> Iterable[str]:
    """Hashes of everything attached to letters."""
    return LetterFile.objects.values_list("digest", flat=True).distinct()
