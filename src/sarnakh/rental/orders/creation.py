"""Making rentals."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records import actions as plain
from sarnakh.records import changes, rows
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.rental.errors import ReturnsBeforePickup
from sarnakh.rental.models import RentalOrder
from sarnakh.rental.orders import keeping
from sarnakh.rental.pricing.engine import round_up_to_hour
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders

OF_ORDER = ("customer", "opportunity", "company", "salesperson")


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[RentalOrder]:
    """Make quotations with a rental side; without a period from the next full hour,
    for a day."""
    return [_create(one, by=by) for one in values]


@whole
def rent_for(order: Order, *, by: Actor, **period: Any) -> RentalOrder:
    """Make the rental side of a quotation."""
    starts_at, returns_at = usual_period()
    rental = RentalOrder(
        order=order,
        starts_at=period.get("starts_at") or starts_at,
        returns_at=period.get("returns_at") or returns_at,
    )
    if period.get("starts_at") and not period.get("returns_at"):
        rental.returns_at = rental.starts_at + dt.timedelta(days=1)
    if rental.returns_at <= rental.starts_at:
        raise ReturnsBeforePickup
    keeping.derive(rental)
    plain.stamp(rental, by=by)
    rental.save(force_insert=True)
    changes.log(rental, by_model(RentalOrder), by=by, event="created")
    return rental


def usual_period() -> tuple[dt.datetime, dt.datetime]:
    """From the next full hour, for a day."""
    starts_at = round_up_to_hour(timezone.now())
    return starts_at, starts_at + dt.timedelta(days=1)


def _create(values: Values, *, by: Actor) -> RentalOrder:
    order_type = by_model(Order)
    if not rows.may(order_type, by, "create"):
        raise PermissionDenied
    given = {name: values[name] for name in OF_ORDER if values.get(name)}
    if "salesperson" not in given and by.user_id and by.has(Role.SALES_OWN):
        given.setdefault("salesperson", by.user_id)
    order = orders.create([given], by=by)[0]
    return rent_for(
        Order.objects.select_related("customer", "company").get(pk=order.pk),
        by=by,
        starts_at=values.get("starts_at"),
        returns_at=values.get("returns_at"),
    )
