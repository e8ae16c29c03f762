"""Orders and their deliveries: what an order wants reaches the warehouse, what the
warehouse did comes back to the order (spec sales §13)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.contacts.models import Contact
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.models import Delivery, Move
from sarnakh.money.models import TradeSettings
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales.delivering.events import delivered_changed
from sarnakh.sales.delivering.goods import (
    OPEN,
    ZERO,
    Progress,
    goods_of,
    in_line_unit,
    is_delivered,
    left_out,
    moves_of,
    progress,
    wanted,
)
from sarnakh.sales.delivering.schedule import dates
from sarnakh.sales.delivering.status import status
from sarnakh.sales.models import Order, OrderDelivery, OrderLine
from sarnakh.sales.orders import sides


@whole
def deliver(
    order: Order,
    lines: Sequence[OrderLine] | None = None,
    *,
    settings: TradeSettings | None = None,
    by: Actor,
) -> Delivery | None:
    """Plan what lines still need, in an open delivery of the order or a new one.

    Asking twice plans once: what left or is planned already counts.
    """
    goods = list(lines) if lines is not None else goods_of(order)
    if not goods:
        return None
    known = _deliveries(order)
    # Without a delivery there is no move either.
    so_far = progress(moves_of([line.pk for line in goods])) if known else {}
    missing = {}
    for line in goods:
        done = so_far.get(line.pk, Progress())
        needed = wanted(line) - done.delivered - done.open
        if needed > ZERO:
            missing[line] = needed
    if not missing:
        return None
    return _plan(order, missing, known, settings=settings, by=by)


@whole
def follow_quantities(
    order: Order, changed: Iterable[tuple[OrderLine, Decimal]], *, by: Actor
) -> None:
    """Lines of a confirmed order want more or less than before: open demand follows,
    never below what has left. What cannot be taken back leaves an activity."""
    pairs = _with_products(order, changed)
    moves = moves_of([line.pk for line, _old in pairs])
    so_far = progress(moves)
    with_moves = {move.line_id for move in moves}
    more: dict[OrderLine, Decimal] = {}
    less: dict[int, Decimal] = {}
    for line, old in pairs:
        before, now = wanted(line, old), wanted(line)
        done = so_far.get(line.pk, Progress())
        planned = done.delivered + done.open
        if line.pk not in with_moves:
            before = ZERO
        if now > before and now > planned:
            more[line] = min(now - before, now - planned)
        elif now < before and planned > now:
            less[line.pk] = planned - now
    if less:
        _take_back(order, less, moves, by=by)
    if more:
        _plan(order, more, _deliveries(order), by=by)


@whole
def cancel_open(order: Order, *, by: Actor) -> None:
    """Nothing more leaves for a cancelled order; what has left stays."""
    for delivery in _open_deliveries(order):
        deliveries.cancel(delivery, by=by)


@whole
def follow_header(order: Order, fields: Collection[str], *, by: Actor) -> None:
    """What open deliveries take from the head of their order."""
    if "salesperson" in fields:
        Delivery.objects.filter(order_link__order=order).update(
            salesperson=order.salesperson_id
        )
    relevant = {"promised_at", "shipping_policy", "shipping_method"} & set(fields)
    if relevant:
        _follow_dates(order, relevant)
    if "delivery_address" in fields:
        for delivery in _open_deliveries(order):
            _remind(
                delivery,
                order,
                _("%(order)s goes to another address now.") % {"order": order.number},
                by=by,
            )


@whole
def link(order_id: int, delivery: Delivery, moves: Mapping[int, int]) -> None:
    """A backorder or a return belongs to the lines of what it continues: `moves` are
    new moves by the old ones."""
    OrderDelivery.objects.get_or_create(delivery=delivery, order_id=order_id)
    through: Any = OrderLine.moves.through
    pairs = through.objects.filter(move_id__in=list(moves)).values_list(
        "orderline_id", "move_id"
    )
    through.objects.bulk_create(
        [
            through(orderline_id=line_id, move_id=moves[move_id])
            for line_id, move_id in pairs
        ],
        ignore_conflicts=True,
    )


@whole
def refresh(order_ids: Iterable[int], *, by: Actor) -> None:
    """Write delivered quantities of goods lines and the state of their orders, in a
    fixed number of statements, and tell when quantities changed."""
    keys = sorted(set(order_ids))
    if not keys:
        return
    lines = [
        line
        for line in OrderLine.objects.filter(order__in=keys)
        .exclude(product=None)
        .select_related("product__unit", "unit")
        if is_delivered(line)
    ]
    others = left_out(keys)
    lines = [line for line in lines if line.pk not in others]
    moves = moves_of([line.pk for line in lines])
    so_far = progress(moves)
    moved = {move.line_id for move in moves}
    changed = []
    for line in lines:
        delivered = in_line_unit(line, so_far.get(line.pk, Progress()).delivered)
        if line.pk in moved and delivered != line.delivered:
            line.delivered = delivered
            changed.append(line)
    if changed:
        OrderLine.objects.bulk_update(changed, ["delivered"], batch_size=200)
    _write_states(keys, lines)
    if changed:
        touched = sorted({line.order_id for line in changed})
        delivered_changed.send(Order, order_ids=touched, by=by)


def lock_orders(delivery_ids: Collection[int]) -> None:
    """Lock the orders of deliveries, in the order of their numbers: everybody locks
    orders first, then stock, then deliveries."""
    if not connection.features.has_select_for_update:
        return
    list(
        Order.objects.select_for_update(of=("self",))
        .filter(order_deliveries__delivery__in=list(delivery_ids))
        .order_by("pk")
        .values_list("pk")
    )


def orders_of(delivery_ids: Collection[int]) -> list[int]:
    """Orders behind deliveries."""
    rows = OrderDelivery.objects.filter(delivery__in=list(delivery_ids))
    return sorted(set(rows.values_list("order_id", flat=True)))


def tell_remainder(
    delivery: Delivery, left: Sequence[tuple[Move, Decimal]], *, by: Actor
) -> None:
    """Say on the order that something will not be delivered."""
    link_row = OrderDelivery.objects.filter(delivery=delivery).first()
    if link_row is None:
        return
    lines = [
        _("%(delivery)s: %(quantity)s of “%(product)s” will not be delivered.")
        % {
            "delivery": delivery.number,
            "quantity": f"{quantity.normalize():f}",
            "product": move.product,
        }
        for move, quantity in left
    ]
    note = "".join(f"<p>{escape(line)}</p>" for line in lines)
    _log(link_row.order, note, by=by)


# --- inside -----------------------------------------------------------------------


def _plan(
    order: Order,
    quantities: Mapping[OrderLine, Decimal],
    known: Sequence[Delivery],
    *,
    settings: TradeSettings | None = None,
    by: Actor,
) -> Delivery:
    lines = list(quantities)
    planned = [
        PlannedMove(line.product, quantities[line], line.description)
        for line in lines
        if line.product
    ]
    open_ones = [one for one in known if _is_open(one)]
    if open_ones:
        delivery = open_ones[0]
        moves = deliveries.add_moves(delivery, planned, by=by)
    else:
        delivery, moves = deliveries.create(
            _plan_of(order, lines, planned, settings), by=by
        )
        OrderDelivery.objects.create(order=order, delivery=delivery)
        sides.note(order, "deliveries")
    through: Any = OrderLine.moves.through
    through.objects.bulk_create(
        [
            through(orderline_id=line.pk, move_id=move.pk)
            for line, move in zip(lines, moves, strict=True)
        ]
    )
    if known:
        refresh_state(order)
    else:
        order.delivery_status = Order.DeliveryStatus.PENDING
        Order.objects.filter(pk=order.pk).update(delivery_status=order.delivery_status)
    return delivery


def _plan_of(
    order: Order,
    lines: Sequence[OrderLine],
    planned: Sequence[PlannedMove],
    settings: TradeSettings | None = None,
) -> Plan:
    settings = settings or TradeSettings.of(order.company)
    scheduled_at, deadline_at = dates(
        order.ordered_at,
        [line.lead_days for line in lines],
        promised_at=order.promised_at,
        security_days=settings.security_days,
        together=order.shipping_policy == Delivery.ShippingPolicy.TOGETHER,
    )
    return Plan(
        company=order.company,
        customer=_address(order),
        moves=planned,
        warehouse=order.warehouse,
        origin=order.number,
        shipping_policy=order.shipping_policy,
        scheduled_at=scheduled_at,
        deadline_at=deadline_at,
        method=order.shipping_method,
        salesperson_id=order.salesperson_id,
        reserves=settings.reservation == TradeSettings.Reservation.CONFIRMATION,
    )


def _address(order: Order) -> Contact:
    """Where the goods go; the customer is read already."""
    if order.delivery_address_id in (None, order.customer_id):
        return order.customer
    return order.delivery_address or order.customer


def _take_back(
    order: Order, less: Mapping[int, Decimal], moves: Sequence[Any], *, by: Actor
) -> None:
    """Lower open demand, latest moves first."""
    left = dict(less)
    demands: dict[int, dict[int, Decimal]] = {}
    for move in reversed(moves):
        is_open = move.state in OPEN and move.direction == Delivery.Direction.OUT
        needed = left.get(move.line_id, ZERO)
        if is_open and needed > ZERO:
            taken = min(needed, move.demand)
            left[move.line_id] = needed - taken
            demand = move.demand - taken
            demands.setdefault(move.delivery_id, {})[move.move_id] = demand
    by_key = Delivery.objects.in_bulk(demands)
    for pk in sorted(demands):
        deliveries.change_demand(by_key[pk], demands[pk], by=by)
    if any(quantity > ZERO for quantity in left.values()):
        latest = Delivery.objects.filter(order_link__order=order).order_by("-pk")
        for delivery in latest[:1]:
            _remind(
                delivery,
                order,
                _("More of %(order)s has left than is ordered now.")
                % {"order": order.number},
                by=by,
            )


def _deliveries(order: Order) -> list[Delivery]:
    if not sides.may_have(order, "deliveries"):
        return []
    return list(Delivery.objects.filter(order_link__order=order).order_by("pk"))


def _is_open(delivery: Delivery) -> bool:
    return delivery.state in OPEN and delivery.direction == Delivery.Direction.OUT


def _open_deliveries(order: Order) -> list[Delivery]:
    return [delivery for delivery in _deliveries(order) if _is_open(delivery)]


def _with_products(
    order: Order, changed: Iterable[tuple[OrderLine, Decimal]]
) -> list[tuple[OrderLine, Decimal]]:
    old = {line.pk: quantity for line, quantity in changed}
    return [(line, old[line.pk]) for line in goods_of(order) if line.pk in old]


def _follow_dates(order: Order, fields: set[str]) -> None:
    open_ones = _open_deliveries(order)
    lines = goods_of(order) if open_ones and "promised_at" in fields else []
    for delivery in open_ones:
        values: dict[str, Any] = {}
        if "promised_at" in fields:
            plan = _plan_of(order, lines, ())
            values["scheduled_at"] = plan.scheduled_at
            values["deadline_at"] = plan.deadline_at
        if "shipping_policy" in fields:
            values["shipping_policy"] = order.shipping_policy
        if "shipping_method" in fields:
            values["method"] = order.shipping_method
        Delivery.objects.filter(pk=delivery.pk).update(**values)


def refresh_state(order: Order) -> None:
    """The delivery state of one order, on its row and on the object."""
    lines = goods_of(order)
    found = _write_states([order.pk], lines)
    order.delivery_status = found[order.pk]


def _write_states(keys: list[int], lines: Iterable[OrderLine]) -> dict[int, str]:
    """Write what has changed; the states of all."""
    states: dict[int, list[str]] = {pk: [] for pk in keys}
    pairs = OrderDelivery.objects.filter(
        order__in=keys, delivery__direction=Delivery.Direction.OUT
    ).values_list("order_id", "delivery__state")
    for order_id, state in pairs:
        states[order_id].append(state)
    quantities: dict[int, list[tuple[Decimal, Decimal]]] = {pk: [] for pk in keys}
    for line in lines:
        quantities[line.order_id].append((line.quantity, line.delivered))
    found = {pk: status(states[pk], quantities[pk]) for pk in keys}
    for value in sorted(set(found.values())):
        those = [pk for pk, one in found.items() if one == value]
        Order.objects.filter(pk__in=those).exclude(delivery_status=value).update(
            delivery_status=value
        )
    return found


def _remind(delivery: Delivery, order: Order, summary: str, *, by: Actor) -> None:
    """Plan a to-do on a delivery, once for the same words."""
    kind = ActivityType.objects.filter(active=True).order_by("sequence", "pk")
    todo = kind.filter(code="todo").first() or kind.first()
    user = order.salesperson or by.user
    if todo is None or user is None or not user.is_active:
        return
    activities.schedule(
        delivery, by_model(Delivery), todo, None, user, summary[:200], by=by
    )


def _log(order: Order, note: str, *, by: Actor) -> None:
    changes.log(order, by_model(Order), by=by, event="delivery", note=note)
