"""Deliveries and their lines as forms, imports and programs write them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.closing import cancel
from sarnakh.delivery.deliveries.creation import blank, derive, number
from sarnakh.delivery.deliveries.demand import add_moves, change_demand
from sarnakh.delivery.deliveries.errors import (
    DeliveryCancelled,
    DeliveryDone,
    OtherWarehouse,
)
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.deliveries.returning import return_goods
from sarnakh.delivery.deliveries.validating import validate
from sarnakh.delivery.models import Delivery, Move
from sarnakh.delivery.stock.actions import warehouse_of
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole


@whole
def create_deliveries(values: Sequence[Values], *, by: Actor) -> list[Delivery]:
    """Empty deliveries made by hand; goods are added line by line."""
    return [_create(one, by=by) for one in values]


@whole
def change_delivery(
    delivery: Delivery, values: Values, *, seen: int | None = None, by: Actor
) -> Delivery:
    """Edit dates, method, tracking and notes; goods stay where they are reserved."""

    def follow(record: Delivery, changed: set[str]) -> None:
        if changed & {"warehouse", "company", "customer"}:
            _refuse_closed(record)
        if changed & {"warehouse", "company"}:
            _refuse_elsewhere(record)
            if Move.objects.filter(delivery=record).exists():
                raise InvalidValues(
                    {"warehouse": _("This delivery holds goods already.")}
                )
        derive(record)

    return plain.write(
        delivery, values, seen=seen, derive=follow, by=by, reads=("customer",)
    )


@whole
def create_moves(values: Sequence[Values], *, by: Actor) -> list[Move]:
    """Lines added by hand to open deliveries."""
    return [_create_move(one, by=by) for one in values]


@whole
def change_move(
    move: Move, values: Values, *, seen: int | None = None, by: Actor
) -> Move:
    """Type what was delivered; the demand may change while nothing has left."""
    given = dict(values)
    demand = given.pop("demand", None)
    _refuse_closed(move.delivery)
    if demand is not None and Decimal(demand) != move.demand:
        _refuse_planned(move.delivery)
        change_demand(move.delivery, {move.pk: Decimal(demand)}, by=by)
        move.refresh_from_db()
    if given.get("product") not in (None, move.product_id):
        raise InvalidValues({"product": _("This field cannot be written.")})
    for fixed in ("product", "delivery"):
        given.pop(fixed, None)
    _refuse_negative(given, "done")
    if not given:
        return move
    return plain.write(move, given, seen=seen, by=by)


@whole
def delete_moves(moves: Sequence[Move], *, by: Actor) -> None:
    """Take lines out of deliveries that were made by hand."""
    for move in moves:
        _refuse_closed(move.delivery)
        _refuse_planned(move.delivery)
        others = Move.objects.filter(delivery_id=move.delivery_id).exclude(pk=move.pk)
        if move.demand and others.filter(demand__gt=0).exists():
            change_demand(move.delivery, {move.pk: Decimal(0)}, by=by)
        elif move.demand:
            cancel(move.delivery, by=by)
            continue
        plain.delete([Move.objects.get(pk=move.pk)], by=by)


def press_validate(
    delivery: Delivery, backorder: bool | None = None, *, by: Actor
) -> Delivery:
    """`validate` with the quantities that stand in the lines."""
    return validate(delivery, None, backorder, by=by)


def press_return(
    delivery: Delivery,
    quantities: dict[int, Decimal] | None = None,
    updates_order: bool = True,
    *,
    by: Actor,
) -> Delivery:
    """`return_goods` of the given quantities by line."""
    return return_goods(delivery, quantities or {}, updates_order, by=by)


def _create(values: Values, *, by: Actor) -> Delivery:
    found: dict[str, Any] = plain.column_values(by_model(Delivery), values)
    if not found.get("customer"):
        raise InvalidValues({"customer": _("This field is required.")})
    company = found.pop("company", None) or by.company
    warehouse = found.pop("warehouse", None) or warehouse_of(company, by=by)
    plan = Plan(company=company, customer=found.pop("customer"), warehouse=warehouse)
    delivery = blank(plan, warehouse, by=by)
    for name, value in found.items():
        setattr(delivery, name, value)
    delivery.salesperson_id = by.user_id
    _refuse_elsewhere(delivery)
    delivery.state = Delivery.State.DRAFT
    number(delivery)
    delivery.save(force_insert=True)
    changes.log(delivery, by_model(Delivery), by=by, event="created")
    return delivery


def _create_move(values: Values, *, by: Actor) -> Move:
    found: dict[str, Any] = plain.column_values(by_model(Move), values)
    missing = [name for name in ("delivery", "product") if not found.get(name)]
    if missing:
        raise InvalidValues({name: _("This field is required.") for name in missing})
    if not found["product"].is_goods:
        raise InvalidValues({"product": _("Services are not delivered as goods.")})
    delivery = found["delivery"]
    _refuse_closed(delivery)
    demand = found.get("demand")
    planned = PlannedMove(
        product=found["product"],
        quantity=Decimal(1) if demand is None else Decimal(demand),
        description=found.get("description") or str(found["product"]),
    )
    (move,) = add_moves(delivery, [planned], by=by)
    return move


def _refuse_closed(delivery: Delivery) -> None:
    if delivery.state == Delivery.State.DONE:
        raise DeliveryDone(delivery.number)
    if delivery.state == Delivery.State.CANCELLED:
        raise DeliveryCancelled(delivery.number)


def _refuse_planned(delivery: Delivery) -> None:
    """What an order asks for is changed on the order."""
    if delivery.origin:
        raise InvalidValues(
            {
                "demand": _("This quantity follows from %(origin)s. Change it there.")
                % {"origin": delivery.origin}
            }
        )


def _refuse_elsewhere(delivery: Delivery) -> None:
    if delivery.warehouse.company_id != delivery.company_id:
        raise OtherWarehouse(delivery.warehouse.name)


def _refuse_negative(values: Values, *names: str) -> None:
    for name in names:
        if values.get(name) is not None and Decimal(values[name]) < 0:
            raise InvalidValues({name: _("A quantity cannot be negative.")})
