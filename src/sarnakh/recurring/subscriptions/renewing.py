"""Quotations that continue a subscription, or add to it."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records import changes, rows
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.recurring import amounts, errors
from sarnakh.recurring.models import Subscription
from sarnakh.recurring.prices import share_left
from sarnakh.recurring.subscriptions import revenue
from sarnakh.recurring.subscriptions.held import held, keep, take_order
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import actions as orders

State = Subscription.State
OPEN = (Order.State.DRAFT, Order.State.SENT)


@whole
def renew(subscription: Subscription, *, by: Actor) -> Order:
    """A quotation with the same recurring lines, beginning where the invoices end.

    Pressed again while it is open, the same one.
    """
    present = _ready(subscription, by=by)
    found = present.renewals.filter(order__state__in=OPEN).first()
    if found is not None:
        return found.order
    twin = _twin(present, by=by)
    made = Subscription(
        order=twin,
        plan=present.plan,
        renewal_of=present,
        starts_on=present.next_on,
    )
    _keep_new(made, by=by)
    _tell(present, _("Renewal: %(number)s"), twin, by=by)
    return twin


@whole
def upsell(subscription: Subscription, *, by: Actor) -> Order:
    """A quotation for more of what runs: its lines with quantity 0, services at the
    price of what is left of the period. Pressed again while open, the same one."""
    present = _ready(subscription, by=by)
    if present.state != State.PROGRESS:
        raise errors.not_running(present.number)
    found = present.upsells.filter(order__state__in=OPEN).first()
    if found is not None:
        return found.order
    twin = _twin(present, by=by)
    made = Subscription(
        order=twin,
        plan=present.plan,
        upsell_of=present,
        state=State.UPSELL,
        starts_on=present.company.profile().today(),
    )
    _keep_new(made, by=by)
    share = share_left(made)
    for line in revenue.recurring_lines(twin):
        line.order = twin
        is_part = line.product is not None and not line.product.is_goods
        price = amounts.part(line.unit_price, share) if is_part else line.unit_price
        lines.change(line, {"quantity": Decimal(0), "unit_price": price}, by=by)
    _tell(present, _("Upsell: %(number)s"), twin, by=by)
    twin.refresh_from_db()
    return twin


def _ready(subscription: Subscription, *, by: Actor) -> Subscription:
    if not rows.may(by_model(Order), by, "create"):
        raise PermissionDenied
    present = held(subscription)
    if not present.is_live:
        raise errors.not_running(present.number)
    if not present.periods_invoiced:
        raise errors.nothing_invoiced(present.number)
    return present


def _twin(subscription: Subscription, *, by: Actor) -> Order:
    """A copy of the order with what recurs, and headings and remarks."""
    twin = orders.duplicate(subscription.order, by=by)
    once = [
        line
        for line in OrderLine.objects.filter(
            order=twin, kind=OrderLine.Kind.PRODUCT
        ).select_related("product")
        if line.product is None or not line.product.is_recurring
    ]
    if once:
        lines.remove(once, by=by)
        twin.refresh_from_db()
    return twin


def _keep_new(made: Subscription, *, by: Actor) -> None:
    take_order(made)
    plain.stamp(made, by=by)
    made.save(force_insert=True)
    changes.log(made, by_model(Subscription), by=by, event="created")


def _tell(present: Subscription, words: str, twin: Order, *, by: Actor) -> None:
    keep(present, [], event="quoted", note=words % {"number": twin.number}, by=by)
