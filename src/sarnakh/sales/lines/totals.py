"""The figures of an order from its lines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.lib.money import MAX_MINOR
from sarnakh.money import documents, rates
from sarnakh.money.conversion import converted
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.lines.scene import PRODUCT, Scene
from sarnakh.sales.models import Order, OrderLine

FIGURES = ("untaxed", "tax", "total", "undiscounted", "margin", "company_untaxed",
           "company_total")  # fmt: skip
_COLUMNS = ("subtotal", "tax", "total", "tax_parts", "margin", "unit_price",
            "quantity", "discount")  # fmt: skip


def stored(scene: Scene, rows: Iterable[Any]) -> list[documents.LineAmounts]:
    """Lines as the totals block takes them, with their taxes."""
    found = list(rows)
    known = scene.rules({part[0] for row in found for part in row.tax_parts})
    return [
        documents.stored_line(row.subtotal, row.tax, row.total, row.tax_parts, known)
        for row in found
    ]


def block(order: Order, scene: Scene | None = None) -> documents.Totals:
    """The totals block as documents and forms show it."""
    scene = scene or Scene(order)
    rows = (
        OrderLine.objects.filter(order=order, kind=PRODUCT)
        .order_by("sequence", "pk")
        .values_list("subtotal", "tax", "total", "tax_parts", named=True)
    )
    return documents.totals(stored(scene, rows), per_document=scene.per_document)


def recompute(
    order: Order,
    *,
    scene: Scene | None = None,
    lines: Iterable[OrderLine] | None = None,
) -> Order:
    """Sum the lines up, those given or all that are stored, and keep the figures
    with the order: two statements at most."""
    scene = scene or Scene(order)
    rows: list[Any] = (
        [line for line in lines if line.kind == PRODUCT]
        if lines is not None
        else list(
            OrderLine.objects.filter(order=order, kind=PRODUCT)
            .order_by()
            .values_list(*_COLUMNS, named=True)
        )
    )
    if scene.per_document:
        sums = documents.totals(stored(scene, rows), per_document=True)
        order.untaxed, order.tax, order.total = sums.untaxed, sums.tax, sums.total
    else:
        order.untaxed = sum(row.subtotal for row in rows)
        order.tax = sum(row.tax for row in rows)
        order.total = order.untaxed + order.tax
    order.margin = sum(row.margin for row in rows)
    order.undiscounted = sum(
        row.subtotal
        if not row.discount
        else documents.amount_before_discount(
            row.unit_price,
            row.quantity,
            row.discount,
            row.subtotal,
            decimals=scene.decimals,
        )
        for row in rows
    )
    take_company_amounts(order)
    if max(abs(getattr(order, name)) for name in FIGURES) > MAX_MINOR:
        raise InvalidValues({"": _("The amounts are too large.")})
    Order.objects.filter(pk=order.pk).update(
        **{name: getattr(order, name) for name in FIGURES}
    )
    return order


def take_company_amounts(order: Order) -> None:
    """The same figures in the company's currency at the order's rate."""
    home = order.company.currency
    rate = Decimal(order.rate)
    order.company_untaxed = converted(order.untaxed, rate, order.currency, home)
    order.company_total = converted(order.total, rate, order.currency, home)


def take_rate(order: Order, on: Any) -> None:
    """What one unit of the order's currency costs on a day."""
    order.rate = (
        Decimal(1)
        if order.currency == order.company.currency
        else rates.price_of(order.currency, order.company, on)
    )
