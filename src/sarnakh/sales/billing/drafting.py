"""Drafts from orders: which lines, under which headings, for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from sarnakh.contacts.models import Contact
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.money import documents
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes.engine import LineAmounts, TaxRule
from sarnakh.sales.billing import quantities
from sarnakh.sales.billing.closing import closed
from sarnakh.sales.billing.errors import NothingToInvoiceYet
from sarnakh.sales.billing.figures import Billed, facts_of
from sarnakh.sales.billing.quantities import LineFacts
from sarnakh.sales.models import Order, OrderLine

PRODUCT, SECTION, NOTE = (
    OrderLine.Kind.PRODUCT,
    OrderLine.Kind.SECTION,
    OrderLine.Kind.NOTE,
)
Taken = tuple[LineDraft, OrderLine | None]


@dataclass
class Scene:
    """Orders with everything that their drafts need, read once."""

    orders: list[Order]
    lines: dict[int, list[OrderLine]]
    taxes: dict[int, tuple[int, ...]]
    rules: dict[int, TaxRule]
    billed: dict[int, Billed]
    settings: dict[int, TradeSettings]
    # Lines that another room invoices period by period.
    by_period: frozenset[int] = frozenset()

    def facts_of(self, line: OrderLine) -> LineFacts:
        """The line as the rules look at it."""
        return facts_of(line, is_periodic=line.pk in self.by_period)

    def per_document(self, order: Order) -> bool:
        """Whether the order's company rounds taxes once for a document."""
        found = self.settings[order.company_id].tax_rounding
        return found == TradeSettings.TaxRounding.DOCUMENT

    def rules_of(self, line: OrderLine) -> tuple[TaxRule, ...]:
        """The taxes of a line."""
        return tuple(self.rules[key] for key in self.taxes.get(line.pk, ()))

    def amounts_of(self, line: OrderLine) -> LineAmounts:
        """The line's figures as stored."""
        return documents.stored_line(
            line.subtotal, line.tax, line.total, line.tax_parts, self.rules
        )


def regular(scene: Scene, order: Order, *, deduct: bool) -> list[Taken]:
    """What is to be invoiced of an order, advances last; refuses when nothing is."""
    own = scene.lines[order.pk]
    confirmed = order.state == Order.State.SALE
    ready = {}
    for line in own:
        if line.kind == PRODUCT:
            left = quantities.to_invoice(scene.facts_of(line), is_confirmed=confirmed)
            if left > 0 or (left < 0 and deduct):
                ready[line.pk] = left
    goods = [line for line in own if line.pk in ready and not line.is_downpayment]
    _refuse_nothing(scene, order, own, goods, ready)
    taken = list(under_headings(scene, own, ready))
    advances_left = [line for line in own if line.pk in ready and line.is_downpayment]
    if advances_left:
        taken.append((LineDraft(kind=SECTION, description=_("Down payments")), None))
        taken += [
            (deduction(scene, line, ready[line.pk]), line) for line in advances_left
        ]
    return taken


def _refuse_nothing(
    scene: Scene,
    order: Order,
    own: Sequence[OrderLine],
    goods: Sequence[OrderLine],
    ready: dict[int, Decimal],
) -> None:
    counted = [
        scene.facts_of(line)
        for line in own
        if line.kind == PRODUCT and not line.is_downpayment
    ]
    states = [quantities.line_status(facts, is_confirmed=True) for facts in counted]
    waits = quantities.only_extras_wait(counted, states)
    all_done = bool(states) and set(states) <= {
        quantities.INVOICED,
        quantities.UPSELLING,
    }
    if not ready or (not goods and not all_done) or (goods and waits):
        raise NothingToInvoiceYet(order.number)


def under_headings(
    scene: Scene, own: Sequence[OrderLine], ready: dict[int, Decimal]
) -> list[Taken]:
    """Lines of which so much is invoiced, with their headings and all remarks."""
    found: list[Taken] = []
    heading: OrderLine | None = None
    for line in own:
        if line.is_downpayment:
            continue
        if line.kind == SECTION:
            heading = line
        elif line.kind == NOTE:
            found.append((LineDraft(kind=NOTE, description=line.description), line))
        elif line.pk in ready:
            if heading is not None:
                found.append(
                    (LineDraft(kind=SECTION, description=heading.description), heading)
                )
                heading = None
            found.append((_product(scene, line, ready[line.pk]), line))
    return found


def _product(scene: Scene, line: OrderLine, quantity: Decimal) -> LineDraft:
    draft = LineDraft(
        description=line.description,
        product=line.product,
        unit=line.unit,
        quantity=quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        taxes=scene.taxes.get(line.pk, ()),
    )
    return closed(
        draft,
        line,
        scene.billed.get(line.pk, Billed()).lines,
        scene.rules_of(line),
        currency=line.order.currency,
        per_document=scene.per_document(line.order),
    )


def deduction(scene: Scene, line: OrderLine, quantity: Decimal) -> LineDraft:
    """An advance taken off, with the same correction of its tax."""
    billed = scene.billed.get(line.pk, Billed()).lines
    correction = sum(one.invoice.sign * one.tax_correction for one in billed)
    return LineDraft(
        description=line.description,
        product=line.product,
        unit=line.unit,
        quantity=quantity,
        unit_price=line.unit_price,
        taxes=scene.taxes.get(line.pk, ()),
        tax_correction=-correction,
        is_downpayment=True,
    )


def header(order: Order, lines: Sequence[LineDraft], **more: Any) -> InvoiceDraft:
    """A draft for an order."""
    given: dict[str, Any] = {
        "company": order.company,
        "customer": recipient(order),
        "currency": order.currency,
        "delivery_address": order.delivery_address,
        "payment_term": order.payment_term,
        "fiscal_position": order.fiscal_position,
        "salesperson": order.salesperson_id,
        "team": order.team,
        "campaign": order.campaign_id,
        "medium": order.medium_id,
        "source": order.source_id,
        "referrer": order.referrer_id,
        "reference": order.customer_reference,
        "origin": order.number,
        "note": unescape(strip_tags(order.terms)).strip(),
        "lines": tuple(lines),
    }
    return InvoiceDraft(**{**given, **more})


def recipient(order: Order) -> Contact:
    """Who the invoice is for."""
    return order.invoice_address or order.customer


def together(order: Order) -> tuple[Any, ...]:
    """Orders alike in this share an invoice."""
    return (
        order.company_id,
        recipient(order).pk,
        order.currency,
        order.fiscal_position_id,
        order.payment_term_id,
    )


def mirrored(draft: InvoiceDraft) -> InvoiceDraft:
    """A draft below zero as a credit note with the signs turned."""
    return replace(
        draft,
        kind=Invoice.Kind.CREDIT_NOTE,
        payment_term=None,
        lines=tuple(
            replace(
                line,
                quantity=-line.quantity,
                tax_correction=-line.tax_correction,
                base_correction=-line.base_correction,
            )
            for line in draft.lines
        ),
    )


__all__ = ["InvoiceLine", "Scene", "header", "mirrored", "regular", "together"]
