"""Invoices of parts of a line make up the line: the last part takes what rounding
has left over."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sarnakh.invoicing.invoices.draft import LineDraft
from sarnakh.invoicing.models import InvoiceLine
from sarnakh.lib.money import CURRENCIES
from sarnakh.money.taxes.engine import TaxRule, line_amounts
from sarnakh.sales.models import OrderLine


def closed(
    draft: LineDraft,
    line: OrderLine,
    billed: Sequence[InvoiceLine],
    rules: Sequence[TaxRule],
    *,
    currency: str,
    per_document: bool,
) -> LineDraft:
    """The draft, corrected when it is the last part of a line that was invoiced in
    parts at the same price. More than rounding explains is left alone."""
    if not billed or any(not _is_alike(one, line) for one in billed):
        return draft
    before = sum((one.invoice.sign * one.quantity for one in billed), Decimal(0))
    if before + draft.quantity != line.quantity:
        return draft
    computed = line_amounts(
        draft.unit_price,
        draft.quantity,
        draft.discount,
        rules,
        decimals=CURRENCIES[currency].decimals,
        per_document=per_document,
    )
    base = line.subtotal - computed.subtotal - _sum(billed, "subtotal")
    tax = 0 if per_document else line.tax - computed.tax - _sum(billed, "tax")
    most = len(billed) + 1
    if abs(base) > most or abs(tax) > most * max(1, len(rules)) * 2:
        return draft
    return replace(draft, base_correction=base, tax_correction=tax)


def _is_alike(one: InvoiceLine, line: OrderLine) -> bool:
    return (
        one.unit_id == line.unit_id
        and one.unit_price == line.unit_price
        and one.discount == line.discount
        and one.invoice.currency == line.order.currency
    )


def _sum(billed: Sequence[InvoiceLine], name: str) -> int:
    return sum(one.invoice.sign * getattr(one, name) for one in billed)
