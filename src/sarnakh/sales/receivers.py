"""What sales does when rooms below it tell of a change."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from sarnakh.activities import queries as activities
from sarnakh.activities.events import activities_changed
from sarnakh.sales.models import Order
from sarnakh.sales.types import ORDERS


@receiver(activities_changed)
def keep_activity_state(
    sender: Any, record_type_name: str, record_ids: Collection[int], **_rest: Any
) -> None:
    """An order carries the earliest instants of its open activities."""
    if record_type_name != ORDERS.name:
        return
    earliest = activities.earliest(ORDERS.name, record_ids)
    for pk, (today_from, overdue_from) in earliest.items():
        Order.objects.filter(pk=pk).update(
            activity_today_from=today_from, activity_overdue_from=overdue_from
        )
