"""Lines that are delivered as goods, and how much of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sarnakh.catalog.units import converted
from sarnakh.delivery.models import Delivery
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

ZERO = Decimal(0)
OPEN = frozenset({Delivery.State.DRAFT, Delivery.State.WAITING, Delivery.State.READY})
_others: dict[Callable[[Iterable[int]], set[int]], str] = {}


def leave_out(lines: Callable[[Iterable[int]], set[int]], side: str) -> None:
    """Lines that reach the customer in another way: `lines` is given ids of orders
    and gives ids of their lines. Rooms above register theirs when they start; only
    orders with that `side` have any."""
    _others[lines] = side


def left_out(order_ids: Iterable[int]) -> set[int]:
    """Ids of lines that other rooms hand over themselves."""
    keys = list(order_ids)
    return {pk for ask in _others for pk in ask(keys)}


@dataclass(frozen=True)
class Progress:
    """Quantities of a line in the product's unit."""

    # What left, less what came back with effect on the order.
    delivered: Decimal = ZERO
    # What open deliveries still want.
    open: Decimal = ZERO


@dataclass(frozen=True)
class LineMove:
    """A move as the line sees it."""

    line_id: int
    move_id: int
    delivery_id: int
    state: str
    direction: str
    demand: Decimal
    done: Decimal
    updates_order: bool


def goods_of(order: Order) -> list[OrderLine]:
    """Lines of an order that are delivered, with product and units."""
    lines = (
        OrderLine.objects.filter(order=order)
        .select_related("product__unit", "unit")
        .order_by("sequence", "pk")
    )
    others = {
        pk
        for ask, side in _others.items()
        if sides.may_have(order, side)
        for pk in ask([order.pk])
    }
    return [line for line in lines if is_delivered(line) and line.pk not in others]


def is_delivered(line: OrderLine) -> bool:
    """Whether a line holds goods that somebody carries."""
    return bool(
        line.kind == OrderLine.Kind.PRODUCT
        and line.product
        and line.product.is_goods
        and not (line.is_delivery or line.is_downpayment or line.is_discount)
    )


def wanted(line: OrderLine, quantity: Decimal | None = None) -> Decimal:
    """How much of the product a line (or so much of it) asks for."""
    ordered = line.quantity if quantity is None else quantity
    if ordered <= ZERO or line.product is None:
        return ZERO
    if line.unit is None or line.unit_id == line.product.unit_id:
        return ordered
    return converted(ordered, line.unit, line.product.unit, rounding="up")


def in_line_unit(line: OrderLine, quantity: Decimal) -> Decimal:
    """A quantity of the product in the unit of the line, half up."""
    if line.product is None or line.unit is None:
        return quantity
    if line.unit_id == line.product.unit_id:
        return quantity
    return converted(quantity, line.product.unit, line.unit, rounding="half-up")


def moves_of(line_ids: Iterable[int]) -> list[LineMove]:
    """Every live move of lines, in one statement."""
    through: Any = OrderLine.moves.through
    rows = (
        through.objects.filter(orderline_id__in=list(line_ids))
        .exclude(move__is_cancelled=True)
        .order_by("move_id")
        .values_list(
            "orderline_id",
            "move_id",
            "move__delivery_id",
            "move__delivery__state",
            "move__delivery__direction",
            "move__demand",
            "move__done",
            "move__updates_order",
        )
    )
    return [LineMove(*row) for row in rows]


def progress(moves: Iterable[LineMove]) -> dict[int, Progress]:
    """What has become of each line."""
    found: dict[int, Progress] = {}
    for move in moves:
        so_far = found.get(move.line_id, Progress())
        delivered, still_open = so_far.delivered, so_far.open
        is_out = move.direction == Delivery.Direction.OUT
        if move.state == Delivery.State.DONE:
            if is_out:
                delivered += move.done
            elif move.updates_order:
                delivered -= move.done
        elif move.state in OPEN and is_out:
            still_open += move.demand
        found[move.line_id] = Progress(delivered, still_open)
    return found
