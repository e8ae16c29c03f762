"""Another period, another customer; and what follows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.rental.errors import PickedUpAlready, ReturnsBeforePickup
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import keeping
from sarnakh.rental.orders.pricing import (
    period,
    place_in_time,
    price_of,
    reprice,
)
from sarnakh.rental.orders.syncing import rent
from sarnakh.sales import services
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, ServiceProduct
from sarnakh.sales.orders import actions as orders

LINKS = ("company", "customer", "pricelist")
PERIOD = ("starts_at", "returns_at")


@whole
def change(
    rental: RentalOrder, values: Values, *, seen: int | None = None, by: Actor
) -> RentalOrder:
    """Edit the period, and what is the order's through the order's own door.

    Lines without a period of their own follow. Quotations then say that prices are
    stale; what is reserved is priced anew, and what is out gets a line with the
    difference.
    """
    order = hold(rental)
    of_order: Values = {
        name: values[name]
        for name in ("customer", "salesperson", "opportunity")
        if name in values
    }
    if of_order:
        order = orders.change(order, of_order, by=by)
    given = {name: values[name] for name in PERIOD if values.get(name)}
    before = {name: getattr(rental, name) for name in PERIOD}

    def check(record: RentalOrder, changed: set[str]) -> None:
        if record.returns_at <= record.starts_at:
            raise ReturnsBeforePickup
        if (
            changed & set(PERIOD)
            and order.state == Order.State.SALE
            and order.is_locked
        ):
            raise InvalidValues({"returns_at": _("The order is locked.")})

    written: RentalOrder = plain.write(rental, given, seen=seen, derive=check, by=by)
    moved = {name for name in PERIOD if getattr(written, name) != before[name]}
    if moved:
        written.order = order
        found = RentalLine.objects.filter(rental=written, has_own_period=False)
        _move(
            written, order, list(found.select_related("product", "order_line")), by=by
        )
    return RentalOrder.objects.get(pk=rental.pk)


@whole
def create_lines(values: Sequence[Values], *, by: Actor) -> list[RentalLine]:
    """Products to rent, added to rentals; any product can be rented here."""
    return [_create_line(one, by=by) for one in values]


@whole
def change_line(
    line: RentalLine, values: Values, *, seen: int | None = None, by: Actor
) -> RentalLine:
    """Another quantity or price goes to the order's line, another period stays here."""
    rental = RentalOrder.objects.get(pk=line.rental_id)
    order = hold(rental)
    names = ("product", "quantity", "unit_price")
    of_line = {name: values[name] for name in names if values.get(name) is not None}
    if of_line:
        line.order_line.order = order
        lines.change(line.order_line, of_line, by=by)
    present = RentalLine.objects.select_related("product", "order_line").get(pk=line.pk)
    given = {name: values[name] for name in PERIOD if values.get(name)}
    changed = {n: v for n, v in given.items() if v != getattr(present, n)}
    if changed:
        present.has_own_period = True
        _move(rental, order, [present], by=by, **changed)
    return RentalLine.objects.get(pk=line.pk)


@whole
def delete_lines(found: Sequence[RentalLine], *, by: Actor) -> None:
    """Take products off a rental; their deposits go with them."""
    for line in found:
        gone = [line.order_line]
        if line.deposit_line:
            gone.append(line.deposit_line)
        lines.remove(gone, by=by)
        rental = RentalOrder.objects.select_related("order").get(pk=line.rental_id)
        keeping.keep(rental, rental.order)


@whole
def update_prices(rental: RentalOrder, *, by: Actor) -> RentalOrder:
    """Price all lines of a quotation for their periods."""
    order = hold(rental)
    if not order.is_quotation:
        raise InvalidValues({"": _("Prices are settled with the confirmation.")})
    for line in RentalLine.objects.filter(rental=rental).select_related(
        "product", "order_line"
    ):
        line.order_line.order = order
        reprice(line, order, by=by)
    RentalOrder.objects.filter(pk=rental.pk).update(prices_are_stale=False)
    return RentalOrder.objects.get(pk=rental.pk)


