"""Goods change hands: pickup and return."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import F
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.delivery.models import Warehouse
from sarnakh.delivery.stock.actions import warehouse_of
from sarnakh.delivery.stock.levels import Shift, StockMoved, locked, shift
from sarnakh.money.models import TradeSettings
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.rental.errors import Meanwhile, NotReserved, NotThere, TooMany
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import keeping
from sarnakh.rental.orders.editing import hold
from sarnakh.rental.orders.pricing import terms_of
from sarnakh.rental.orders.syncing import pay_deposits
from sarnakh.rental.pricing.engine import late_fee
from sarnakh.sales import services
from sarnakh.sales.billing import actions as billing
from sarnakh.sales.delivering.events import delivered_changed
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine, ServiceProduct

ZERO = Decimal(0)
Quantities = Mapping[int, Decimal]


@whole
def pick_up(
    rental: RentalOrder,
    quantities: Quantities | None = None,
    *,
    at: dt.datetime | None = None,
    note: str = "",
    seen: int | None = None,
    by: Actor,
) -> RentalOrder:
    """Hand goods over, by line (by default everything that still waits).

    Refused beyond what waits or lies there. Doing it twice has one effect.
    """
    order, found = _held(rental, seen)
    if order.state != Order.State.SALE:
        raise NotReserved(order.number)
    moved = _chosen(found, quantities, lambda line: line.quantity - line.picked_up)
    if not moved:
        return rental
    _move_stock(order, moved, sign=1, by=by)
    for line, quantity in moved:
        line.picked_up += quantity
    return _written(rental, order, moved, "picked-up", note, by=by)


@whole
def give_back(
    rental: RentalOrder,
    quantities: Quantities | None = None,
    *,
    at: dt.datetime | None = None,
    note: str = "",
    seen: int | None = None,
    by: Actor,
) -> RentalOrder:
    """Take goods back, by line (by default everything that is out).

    What is late beyond the company's tolerance costs a fee on a line of its own.
    Once everything is back, deposits are owed to the customer.
    """
    order, found = _held(rental, seen)
    moved = _chosen(found, quantities, lambda line: line.out)
    if not moved:
        return rental
    _move_stock(order, moved, sign=-1, by=by)
    for line, quantity in moved:
        line.returned += quantity
    written = _written(rental, order, moved, "rental-returned", note, by=by)
    _charge_lateness(order, moved, at or timezone.now(), by=by)
    if written.status == RentalOrder.Status.RETURNED:
        _refund_deposits(written, order, by=by)
    return RentalOrder.objects.get(pk=rental.pk)


def _held(rental: RentalOrder, seen: int | None) -> tuple[Order, list[RentalLine]]:
    order = hold(rental)
    version = RentalOrder.objects.values_list("version", flat=True).get(pk=rental.pk)
    if seen is not None and seen != version:
        raise Meanwhile
    found = RentalLine.objects.filter(rental=rental).select_related(
        "product", "order_line"
    )
    return order, list(found.order_by("sequence", "pk"))


def _chosen(
    found: Sequence[RentalLine],
    quantities: Quantities | None,
    possible: "object",
) -> list[tuple[RentalLine, Decimal]]:
    moved = []
    for line in found:
        most: Decimal = possible(line)  # type: ignore[operator]
        quantity = most if quantities is None else quantities.get(line.pk, ZERO)
        if quantity < ZERO or quantity > most:
            raise TooMany(str(line.product), f"{max(ZERO, most).normalize():f}")
        if quantity:
            moved.append((line, quantity))
    return moved


def _move_stock(
    order: Order,
    moved: Sequence[tuple[RentalLine, Decimal]],
    *,
    sign: int,
    by: Actor,
) -> None:
    """Out of the warehouse or back into it; the units stay ours."""
    stocked: dict[int, Decimal] = {}
    names: dict[int, Product] = {}
    for line, quantity in moved:
        if line.product.kind == Product.Kind.STORABLE:
            stocked[line.product_id] = stocked.get(line.product_id, ZERO) + quantity
            names[line.product_id] = line.product
    if not stocked:
        return
    place: Warehouse = order.warehouse or warehouse_of(order.company, by=by)
    levels = locked(place.pk, stocked, makes=True)
    for pk, quantity in stocked.items():
        level = levels[pk]
        if sign > 0 and level.on_hand - level.reserved < quantity:
            raise NotThere(str(names[pk]))
        if sign < 0 and level.rented < quantity:
            raise StockMoved
    shift(
        {
            levels[pk]: Shift(on_hand=-sign * quantity, rented=sign * quantity)
            for pk, quantity in stocked.items()
        },
        within_stock=sign > 0,
    )


def _written(
    rental: RentalOrder,
    order: Order,
    moved: Sequence[tuple[RentalLine, Decimal]],
    event: str,
    note: str,
    *,
    by: Actor,
) -> RentalOrder:
    touched = [line for line, _quantity in moved]
    RentalLine.objects.bulk_update(touched, ["picked_up", "returned"])
    for line in touched:
        OrderLine.objects.filter(pk=line.order_line_id).update(delivered=line.picked_up)
    RentalOrder.objects.filter(pk=rental.pk).update(
        version=F("version") + 1, updated_at=timezone.now(), updated_by=by.user
    )
    delivered_changed.send(Order, order_ids=[order.pk], by=by)
    fresh = keeping.keep(RentalOrder.objects.get(pk=rental.pk), order)
    said = "".join(
        f"<p>{escape(f'{quantity.normalize():f} × {line.product}')}</p>"
        for line, quantity in moved
    )
    if note.strip():
        said += linebreaks(note.strip()[:5_000], autoescape=True)
    changes.log(fresh, by_model(RentalOrder), by=by, event=event, note=said)
    return fresh


def _charge_lateness(
    order: Order,
    moved: Sequence[tuple[RentalLine, Decimal]],
    at: dt.datetime,
    *,
    by: Actor,
) -> None:
    tolerance = Decimal(str(TradeSettings.of(order.company).rental_tolerance_hours))
    wanted = []
    for line, quantity in moved:
        terms = terms_of(line.product_id)
        fee = late_fee(
            at - line.returns_at,
            per_day=terms.day_fee,
            per_hour=terms.hour_fee,
            tolerance_hours=tolerance,
        )
        if fee > 0:
            wanted.append((line, quantity, fee / (order.rate or Decimal(1))))
    if not wanted:
        return
    product = services.service_product(
        order.company, ServiceProduct.Purpose.LATE_RETURN, by=by
    )
    was_locked, order.is_locked = order.is_locked, False
    if was_locked:
        # A locked order keeps its lines; what came late is owed all the same.
        Order.objects.filter(pk=order.pk).update(is_locked=False)
    made = lines.add(
        order,
        [
            {
                "product": product.pk,
                "description": _("Late return: %(product)s")
                % {"product": line.product},
                "quantity": quantity,
                "unit_price": fee,
            }
            for line, quantity, fee in wanted
        ],
        is_ours=True,
        by=by,
    )
    for one in made:
        OrderLine.objects.filter(pk=one.pk).update(delivered=one.quantity)
    if was_locked:
        Order.objects.filter(pk=order.pk).update(is_locked=True)
    delivered_changed.send(Order, order_ids=[order.pk], by=by)


def _refund_deposits(rental: RentalOrder, order: Order, *, by: Actor) -> None:
    """Owed to the customer now; where they were invoiced, a credit note is drafted."""
    was_paid = OrderLine.objects.filter(
        pk__in=RentalLine.objects.filter(rental=rental)
        .exclude(deposit_line=None)
        .values("deposit_line"),
        invoiced__gt=0,
    ).exists()
    if pay_deposits(rental, by=by, back=True) and was_paid:
        billing.create_invoices([order], by=by)
