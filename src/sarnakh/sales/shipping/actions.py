"""Sending on orders: the method, and the line that it costs (spec sales §11)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.models import Delivery, ShippingMethod
from sarnakh.lib.money import format_money, to_minor
from sarnakh.lib.profile import speaking
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import rules, totals
from sarnakh.sales.lines.scene import Scene
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.shipping import errors, queries
from sarnakh.sales.shipping.queries import Offer

REAL = ShippingMethod.Invoicing.REAL
HEAVIEST = Decimal(10) ** 9
_busy: ContextVar[frozenset[int]] = ContextVar("busy_sending", default=frozenset())


@contextmanager
def busy(order_id: int) -> Iterator[None]:
    """While the line of sending itself is written."""
    token = _busy.set(_busy.get() | {order_id})
    try:
        yield
    finally:
        _busy.reset(token)


def is_busy(order_id: int) -> bool:
    """Whether the line of sending is being written."""
    return order_id in _busy.get()


@whole
def set_shipping(
    order: Order,
    *,
    shipping_method: int,
    weight: float | Decimal | None = None,
    by: Actor,
) -> Order:
    """Send the order by a method: its line replaces an earlier one, at the end.

    `weight` overrides the estimated weight in kg. Refused where the method is not
    available, and once the earlier line is invoiced.
    """
    order = _held(order)
    heavy = _weight(weight)
    method = (
        ShippingMethod.objects.filter(pk=shipping_method, active=True)
        .select_related("product")
        .first()
    )
    offered = next(
        (
            one
            for one in queries.offers(order, weight=heavy)
            if method and one.method.pk == method.pk
        ),
        None,
    )
    if method is None or offered is None or offered.unit_price is None:
        raise errors.NotAvailable(method.name if method else str(shipping_method))
    with busy(order.pk):
        _remove_lines(order, by=by)
        lines.add(order, [_line(order, offered)], by=by, is_ours=True)
    return _keep(order, method, heavy, by=by)


@whole
def update_shipping(order: Order, *, by: Actor) -> Order:
    """Compute the cost anew by the method and the weight that were chosen."""
    order = _held(order)
    if order.shipping_method_id is None:
        raise InvalidValues({"shipping_method": _("Choose a shipping method.")})
    return set_shipping(
        order,
        shipping_method=order.shipping_method_id,
        weight=order.shipping_weight,
        by=by,
    )


@whole
def remove_shipping(order: Order, *, by: Actor) -> Order:
    """No sending any more: neither method nor line."""
    order = _held(order)
    with busy(order.pk):
        _remove_lines(order, by=by)
    return _keep(order, None, None, by=by)


def clear(order: Order, *, by: Actor) -> None:
    """The line was taken off by hand: the method goes with it."""
    _keep(order, None, None, by=by)


@whole
def take_real_cost(order_id: int, *, by: Actor) -> None:
    """After goods have left: what sending them costs stands on the line."""
    order = plain.locked(Order(pk=order_id), *lines.LINKS)
    method = order.shipping_method
    if method is None or method.invoicing != REAL or order.state != Order.State.SALE:
        return
    line = (
        OrderLine.objects.filter(order=order, is_delivery=True, invoiced=Decimal(0))
        .select_related("product__unit", "unit")
        .prefetch_related("taxes")
        .first()
    )
    has_left = Delivery.objects.filter(
        order_link__order=order,
        state=Delivery.State.DONE,
        direction=Delivery.Direction.OUT,
    ).exists()
    if line is None or not has_left:
        return
    [offered] = queries.offers(
        order, weight=order.shipping_weight, only=[method], is_delivered=True
    )
    if offered.unit_price is None or (
        line.unit_price == offered.unit_price and line.description == method.name
    ):
        return
    line.order = order
    line.unit_price, line.discount = offered.unit_price, offered.discount
    line.description = _text(offered)
    scene = Scene(order)
    scene.compute(line, [tax.pk for tax in line.taxes.all()])
    plain.save_guarded(
        line,
        ["unit_price", "discount", "description", "subtotal", "tax", "total",
         "tax_parts", "margin"],
        by=by,
    )  # fmt: skip
    totals.recompute(order, scene=scene)
    lines.tell(
        order,
        [_("Real shipping cost: %(cost)s") % {"cost": _shown(order, offered)}],
        by=by,
    )
    with busy(order.pk):
        lines.changed_order(order, changed=[(line, line.quantity)], by=by)


# --- inside -------------------------------------------------------------------------


def _held(order: Order) -> Order:
    held: Order = plain.locked(
        order, *lines.LINKS, "customer", "delivery_address", "shipping_method"
    )
    rules.refuse_closed(held)
    return held


def _weight(weight: float | Decimal | None) -> Decimal | None:
    if weight is None:
        return None
    found = weight if isinstance(weight, Decimal) else Decimal(str(weight))
    if not 0 <= found <= HEAVIEST:
        raise InvalidValues({"weight": _("This weight makes no sense.")})
    return found


def _remove_lines(order: Order, *, by: Actor) -> None:
    found: Sequence[OrderLine] = list(
        OrderLine.objects.filter(order=order, is_delivery=True)
    )
    if any(line.invoiced or line.untaxed_invoiced for line in found):
        raise errors.ShippingInvoiced
    if OrderLine.invoice_lines.through.objects.filter(
        orderline__in=found
    ).exists():  # fmt: skip
        raise errors.ShippingInvoiced
    if found:
        lines.remove(found, by=by)


def _line(order: Order, offered: Offer) -> dict[str, Any]:
    is_real = offered.method.invoicing == REAL
    return {
        "product": offered.method.product_id,
        "description": _text(offered)
        if not is_real
        else _("%(method)s (estimated cost: %(cost)s)")
        % {"method": offered.method.name, "cost": _shown(order, offered)},
        "quantity": 1,
        "unit_price": Decimal(0) if is_real else offered.unit_price,
        "discount": Decimal(0) if is_real else offered.discount,
        "price_is_manual": False,
        "is_delivery": True,
    }


def _text(offered: Offer) -> str:
    if not offered.is_free:
        return str(offered.method.name)
    return _("%(method)s (free shipping)") % {"method": offered.method.name}


def _shown(order: Order, offered: Offer) -> str:
    return format_money(
        to_minor(offered.amount, order.currency),
        order.currency,
        speaking(order.company.profile(), get_language() or order.company.language),
    )


def _keep(
    order: Order, method: ShippingMethod | None, weight: Decimal | None, *, by: Actor
) -> Order:
    before = Order.objects.select_related("shipping_method").get(pk=order.pk)
    Order.objects.filter(pk=order.pk).update(
        shipping_method=method,
        shipping_weight=weight,
        shipping_is_stale=False,
        version=F("version") + 1,
    )
    was = before.shipping_method
    if was != method:
        described = by_model(Order).fields["shipping_method"]
        old, new = (changes.plain(described, one) for one in (was, method))
        changes.log(order, by_model(Order), by=by,
                    values={"shipping_method": [old, new]})  # fmt: skip
    order.shipping_method, order.shipping_weight = method, weight
    order.shipping_is_stale = False
    with busy(order.pk):
        lines.changed_order(order, fields={"shipping_method"}, by=by)
    order.refresh_from_db(fields=[*totals.FIGURES, "version"])
    return order