@whole
def allow_shortage(rental: RentalOrder, *, by: Actor) -> RentalOrder:
    """A manager lets it be confirmed although not enough is free."""
    if not by.has(Role.SALES_MANAGER):
        raise PermissionDenied
    hold(rental)
    RentalOrder.objects.filter(pk=rental.pk).update(allows_shortage=True)
    return RentalOrder.objects.get(pk=rental.pk)


@whole
def confirm(rental: RentalOrder, *, by: Actor) -> RentalOrder:
    """Confirm the order; refused when units are missing in the period."""
    orders.confirm(hold(rental), by=by)
    return RentalOrder.objects.get(pk=rental.pk)


@whole
def cancel(rental: RentalOrder, *, by: Actor) -> RentalOrder:
    """Give the rental up."""
    orders.cancel(hold(rental), by=by)
    return RentalOrder.objects.get(pk=rental.pk)


@whole
def delete(rentals: Sequence[RentalOrder], *, by: Actor) -> None:
    """Delete with the order, as far as its state allows."""
    orders.delete([rental.order for rental in rentals], by=by)


def hold(rental: RentalOrder) -> Order:
    """The order's row, locked: whoever changes a rental holds it first."""
    order: Order = plain.locked(Order(pk=rental.order_id), *LINKS)
    return order


def _create_line(values: Values, *, by: Actor) -> RentalLine:
    rental = values.get("rental")
    product = values.get("product")
    if not rental or not product:
        name = "product" if rental else "rental"
        raise InvalidValues({name: _("This field is required.")})
    key: Any = getattr(rental, "pk", rental)
    found = RentalOrder.objects.select_related("company").get(pk=key)
    order = hold(found)
    found.order = order
    given: dict[str, Any] = {"product": product, "quantity": values.get("quantity")}
    if values.get("unit_price") is not None:
        given["unit_price"] = values["unit_price"]
    [order_line] = lines.add(order, [given], by=by)
    line = RentalLine.objects.filter(order_line=order_line).first()
    if line is None:
        [line] = rent(found, [order_line], by=by)
    return change_line(line, {n: values.get(n) for n in PERIOD}, by=by)


def _move(
    rental: RentalOrder,
    order: Order,
    found: Sequence[RentalLine],
    *,
    by: Actor,
    **own: Any,
) -> None:
    is_quotation = order.state != Order.State.SALE
    for line in found:
        starts_at = own.get(
            "starts_at", rental.starts_at if not own else line.starts_at
        )
        ends_at = own.get(
            "returns_at", rental.returns_at if not own else line.returns_at
        )
        if line.picked_up and starts_at != line.starts_at:
            # What is out began when it began.
            if own:
                raise PickedUpAlready(str(line.product))
            starts_at = line.starts_at
        line.starts_at, line.returns_at = starts_at, ends_at
        if line.returns_at <= line.starts_at:
            raise ReturnsBeforePickup
        place_in_time(line, rental.company)
        line.save(update_fields=["starts_at", "returns_at", "busy_until",
                                 "has_own_period"])  # fmt: skip
    if not is_quotation:
        keeping.refuse_shortage(rental)
    for line in found:
        line.order_line.order = order
        if is_quotation:
            continue
        if line.picked_up:
            _charge_extension(line, order, by=by)
        else:
            reprice(line, order, by=by)
    if is_quotation and found:
        RentalOrder.objects.filter(pk=rental.pk).update(prices_are_stale=True)
    keeping.keep(rental, order)


def _charge_extension(line: RentalLine, order: Order, *, by: Actor) -> None:
    """A line with what the longer period costs more than was agreed."""
    price = price_of(line, order)
    if price is None:
        return
    more = price - line.order_line.unit_price - line.extension_price
    if more <= 0:
        return
    product = services.service_product(
        order.company, ServiceProduct.Purpose.EXTENSION, by=by
    )
    taxes = list(line.order_line.taxes.values_list("pk", flat=True))
    lines.add(
        order,
        [
            {
                "product": product.pk,
                "description": f"{product.name}: {line.product}\n{period(line, order)}",
                "quantity": Decimal(line.picked_up),
                "unit_price": more,
                "discount": line.order_line.discount,
                "taxes": taxes,
            }
        ],
        is_ours=True,
        by=by,
    )
    RentalLine.objects.filter(pk=line.pk).update(
        extension_price=line.extension_price + more
    )
