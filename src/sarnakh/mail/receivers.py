"""Letters about records that are gone go as well."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.mail import actions
from sarnakh.records.events import records_deleted


@receiver(records_deleted)
def forget_letters(
    sender: Any, record_type_name: str, record_ids: Sequence[int], **_rest: Any
) -> None:
    """Nothing is sent about a record that nobody can open."""
    actions.forget(record_type_name, record_ids)
