"""Rental lines follow the lines of their order."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.records.whole import whole
from sarnakh.rental.errors import PickedUpAlready
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import keeping
from sarnakh.rental.orders.pricing import place_in_time, reprice, terms_of
from sarnakh.sales.delivering.events import delivered_changed
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

HEADER = {"customer", "salesperson", "opportunity", "company"}


def rental_of(order: Order) -> RentalOrder | None:
    """The rental side of an order, if it has one; few have."""
    if not sides.may_have(order, "rental"):
        return None
    if not RentalOrder.objects.filter(order=order).exists():
        return None
    found = RentalOrder.objects.filter(order=order).select_related("company").first()
    if found is not None:
        found.order = order
    return found


@whole
def rent(
    rental: RentalOrder, order_lines: Iterable[OrderLine], *, by: Actor
) -> list[RentalLine]:
    """Make lines of the order rented ones, for the rental's period."""
    order = rental.order
    made = []
    for order_line in order_lines:
        if order_line.product is None:
            continue
        line = RentalLine(
            rental=rental,
            order_line=order_line,
            sequence=order_line.sequence,
            product=order_line.product,
            quantity=max(Decimal(0), order_line.quantity),
            unit_price=order_line.unit_price,
            starts_at=rental.starts_at,
            returns_at=rental.returns_at,
            is_confirmed=order.state == Order.State.SALE,
            created_by=by.user,
            updated_by=by.user,
        )
        place_in_time(line, order.company)
        line.save(force_insert=True)
        reprice(line, order, by=by)
        RentalLine.objects.filter(pk=line.pk).update(unit_price=line.unit_price)
        _add_deposit(line, order, by=by)
        made.append(line)
    if made and order.state == Order.State.SALE:
        keeping.refuse_shortage(rental)
    keeping.keep(rental, order)
    return made


@whole
def follow(
    order: Order,
    *,
    fields: Collection[str],
    added: Sequence[OrderLine],
    changed: Sequence[tuple[OrderLine, Decimal]],
    by: Actor,
) -> None:
    """What an order's change means for its rental."""
    rental = rental_of(order)
    if rental is None:
        return
    if HEADER & set(fields):
        keeping.derive(rental)
        rental.save(update_fields=["company", "customer", "salesperson", "opportunity",
                                   "search_text", "number"])  # fmt: skip
    fresh = [line for line in added if line.product and line.product.is_rentable]
    if fresh:
        rent(rental, fresh, by=by)
    if changed:
        _follow_lines(rental, [line for line, _old in changed], by=by)


def _follow_lines(
    rental: RentalOrder, order_lines: Sequence[OrderLine], *, by: Actor
) -> None:
    by_line = {
        line.order_line_id: line
        for line in RentalLine.objects.filter(
            order_line__in=order_lines
        ).select_related("product", "deposit_line")
    }
    wants_more = False
    for order_line in order_lines:
        line = by_line.get(order_line.pk)
        if line is None:
            if order_line.product and order_line.product.is_rentable:
                rent(rental, [order_line], by=by)
            continue
        quantity = max(Decimal(0), order_line.quantity)
        if quantity < line.picked_up:
            raise PickedUpAlready(str(line.product))
        other = order_line.product_id != line.product_id
        wants_more |= quantity > line.quantity or other
        moved = quantity != line.quantity
        line.quantity, line.unit_price = quantity, order_line.unit_price
        line.sequence = order_line.sequence
        if other and order_line.product:
            line.product = order_line.product
            place_in_time(line, rental.company)
        line.save(update_fields=["quantity", "unit_price", "sequence", "product",
                                 "busy_until"])  # fmt: skip
        if other:
            reprice(line, rental.order, by=by)
        if moved and line.deposit_line and not line.deposit_line.invoiced:
            lines.change(line.deposit_line, {"quantity": quantity}, by=by)
            if rental.order.state == Order.State.SALE:
                pay_deposits(rental, by=by)
    if wants_more and rental.order.state == Order.State.SALE:
        keeping.refuse_shortage(rental)
    keeping.keep(rental, rental.order)


@whole
def follow_state(order: Order, *, by: Actor) -> None:
    """Confirmed, cancelled, or a quotation again."""
    if getattr(order, "rents_nothing", False):
        # Looked up a moment ago, before it was confirmed.
        return
    rental = rental_of(order)
    if rental is None:
        return
    is_confirmed = order.state == Order.State.SALE
    held = RentalLine.objects.filter(rental=rental)
    if is_confirmed:
        held.update(is_confirmed=True)
        pay_deposits(rental, by=by)
    else:
        # What is out stays out, whatever becomes of the order.
        held.filter(picked_up=0).update(is_confirmed=False)
    keeping.keep(rental, order)


def pay_deposits(rental: RentalOrder, *, by: Actor, back: bool = False) -> bool:
    """Deposits are invoiced with the order, and given back when all is returned."""
    found = OrderLine.objects.filter(
        pk__in=RentalLine.objects.filter(rental=rental)
        .exclude(deposit_line=None)
        .values("deposit_line")
    )
    changed = []
    for line in found:
        wanted = Decimal(0) if back else line.quantity
        if line.delivered != wanted:
            line.delivered = wanted
            changed.append(line)
    if changed:
        OrderLine.objects.bulk_update(changed, ["delivered"])
        delivered_changed.send(Order, order_ids=[rental.order_id], by=by)
    return bool(changed)


def _add_deposit(line: RentalLine, order: Order, *, by: Actor) -> None:
    product = terms_of(line.product_id).deposit_product
    if product is None or not line.quantity:
        return
    [deposit] = lines.add(
        order,
        [{"product": product.pk, "quantity": line.quantity, "taxes": []}],
        is_ours=True,
        by=by,
    )
    OrderLine.objects.filter(pk=deposit.pk).update(invoice_policy="delivered")
    RentalLine.objects.filter(pk=line.pk).update(deposit_line=deposit)
    line.deposit_line = deposit
