"""From draft to sent to sale, and to cancelled and back (spec sales §7).

Every move holds the order's row and looks at its state then, so pressing twice, or
two people at once, has one effect.
"""

from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records import actions as plain
from sarnakh.records import changes, rich_text
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales import errors, events
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import totals
from sarnakh.sales.models import Order
from sarnakh.sales.opportunities import winning
from sarnakh.sales.orders import credit, filling, sides
from sarnakh.sales.orders.scene import Scene

State = Order.State
# What has to be fine before a confirmation: `check(order, by=actor)` refuses.
CHECKS: list[Callable[..., None]] = []
SIGNATURE = {"signed_by": "", "signed_at": None, "signature_digest": ""}


@whole
def mark_sent(order: Order, *, by: Actor) -> Order:
    """The customer has it: by hand, or because a message was posted."""
    order = plain.locked(order, *lines.LINKS)
    if order.state != State.DRAFT:
        raise errors.not_draft(order.number)
    return _moved(order, State.SENT, "sent", by=by)


@whole
def note_sent(order: Order, *, by: Actor) -> Order:
    """A message with the document was posted: a draft becomes sent, the rest stays."""
    order = plain.locked(order, *lines.LINKS)
    if order.state != State.DRAFT:
        return order
    return _moved(order, State.SENT, "sent", by=by)


@whole
def confirm(order: Order, *, by: Actor) -> Order:
    """Make it a sales order: dated now, at today's rate; deliveries follow.

    Confirming what is confirmed changes nothing. The opportunity's expected revenue
    rises to the untaxed total.
    """
    order = plain.locked(
        order, *lines.LINKS, "customer__parent", "opportunity", "warehouse"
    )
    if order.state == State.SALE:
        return order
    if order.state == State.CANCELLED:
        raise errors.not_confirmable(order.number)
    scene = Scene(by)
    sides.look(order)
    filling.refuse_customer(order.customer, order, scene)
    credit.refuse(order, scene)
    for check in CHECKS:
        check(order, by=by)
    order.ordered_at = timezone.now()
    before = order.rate
    totals.take_rate(order, scene.today(order.company))
    totals.take_company_amounts(order)
    order.is_locked = scene.settings(order.company).locks_confirmed
    columns = ["ordered_at", "is_locked"]
    if order.rate != before:
        columns += ["rate", "company_untaxed", "company_total"]
    order = _moved(order, State.SALE, "confirmed", columns, by=by)
    winning.raise_revenue(order, scene.settings(order.company), by=by)
    events.order_confirmed.send(
        Order, order=order, settings=scene.settings(order.company), by=by
    )
    if not sides.stands_alone(order):
        # Rooms above have kept their own figures with it.
        order.refresh_from_db(fields=["invoice_status", "delivery_status",
                                      "amount_to_invoice"])  # fmt: skip
    sides.forget(order)
    return order


@whole
def cancel(order: Order, *, note: str = "", by: Actor) -> Order:
    """Give it up: open deliveries and draft invoices go with it, the rest stays."""
    order = plain.locked(order, *lines.LINKS)
    if order.state == State.CANCELLED:
        return order
    if order.is_locked:
        raise errors.is_locked(order.number)
    was = order.state
    note = rich_text.sanitized(note)
    order = _moved(order, State.CANCELLED, "cancelled", note=note, by=by)
    events.order_cancelled.send(Order, order=order, was=was, by=by)
    order.refresh_from_db(fields=["invoice_status", "delivery_status",
                                  "amount_to_invoice"])  # fmt: skip
    return order


@whole
def cancel_many(orders: Sequence[Order], *, note: str = "", by: Actor) -> int:
    """Cancel several; all or none. Returns how many there were."""
    for order in sorted(orders, key=lambda one: one.pk):
        cancel(order, note=note, by=by)
    return len(orders)


@whole
def confirm_many(orders: Sequence[Order], *, by: Actor) -> int:
    """Confirm several; all or none."""
    for order in sorted(orders, key=lambda one: one.pk):
        confirm(order, by=by)
    return len(orders)


@whole
def mark_many_sent(orders: Sequence[Order], *, by: Actor) -> int:
    """Mark several as sent; refused when one of them is no draft."""
    for order in sorted(orders, key=lambda one: one.pk):
        mark_sent(order, by=by)
    return len(orders)


@whole
def reset_to_quotation(order: Order, *, by: Actor) -> Order:
    """A draft again, without the customer's signature."""
    order = plain.locked(order, *lines.LINKS)
    if order.state == State.DRAFT:
        return order
    if order.state == State.SALE:
        raise errors.not_cancelled(order.number)
    for name, value in SIGNATURE.items():
        setattr(order, name, value)
    order.is_locked = False
    order = _moved(order, State.DRAFT, "reset", [*SIGNATURE, "is_locked"], by=by)
    events.order_reset.send(Order, order=order, by=by)
    return order


@whole
def lock(order: Order, *, by: Actor) -> Order:
    """Keep a confirmed order from being changed."""
    return _locked_as(order, True, by=by)


@whole
def unlock(order: Order, *, by: Actor) -> Order:
    """Let it be changed again; for sales managers."""
    if not by.has(Role.SALES_MANAGER):
        raise PermissionDenied
    return _locked_as(order, False, by=by)


@whole
def delete(orders: Sequence[Order], *, by: Actor) -> None:
    """Delete drafts and cancelled ones that no delivery or invoice stands for."""
    found = [plain.locked(Order(pk=pk)) for pk in sorted({o.pk for o in orders})]
    for order in found:
        if order.state not in {State.DRAFT, State.CANCELLED}:
            raise errors.not_deletable(order.number)
        if (
            order.order_deliveries.exists()
            or order.lines.filter(invoice_lines__isnull=False).exists()
        ):
            raise errors.has_papers(order.number)
    plain.delete(found, by=by)


def _locked_as(order: Order, wanted: bool, *, by: Actor) -> Order:
    order = plain.locked(order, *lines.LINKS)
    if order.state != State.SALE:
        raise errors.not_confirmed(order.number)
    if order.is_locked == wanted:
        return order
    order.is_locked = wanted
    plain.save_guarded(order, ["is_locked"], by=by)
    event = "locked" if wanted else "unlocked"
    changes.log(order, by_model(Order), by=by, event=event,
                values={"is_locked": [not wanted, wanted]})  # fmt: skip
    return order


def _moved(
    order: Order,
    state: str,
    event: str,
    columns: Sequence[str] = (),
    *,
    note: str = "",
    by: Actor,
) -> Order:
    """Write the new state where the old one still stands, and say so."""
    was = order.state
    order.state, order.updated_at, order.updated_by = state, timezone.now(), by.user
    values = {name: getattr(order, name) for name in
              ("state", "updated_at", "updated_by", *columns)}  # fmt: skip
    found = Order.objects.filter(pk=order.pk, state=was)
    if not found.update(**values, version=F("version") + 1):
        raise errors.WrongState(order.number, "moved")
    order.version += 1
    changes.log(
        order,
        by_model(Order),
        by=by,
        event=event,
        values={"state": [was, state]},
        note=note,
    )
    return order
