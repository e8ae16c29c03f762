"""Giving a quotation its plan, changing it, taking it away."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records import changes, rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.recurring import errors, prices
from sarnakh.recurring.models import BillingPlan, Subscription
from sarnakh.recurring.subscriptions.held import held, keep, take_order
from sarnakh.sales.lines.actions import LINKS
from sarnakh.sales.models import Order

State = Subscription.State
# What may still be said of one that runs.
OF_RUNNING = {"ends_on", "has_payment_exception"}


@whole
def attach(
    order: Order,
    plan: BillingPlan,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    by: Actor,
) -> Subscription:
    """Make a quotation recur by a plan; its recurring lines take the plan's prices."""
    order = plain.locked(order, *LINKS, "customer")
    found = Subscription.objects.filter(order=order).first()
    if found is not None:
        return change(
            found, {"plan": plan, "starts_on": starts_on, "ends_on": ends_on}, by=by
        )
    if not order.is_quotation:
        raise errors.not_quotation(order.number)
    subscription = Subscription(
        order=order, plan=plan, starts_on=starts_on, ends_on=ends_on
    )
    take_order(subscription)
    _check(subscription)
    plain.stamp(subscription, by=by)
    subscription.save(force_insert=True)
    changes.log(subscription, by_model(Subscription), by=by, event="created")
    _tell(subscription, by=by)
    prices.reprice(order, by=by)
    return subscription


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Subscription]:
    """`attach` by values, for forms, files and programs."""
    subscription_type, order_type = by_model(Subscription), by_model(Order)
    made = []
    for one in values:
        given = plain.resolved(subscription_type, one)
        if not given.get("order"):
            raise InvalidValues({"order": _("Choose a quotation.")})
        if not given.get("plan"):
            raise InvalidValues({"plan": _("Choose a plan.")})
        order = rows.find(order_type, given["order"].pk, by, "write")
        if Subscription.objects.filter(order=order).exists():
            raise InvalidValues({"order": _("It has a plan already.")})
        made.append(
            attach(
                order,
                given["plan"],
                starts_on=given.get("starts_on"),
                ends_on=given.get("ends_on"),
                by=by,
            )
        )
    return made


@whole
def change(
    subscription: Subscription, values: Values, *, seen: int | None = None, by: Actor
) -> Subscription:
    """Edit plan and start of a quotation, the end and the exception of a running one."""
    present = held(subscription)
    subscription_type = by_model(Subscription)
    values = {n: v for n, v in values.items() if v is not None or n != "plan"}
    wanted = plain.resolved(subscription_type, values, present=present)
    moved = {
        name
        for name, value in wanted.items()
        if value != plain.current_value(present, subscription_type, name)
    }
    if "order" in moved:
        raise InvalidValues({"order": _("The order stays as it is.")})
    allowed = (
        {"plan", "starts_on", "ends_on", "has_payment_exception"}
        if present.state == State.QUOTATION
        else OF_RUNNING
    )
    if moved - allowed or (moved and present.state in {State.RENEWED, State.CHURNED}):
        raise errors.not_quotation(present.number)

    def check(record: Subscription, changed: set[str]) -> None:
        record.order = present.order
        record.company = present.company
        _check(record)

    written: Subscription = plain.write(
        present, values, seen=seen, derive=check, by=by, is_locked=True
    )
    written.order = present.order
    if "plan" in moved:
        _tell(written, by=by)
        prices.reprice(written.order, by=by)
    return written


@whole
def delete(found: Sequence[Subscription], *, by: Actor) -> None:
    """Take the recurrence off quotations."""
    for one in sorted(found, key=lambda one: one.order_id):
        present = held(one)
        if present.state not in {State.QUOTATION, State.UPSELL} or (
            present.order.state == Order.State.SALE
        ):
            raise errors.stays(present.number)
        if present.periods_invoiced:
            raise errors.stays(present.number)
        order = present.order
        plain.delete([present], by=by)
        prices.reprice(order, by=by)


@whole
def set_recurrence(
    order: Order,
    *,
    plan: int | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    by: Actor,
) -> Order:
    """What the dialog of an order says: a plan, or none."""
    present = Subscription.objects.filter(order=order).first()
    if plan is None:
        if present is not None:
            delete([present], by=by)
    else:
        chosen = rows.find(by_model(BillingPlan), plan, by)
        if not rows.may(by_model(Subscription), by, "create"):
            raise PermissionDenied
        attach(order, chosen, starts_on=starts_on, ends_on=ends_on, by=by)
    order.refresh_from_db()
    return order


def _check(subscription: Subscription) -> None:
    plan, company = subscription.plan, subscription.order.company
    if plan.company_id not in (None, company.pk):
        raise errors.OtherCompany(str(plan), company.name)
    start, end = subscription.starts_on, subscription.ends_on
    if start and end and end < start:
        raise errors.ends_before(subscription.number)


def _tell(subscription: Subscription, *, by: Actor) -> None:
    keep(
        subscription,
        [],
        event="plan",
        note=_("Recurrence: %(plan)s") % {"plan": subscription.plan},
        by=by,
    )
