"""Visits to records that are gone go as well; payments stay for the books."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.portal.models import PageView
from sarnakh.records.events import records_deleted


@receiver(records_deleted)
def forget_views(
    sender: Any, record_type_name: str, record_ids: Sequence[int], **_rest: Any
) -> None:
    """Nobody asks any more who looked."""
    PageView.objects.filter(
        record_type=record_type_name, record_id__in=record_ids
    ).delete()
