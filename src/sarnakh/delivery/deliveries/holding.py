"""A delivery with everything that belongs to it, locked for a write."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.delivery.deliveries.errors import DeliveryCancelled, DeliveryDone
from sarnakh.delivery.deliveries.states import state_of
from sarnakh.delivery.events import deliveries_changed, deliveries_changing
from sarnakh.delivery.models import Delivery, Move, StockLevel
from sarnakh.delivery.stock.levels import ZERO, Shift, free, locked, shift
from sarnakh.records import actions as plain

OPEN = (Delivery.State.DRAFT, Delivery.State.WAITING, Delivery.State.READY)


@dataclass
class Held:
    """A locked delivery, its live moves in order, the levels of its goods."""

    delivery: Delivery
    moves: list[Move]
    levels: dict[int, StockLevel]

    @property
    def is_out(self) -> bool:
        """Whether goods leave."""
        return self.delivery.direction == Delivery.Direction.OUT

    def refuse_closed(self) -> None:
        """Done and cancelled deliveries take no more changes."""
        if self.delivery.state == Delivery.State.DONE:
            raise DeliveryDone(self.delivery.number)
        if self.delivery.state == Delivery.State.CANCELLED:
            raise DeliveryCancelled(self.delivery.number)


def hold(delivery: Delivery, *, by: Actor, makes: bool = False) -> Held:
    """Lock the delivery and what it moves, always in the same order."""
    deliveries_changing.send(Delivery, delivery_ids=[delivery.pk], by=by)
    stocked = Move.objects.filter(
        delivery=delivery, product__kind=Product.Kind.STORABLE, is_cancelled=False
    )
    levels = locked(
        delivery.warehouse_id,
        stocked.order_by().values_list("product_id", flat=True),
        makes=makes,
    )
    fresh: Delivery = plain.locked(delivery, "company", "warehouse")
    moves = list(
        Move.objects.filter(delivery=fresh, is_cancelled=False)
        .select_related("product")
        .order_by("sequence", "pk")
    )
    # A product that was added in between is late for its place in the order.
    added = {m.product_id for m in moves if is_stocked(m.product)} - levels.keys()
    levels |= locked(fresh.warehouse_id, added, makes=makes)
    for move in moves:
        move.delivery = fresh
    return Held(fresh, moves, levels)


def is_stocked(product: Product) -> bool:
    """Whether its quantity is counted."""
    return product.kind == Product.Kind.STORABLE


def share_out(
    moves: Iterable[Move], levels: dict[int, StockLevel], *, is_out: bool
) -> dict[StockLevel, Shift]:
    """Give each move what it still needs, as far as it lies there.

    Fills `reserved` of the moves and returns what that takes from the levels.
    """
    left = {product_id: free(level) for product_id, level in levels.items()}
    taken: dict[StockLevel, Decimal] = {}
    for move in moves:
        needed = move.demand - move.reserved
        if needed <= 0:
            continue
        if not is_out or not is_stocked(move.product):
            move.reserved = move.demand
            continue
        got = min(needed, left.get(move.product_id, ZERO))
        if got > 0:
            move.reserved += got
            left[move.product_id] -= got
            level = levels[move.product_id]
            taken[level] = taken.get(level, ZERO) + got
    return {level: Shift(reserved=quantity) for level, quantity in taken.items()}


def give_back(
    moves: Iterable[Move], levels: dict[int, StockLevel], *, is_out: bool
) -> dict[StockLevel, Shift]:
    """Take every reservation off the moves and return what the levels get back."""
    freed: dict[StockLevel, Decimal] = {}
    for move in moves:
        if move.reserved and is_out and is_stocked(move.product):
            level = levels[move.product_id]
            freed[level] = freed.get(level, ZERO) + move.reserved
        move.reserved = ZERO
    return {level: Shift(reserved=-quantity) for level, quantity in freed.items()}


def shift_reservations(shifts: dict[StockLevel, Shift]) -> None:
    """Promise or free stock; never more than lies there."""
    shift(shifts, within_stock=any(one.reserved > 0 for one in shifts.values()))


def save_moves(moves: Iterable[Move], *columns: str, by: Actor) -> None:
    """Write columns of moves in one statement."""
    now = timezone.now()
    changed = list(moves)
    for move in changed:
        move.version += 1
        move.updated_at, move.updated_by = now, by.user
    Move.objects.bulk_update(
        changed, [*columns, "version", "updated_at", "updated_by"], batch_size=200
    )


def place(delivery: Delivery, moves: Iterable[Move]) -> str:
    """The state that the moves give an open delivery."""
    return state_of(
        [(move.demand, move.reserved) for move in moves],
        together=delivery.shipping_policy == Delivery.ShippingPolicy.TOGETHER,
    )


def tell(*delivery_ids: int, by: Actor) -> None:
    """Say that deliveries have changed."""
    deliveries_changed.send(Delivery, delivery_ids=list(delivery_ids), by=by)
