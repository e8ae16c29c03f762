"""The lines of an order that stand for its advances follow what was posted."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.lib.money import CURRENCIES
from sarnakh.sales.models import OrderLine


def follow(order_ids: Collection[int], *, by: Actor) -> None:
    """Text, price and taxes of advances: three statements, and one where something
    changes; none beyond the first where there are no advances."""
    rows = OrderLine.objects.filter(
        order__in=order_ids, is_downpayment=True, kind=OrderLine.Kind.PRODUCT
    )
    if not rows.exists():
        return
    lines = list(
        rows.select_related(
            "order__company", "order__customer", "order__invoice_address"
        ).order_by("pk")
    )
    through = OrderLine.invoice_lines.through
    found: dict[int, list[InvoiceLine]] = {}
    for row in (
        through._default_manager.filter(orderline__in=lines)
        .select_related("invoiceline__invoice__reversal_of")
        .order_by("invoiceline_id")
    ):
        found.setdefault(row.orderline_id, []).append(row.invoiceline)
    retaxed: list[tuple[OrderLine, InvoiceLine]] = []
    changed = [line for line in lines if _follow(line, found.get(line.pk, []), retaxed)]
    OrderLine.objects.bulk_update(changed, ["description", "unit_price"])
    _take_taxes(retaxed)


def _follow(
    line: OrderLine,
    own: list[InvoiceLine],
    retaxed: list[tuple[OrderLine, InvoiceLine]],
) -> bool:
    advances = [
        one
        for one in own
        if one.invoice.kind == Invoice.Kind.INVOICE and one.quantity > 0
    ]
    if not advances:
        return False
    first = advances[0]
    before = (line.description, line.unit_price)
    line.description = _described(line, first)
    posted = [one for one in own if one.invoice.state == Invoice.State.POSTED]
    if first in posted and not line.order.is_locked:
        ours = {one.invoice_id for one in advances}
        net = sum(
            one.invoice.sign * _base(one)
            for one in posted
            if one.quantity > 0
            and (one.invoice_id in ours or one.invoice.reversal_of_id in ours)
        )
        decimals = CURRENCIES[line.order.currency].decimals
        # Taken back as a whole it keeps its price, for an advance made anew.
        if net:
            line.unit_price = Decimal(net).scaleb(-decimals)
        retaxed.append((line, first))
    return (line.description, line.unit_price) != before


def _base(one: InvoiceLine) -> int:
    """Price × quantity as it was asked for: with the taxes that it includes."""
    decimals = CURRENCIES[one.invoice.currency].decimals
    net = one.unit_price * one.quantity * (100 - one.discount) / 100
    return int(net.scaleb(decimals).quantize(Decimal(1)))


def _described(line: OrderLine, first: InvoiceLine) -> str:
    order = line.order
    invoice = first.invoice
    recipient = order.invoice_address or order.customer
    with translation.override(recipient.language or order.company.language):
        text = first.description.partition("\n")[0]
        if invoice.state == Invoice.State.DRAFT:
            return _("%(text)s (Draft)") % {"text": text}
        if invoice.state == Invoice.State.CANCELLED:
            return _("%(text)s (Cancelled)") % {"text": text}
        day = invoice.invoice_date
        return _("%(text)s (ref %(number)s on %(date)s)") % {
            "text": text,
            "number": invoice.number,
            "date": order.company.profile().date_text(day) if day else "",
        }


def _take_taxes(pairs: list[tuple[OrderLine, InvoiceLine]]) -> None:
    if not pairs:
        return
    of_invoice: dict[int, set[int]] = {}
    rows: Any = InvoiceLine.taxes.through._default_manager.filter(
        invoiceline__in=[one.pk for _line, one in pairs]
    )
    for line_id, tax_id in rows.values_list("invoiceline_id", "tax_id"):
        of_invoice.setdefault(line_id, set()).add(tax_id)
    through = OrderLine.taxes.through
    present: dict[int, set[int]] = {}
    own = through._default_manager.filter(orderline__in=[line.pk for line, _o in pairs])
    for line_id, tax_id in own.values_list("orderline_id", "tax_id"):
        present.setdefault(line_id, set()).add(tax_id)
    for line, one in pairs:
        wanted = of_invoice.get(one.pk, set())
        if wanted != present.get(line.pk, set()):
            line.taxes.set(wanted)
