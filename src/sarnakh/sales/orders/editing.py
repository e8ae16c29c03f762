"""Changing the header of a quotation or order (spec sales §6.1, §7)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.discussion import actions as discussion
from sarnakh.records import actions as plain
from sarnakh.records import numbering
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales import errors
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import totals
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.offers import applying
from sarnakh.sales.orders import filling
from sarnakh.sales.orders.scene import Scene

# Settled with the confirmation.
FIXED = {"customer", "company", "pricelist", "warehouse", "template", "fiscal_position",
         "expires_on"}  # fmt: skip
REQUIRED = {"customer", "company"}


@whole
def change(
    order: Order, values: Values, *, seen: int | None = None, by: Actor
) -> Order:
    """Edit the header with everything that follows.

    A new customer brings addresses, price list, terms and fiscal position along;
    lines stay as they are, and the order says that prices or taxes are stale.
    Choosing a template replaces lines and options. Raises Conflict when somebody
    else changed the same field since `seen`.
    """
    scene = Scene(by)
    present: Order = plain.locked(
        order, *lines.LINKS, "customer__parent", "template", "salesperson"
    )
    order_type = by_model(Order)
    values = {n: v for n, v in values.items() if v is not None or n not in REQUIRED}
    wanted = plain.resolved(order_type, values)
    moved = {
        name: value
        for name, value in wanted.items()
        if value != plain.current_value(present, order_type, name)
    }
    if not moved:
        return present
    refuse(present, moved)
    before = {name: getattr(present, name) for name in
              ("currency", "rate", "salesperson_id", "template_id")}  # fmt: skip
    has_lines = OrderLine.objects.filter(order=present).exists()
    if "company" in moved and has_lines:
        raise InvalidValues(
            {"company": _("The company is settled once there are lines.")}
        )
    edited: set[str] = set()

    def follow(record: Any, changed: set[str]) -> None:
        edited.update(changed)
        _follow(record, changed, scene, has_lines=has_lines)

    written: Order = plain.write(
        present, values, seen=seen, derive=follow, by=by, is_locked=True
    )
    if (written.currency, written.rate) != (before["currency"], before["rate"]):
        _revalue(written, before["currency"], has_lines=has_lines, by=by)
    if "template" in edited and written.template is not None:
        applying.apply(written, written.template, by=by)
        written.refresh_from_db()
    if "salesperson" in edited and written.salesperson_id:
        discussion.notify_assigned(written, order_type, by=by)
    if edited:
        lines.changed_order(written, fields=edited, by=by)
    return written


def refuse(order: Order, moved: Mapping[str, Any]) -> None:
    """What the order's state does not allow."""
    if order.state == Order.State.CANCELLED:
        raise errors.is_cancelled(order.number)
    if order.state == Order.State.SALE and moved.keys() & FIXED:
        raise errors.is_confirmed(order.number)


def _follow(order: Order, changed: set[str], scene: Scene, *, has_lines: bool) -> None:
    position, pricelist = order.fiscal_position_id, order.pricelist_id
    if "company" in changed:
        _move_company(order, changed, scene)
    if changed & {"customer", "company"}:
        known = scene.contacts([order.customer_id])
        order.customer = known.get(order.customer_id, order.customer)
        filling.refuse_customer(order.customer, order, scene)
        filling.follow_customer(order, changed - {"customer"}, scene)
        if order.salesperson_id is None and "salesperson" not in changed:
            filling.take_salesperson(order, scene)
    elif "delivery_address" in changed and "fiscal_position" not in changed:
        order.fiscal_position = scene.position(
            order.customer, order.delivery_address, order.company
        )
    if "template" in changed and order.template is not None:
        _take_template(order, changed, scene)
    if (
        "salesperson" in changed
        and "team" not in changed
        and order.salesperson_id
        and not scene.is_of_team(order.team_id, order.salesperson_id)
    ):
        order.team_id = scene.team(order.salesperson_id, order.company)
    if changed & {"pricelist", "company"} or order.pricelist_id != pricelist:
        filling.take_currency(order, scene)
        order.prices_are_stale = order.prices_are_stale or has_lines
    if changed & {"fiscal_position"} or order.fiscal_position_id != position:
        order.taxes_are_stale = order.taxes_are_stale or has_lines
    if changed & {"delivery_address", "customer"} and order.shipping_method_id:
        order.shipping_is_stale = True
    if "template" in changed and order.template is not None:
        # Fresh lines have fresh prices and taxes.
        order.prices_are_stale = order.taxes_are_stale = False
    filling.derive(order)
    filling.check(order)


def _move_company(order: Order, changed: set[str], scene: Scene) -> None:
    """Another company has its own numbers, warehouse, teams and templates."""
    first = numbering.next_number(f"orders:{order.company_id}")
    order.number = f"S{first:05d}"
    if "warehouse" not in changed:
        order.warehouse = scene.warehouse(order.company)
    if "team" not in changed:
        filling.take_team(order, scene)
    if "template" not in changed:
        order.template = None


def _take_template(order: Order, changed: set[str], scene: Scene) -> None:
    template = order.template
    if template is None:
        return
    if "expires_on" not in changed:
        order.expires_on = filling.expiry(order, scene, template)
    for name in ("asks_signature", "asks_payment", "prepayment_percent"):
        if name not in changed:
            setattr(order, name, getattr(template, name))
    if "terms" not in changed and template.terms.strip():
        order.terms = template.terms


def _revalue(order: Order, old_currency: str, *, has_lines: bool, by: Actor) -> None:
    """Amounts in another currency, or at another rate."""
    if has_lines and order.currency != old_currency:
        lines.recompute(order, by=by)
    else:
        totals.recompute(order)
