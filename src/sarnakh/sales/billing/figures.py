"""Keeping what orders and their lines say about invoices, in a constant number of
statements however many orders, lines and invoices are concerned."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.units import converted, converts
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.money.conversion import converted as money_converted
from sarnakh.money.conversion import quotient
from sarnakh.money.models import TradeSettings
from sarnakh.sales.billing import quantities
from sarnakh.sales.billing.events import upselling_found
from sarnakh.sales.billing.quantities import LineFacts
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

_HEADER = ("state", "total", "currency", "rate", "invoice_status",
           "amount_to_invoice", "number", "salesperson", "company")  # fmt: skip
_LINE = ("order", "kind", "unit", "quantity", "delivered", "invoiced",
         "untaxed_invoiced", "invoice_status", "invoice_policy", "is_downpayment",
         "is_discount", "is_reward", "is_delivery", "sequence")  # fmt: skip
_BILLED = (
    *(f"invoiceline__{name}" for name in (
        "quantity", "unit", "unit_price", "discount", "subtotal", "tax", "total",
        "base_correction", "tax_correction", "is_downpayment", "kind")),
    *(f"invoiceline__invoice__{name}" for name in (
        "kind", "state", "currency", "rate", "total", "rounding", "reversal_of")),
)  # fmt: skip
DELIVERED = TradeSettings.InvoicePolicy.DELIVERED
Link = tuple[OrderLine, InvoiceLine]
_by_period: dict[Callable[[Iterable[int]], dict[int, Decimal]], str] = {}


def count_by_period(
    ask: Callable[[Iterable[int]], dict[int, Decimal]], side: str
) -> None:
    """Lines that are invoiced period by period: `ask` is given ids of orders and
    gives, for each such line, what of it is invoiced in the present period. Here
    there is nothing to invoice of them. Rooms above register theirs; only orders
    with that `side` have such lines."""
    _by_period[ask] = side


def periodic(orders: Iterable[Order]) -> dict[int, Decimal]:
    """Lines of orders that are invoiced by period, and how much of them is."""
    found: dict[int, Decimal] = {}
    for ask, side in _by_period.items():
        keys = [order.pk for order in orders if sides.may_have(order, side)]
        if keys:
            found |= ask(keys)
    return found


@dataclass
class Billed:
    """What the documents say about one line of an order."""

    quantity: Decimal = Decimal(0)
    untaxed: int = 0
    total: int = 0
    lines: list[InvoiceLine] = field(default_factory=list)


def refresh_held(orders: Iterable[Order], *, by: Actor) -> None:
    """`refresh` for orders that the caller holds, as they are stored now."""
    _refresh({order.pk: order for order in orders}, by=by)


def refresh(order_ids: Collection[int], *, by: Actor) -> None:
    """Write invoiced quantities and amounts, the states of lines and orders, and
    what remains. Orders are held first, so that of two documents posted at once
    the second one sees what the first has written."""
    rows = Order.objects.select_for_update(of=("self",)).filter(pk__in=order_ids)
    orders = {order.pk: order for order in rows.only(*_HEADER).order_by("pk")}
    if orders:
        _refresh(orders, by=by)


def _refresh(orders: dict[int, Order], *, by: Actor) -> None:
    lines = list(
        OrderLine.objects.filter(order__in=orders)
        .only(*_LINE)
        .order_by("sequence", "pk")
    )
    found = billed(lines, orders)
    by_period = periodic(orders.values())
    changed = []
    for line in lines:
        one = found.get(line.pk, Billed())
        if line.pk in by_period:
            one.quantity = by_period[line.pk]
        facts = facts_of(line, one.quantity, is_periodic=line.pk in by_period)
        confirmed = orders[line.order_id].state == Order.State.SALE
        status = (
            quantities.line_status(facts, is_confirmed=confirmed)
            if line.kind == OrderLine.Kind.PRODUCT
            else quantities.NOTHING
        )
        wanted = (one.quantity, one.untaxed, status)
        if (line.invoiced, line.untaxed_invoiced, line.invoice_status) != wanted:
            line.invoiced, line.untaxed_invoiced, line.invoice_status = wanted
            changed.append(line)
    _write_lines(changed)
    _write_orders(orders.values(), lines, found, by_period.keys(), by=by)


def _write_lines(lines: Sequence[OrderLine]) -> None:
    """One prepared statement for all: a CASE for each column takes far longer to
    put together than to run."""
    if not lines:
        return
    quantity = OrderLine._meta.get_field("invoiced")
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE sales_orderline SET invoiced = %s, untaxed_invoiced = %s, "
            "invoice_status = %s WHERE id = %s",
            [
                (
                    quantity.get_prep_value(line.invoiced),
                    line.untaxed_invoiced,
                    str(line.invoice_status),
                    line.pk,
                )
                for line in lines
            ],
        )


def held(
    order_ids: Collection[int], *, among: "QuerySet[Order] | None" = None
) -> "QuerySet[Order]":
    """The orders, held until the transaction ends, in the order of their ids."""
    rows = Order.objects.all() if among is None else among
    return (
        rows.select_for_update(of=("self",))
        .select_related("company")
        .filter(pk__in=order_ids)
        .order_by("pk")
    )


def facts_of(
    line: OrderLine, invoiced: Decimal | None = None, *, is_periodic: bool = False
) -> LineFacts:
    """A line as the rules look at it."""
    return LineFacts(
        ordered=line.quantity,
        delivered=line.delivered,
        invoiced=line.invoiced if invoiced is None else invoiced,
        by_delivery=line.invoice_policy == DELIVERED,
        is_downpayment=line.is_downpayment,
        is_extra=line.is_discount or line.is_reward or line.is_delivery,
        is_periodic=is_periodic,
    )


def links(lines: Iterable[OrderLine]) -> "QuerySet[Any]":
    """The rows between lines of orders and of documents that are not cancelled."""
    through = OrderLine.invoice_lines.through
    return (
        through._default_manager.filter(orderline__in=[line.pk for line in lines])
        .exclude(invoiceline__invoice__state=Invoice.State.CANCELLED)
        .select_related("invoiceline__invoice")
        .only("orderline_id", *_BILLED)
        .order_by("invoiceline_id")
    )


def billed(lines: Sequence[OrderLine], orders: dict[int, Order]) -> dict[int, Billed]:
    """`of_lines`, where there can be documents."""
    if not any(sides.may_have(order, "invoices") for order in orders.values()):
        return {}
    return of_lines(lines, orders)


def of_lines(lines: Sequence[OrderLine], orders: dict[int, Order]) -> dict[int, Billed]:
    """What documents say about these lines, in one statement."""
    by_key = {line.pk: line for line in lines}
    found: dict[int, Billed] = {}
    for link in links(lines):
        line, billed = by_key[link.orderline_id], link.invoiceline
        one = found.setdefault(line.pk, Billed())
        one.lines.append(billed)
        one.quantity += billed.invoice.sign * in_unit_of(line, billed)
        if billed.invoice.state == Invoice.State.POSTED:
            order = orders[line.order_id]
            one.untaxed += amount_in(order, billed.invoice, billed.subtotal)
            one.total += amount_in(order, billed.invoice, billed.total)
    return found


def in_unit_of(line: OrderLine, billed: InvoiceLine) -> Decimal:
    """The quantity of a document's line in the unit of the order's line."""
    if line.unit_id == billed.unit_id or line.unit is None or billed.unit is None:
        return billed.quantity
    if not converts(billed.unit, line.unit):
        return billed.quantity
    return converted(billed.quantity, billed.unit, line.unit, rounding="up")


def amount_in(order: Order, invoice: Invoice, amount: int) -> int:
    """A signed amount of a document in the order's currency at the document's rate."""
    if invoice.currency != order.currency:
        rate = quotient(Decimal(invoice.rate), Decimal(order.rate))
        amount = money_converted(amount, rate, invoice.currency, order.currency)
    return invoice.sign * amount


def _write_orders(
    orders: Iterable[Order],
    lines: Sequence[OrderLine],
    billed: dict[int, Billed],
    by_period: Collection[int],
    *,
    by: Actor,
) -> None:
    of_order: dict[int, list[OrderLine]] = {}
    for line in lines:
        of_order.setdefault(line.order_id, []).append(line)
    changed, upselling = [], []
    for order in orders:
        own = of_order.get(order.pk, [])
        confirmed = order.state == Order.State.SALE
        facts = [
            facts_of(line, is_periodic=line.pk in by_period)
            for line in own
            if line.kind == OrderLine.Kind.PRODUCT
        ]
        once = [line for line in own if line.pk not in by_period]
        status = quantities.order_status(facts, is_confirmed=confirmed)
        posted = sum(billed[line.pk].total for line in once if line.pk in billed)
        # What comes again with every period is not owed beforehand.
        total = order.total - sum(line.total for line in own if line.pk in by_period)
        left = quantities.amount_to_invoice(status, total, posted) if confirmed else 0
        if (order.invoice_status, order.amount_to_invoice) == (status, left):
            continue
        if status == quantities.UPSELLING and order.invoice_status != status:
            upselling.append(order)
        order.invoice_status, order.amount_to_invoice = status, left
        changed.append(order)
    for order in changed if len(changed) == 1 else ():
        Order.objects.filter(pk=order.pk).update(
            invoice_status=order.invoice_status,
            amount_to_invoice=order.amount_to_invoice,
        )
    if len(changed) > 1:
        Order.objects.bulk_update(
            changed, ["invoice_status", "amount_to_invoice"], batch_size=300
        )
    for order in upselling:
        upselling_found.send(Order, order=order, by=by)
