"""Orders follow their invoices, and drafts their orders."""

from collections.abc import Collection, Sequence
from html import escape
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.activities import actions as activities
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.invoicing import events as invoicing
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice
from sarnakh.lib.errors import Refused
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.sales import events
from sarnakh.sales.billing import advance_lines, figures
from sarnakh.sales.billing.events import upselling_found
from sarnakh.sales.delivering.events import delivered_changed
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

LINES = OrderLine.invoice_lines.through


def orders_of(**lookup: Any) -> list[int]:
    """The orders behind lines of documents."""
    found = LINES._default_manager.filter(**lookup)
    return sorted(set(found.values_list("orderline__order_id", flat=True)))


@receiver(invoicing.invoices_changed)
def follow_invoices(
    sender: Any, invoice_ids: Sequence[int], by: Actor, **_rest: Any
) -> None:
    """Quantities count from the draft on, amounts once posted."""
    keys = orders_of(invoiceline__invoice__in=invoice_ids)
    if not keys:
        return
    advance_lines.follow(keys, by=by)
    figures.refresh(keys, by=by)


@receiver(invoicing.lines_going)
def forget_lines(sender: Any, line_ids: Sequence[int], by: Actor, **_rest: Any) -> None:
    """A line that goes gives its quantity back."""
    keys = orders_of(invoiceline__in=line_ids)
    if not keys:
        return
    LINES._default_manager.filter(invoiceline__in=line_ids).delete()
    advance_lines.follow(keys, by=by)
    figures.refresh(keys, by=by)


@receiver(invoicing.lines_copied)
def link_copies(sender: Any, pairs: dict[int, int], by: Actor, **_rest: Any) -> None:
    """A credit note, or an invoice made anew, counts for the same lines."""
    rows = LINES._default_manager.filter(invoiceline__in=pairs).select_related(
        "orderline"
    )
    found = list(rows)
    if not found:
        return
    LINES._default_manager.bulk_create(
        [
            LINES(
                orderline_id=row.orderline_id, invoiceline_id=pairs[row.invoiceline_id]
            )
            for row in found
        ],
        ignore_conflicts=True,
    )
    figures.refresh({row.orderline.order_id for row in found}, by=by)


@receiver(invoicing.invoice_paid)
def tell_order(sender: Any, invoice: Invoice, by: Actor, **_rest: Any) -> None:
    """The order's history says that it was paid."""
    text = escape(_("Invoice %(number)s paid") % {"number": invoice.number})
    for order in Order.objects.filter(
        pk__in=orders_of(invoiceline__invoice=invoice)
    ).order_by("pk"):
        changes.log(
            order,
            by_model(Order),
            by=by,
            event="invoice-paid",
            note=f"<p>{text}</p>",
        )


@receiver(events.order_confirmed)
@receiver(events.order_reset)
def follow_state(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Only confirmed orders have something to invoice."""
    if sides.stands_alone(order):
        figures.refresh_held([order], by=by)
    else:
        figures.refresh([order.pk], by=by)


@receiver(events.order_changed)
def follow_lines(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Other quantities or totals leave something else to invoice."""
    if order.state == Order.State.SALE:
        figures.refresh([order.pk], by=by)


@receiver(delivered_changed)
def follow_deliveries(
    sender: Any, order_ids: Sequence[int], by: Actor, **_rest: Any
) -> None:
    """What is invoiced as delivered can be invoiced now."""
    figures.refresh(list(order_ids), by=by)


@receiver(events.order_cancelled)
def cancel_drafts(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Its drafts go with it; posted documents stay."""
    drafts = Invoice.objects.filter(
        state=Invoice.State.DRAFT, lines__order_lines__order=order
    )
    for invoice in drafts.distinct().order_by("pk"):
        invoices.cancel_draft(invoice, by=by)
    figures.refresh([order.pk], by=by)


@receiver(upselling_found)
def propose_upselling(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """The salesperson is told once that more was delivered than ordered."""
    order_type = by_model(Order)
    kind = ActivityType.objects.filter(code="todo").first()
    salesperson = order.salesperson
    if kind is None or salesperson is None:
        return
    summary = _("Upsell: more was delivered than ordered")
    told: Collection[Activity] = Activity.objects.filter(
        record_type=order_type.name, record_id=order.pk, summary=summary
    )[:1]
    if told:
        return
    try:
        activities.schedule(
            order, order_type, kind, user=salesperson, summary=summary, by=by
        )
    except Refused:
        # Whoever sold it works here no more.
        return
