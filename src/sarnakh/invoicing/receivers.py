"""What this room does when rooms below it tell of a change."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from sarnakh.activities import queries as activities
from sarnakh.activities.events import activities_changed
from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.types import INVOICES


@receiver(activities_changed)
def keep_activity_state(
    sender: Any, record_type_name: str, record_ids: Collection[int], **_rest: Any
) -> None:
    """An invoice carries the earliest instants of its open activities."""
    if record_type_name != INVOICES.name:
        return
    by_instants: dict[Any, list[int]] = {}
    for pk, instants in activities.earliest(INVOICES.name, record_ids).items():
        by_instants.setdefault(instants, []).append(pk)
    for (today_from, overdue_from), keys in by_instants.items():
        Invoice.objects.filter(pk__in=keys).update(
            activity_today_from=today_from, activity_overdue_from=overdue_from
        )
