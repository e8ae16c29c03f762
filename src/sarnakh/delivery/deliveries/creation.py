"""Making deliveries."""

from collections.abc import Sequence

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries.errors import (
    NegativeQuantity,
    NothingPlanned,
    OtherWarehouse,
)
from sarnakh.delivery.deliveries.holding import (
    is_stocked,
    place,
    share_out,
    shift_reservations,
)
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.models import Delivery, Move, Warehouse
from sarnakh.delivery.stock.actions import warehouse_of
from sarnakh.delivery.stock.levels import ZERO, locked
from sarnakh.lib import text
from sarnakh.money.models import TradeSettings
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.numbering import next_number
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole


@whole
def create(plan: Plan, *, by: Actor) -> tuple[Delivery, list[Move]]:
    """Make a delivery with its moves, in the order of the plan, and reserve what is
    there; the number of statements does not depend on how many moves there are.

    Refuses an empty plan and a warehouse of another company.
    """
    _check(plan)
    warehouse = plan.warehouse or warehouse_of(plan.company, by=by)
    if warehouse.company_id != plan.company.pk:
        raise OtherWarehouse(warehouse.name)
    delivery = blank(plan, warehouse, by=by)
    moves = drawn(delivery, plan.moves, by=by)
    is_out = plan.direction == Delivery.Direction.OUT
    if not is_out or _reserves(plan):
        reserve_new(moves, warehouse, is_out=is_out)
    delivery.state = place(delivery, moves)
    # Last of what is locked: a backorder is numbered under locks of the stock too.
    number(delivery)
    delivery.save(force_insert=True)
    Move.objects.bulk_create(moves, batch_size=500)
    changes.log(delivery, by_model(Delivery), by=by, event="created")
    return delivery, moves


def blank(plan: Plan, warehouse: Warehouse, *, by: Actor) -> Delivery:
    """A delivery without number, not yet saved."""
    delivery = Delivery(
        direction=plan.direction,
        company=plan.company,
        warehouse=warehouse,
        customer=plan.customer,
        salesperson_id=plan.salesperson_id,
        origin=plan.origin[:200],
        shipping_policy=plan.shipping_policy,
        scheduled_at=plan.scheduled_at,
        deadline_at=plan.deadline_at,
        method=plan.method,
        backorder_of=plan.backorder_of,
        return_of=plan.return_of,
    )
    plain.stamp(delivery, by=by)
    return delivery


def drawn(
    delivery: Delivery, planned: Sequence[PlannedMove], *, by: Actor, after: int = 0
) -> list[Move]:
    """Moves of a delivery, not yet saved."""
    moves = [
        Move(
            delivery=delivery,
            product=one.product,
            sequence=after + 10 * number,
            description=one.description,
            demand=one.quantity,
            return_of=one.return_of,
            updates_order=one.updates_order,
        )
        for number, one in enumerate(planned, start=1)
    ]
    for move in moves:
        plain.stamp(move, by=by)
    return moves


def reserve_new(moves: Sequence[Move], warehouse: Warehouse, *, is_out: bool) -> None:
    """Reserve for moves that nobody else can see yet."""
    stocked = {m.product_id for m in moves if is_stocked(m.product)}
    levels = locked(warehouse.pk, stocked) if is_out else {}
    shift_reservations(share_out(moves, levels, is_out=is_out))


def number(delivery: Delivery) -> None:
    """`WH/OUT/00001`; returns have their own series."""
    code = delivery.warehouse.code
    kind = "OUT" if delivery.direction == Delivery.Direction.OUT else "IN"
    last = next_number(f"delivery/{delivery.warehouse.company_id}/{code}/{kind}")
    delivery.number = f"{code}/{kind}/{last:05d}"
    derive(delivery)


def derive(delivery: Delivery) -> None:
    """What is searched in."""
    delivery.search_text = text.search_text(
        delivery.number, delivery.customer.name, delivery.origin, delivery.tracking
    )


def _check(plan: Plan) -> None:
    if any(move.quantity < ZERO for move in plan.moves):
        raise NegativeQuantity
    if not any(move.quantity > ZERO for move in plan.moves):
        raise NothingPlanned


def _reserves(plan: Plan) -> bool:
    if plan.reserves is not None:
        return plan.reserves
    settings = TradeSettings.of(plan.company)
    return settings.reservation == TradeSettings.Reservation.CONFIRMATION
