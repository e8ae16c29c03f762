"""Plans, prices and subscriptions for tests."""

import datetime as dt
from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.recurring.models import (
    BillingPlan,
    CloseReason,
    MrrChange,
    PlanPrice,
    Subscription,
)
from sarnakh.recurring.subscriptions import actions
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, make_contact, make_order, make_product

_numbers = count(1)


def make_plan(**values: Any) -> BillingPlan:
    """A plan; monthly unless said otherwise."""
    return BillingPlan.objects.create(**{"name": f"Plan {next(_numbers)}", **values})


def make_service(by: Actor, price: object = 3_100_000, **values: Any) -> Any:
    """A service that recurs."""
    given = {"kind": "service", "is_recurring": True, "invoice_policy": "ordered"}
    return make_product(by, price, **{**given, **values})


def make_quotation(
    by: Actor, plan: BillingPlan, *lines: dict[str, Any], **values: Any
) -> Subscription:
    """A quotation with a plan."""
    days = {name: values.pop(name, None) for name in ("starts_on", "ends_on")}
    order = make_order(by, *(lines or [line(make_service(by))]), **values)
    return actions.attach(order, plan, by=by, **days)


def make_running(by: Actor, *lines: dict[str, Any], **values: Any) -> Subscription:
    """A running subscription."""
    plan = values.pop("plan", None) or make_plan()
    subscription = make_quotation(by, plan, *lines, **values)
    orders.confirm(subscription.order, by=by)
    return fresh(subscription)


def fresh(subscription: Subscription) -> Subscription:
    """As stored now."""
    return Subscription.objects.select_related("order", "plan", "company").get(
        pk=subscription.pk
    )


def set_days(subscription: Subscription, start: dt.date) -> Subscription:
    """Let it begin on another day, before anything was invoiced."""
    Subscription.objects.filter(pk=subscription.pk).update(
        starts_on=start, next_on=start
    )
    return fresh(subscription)


def log_of(*subscriptions: Subscription) -> list[tuple[str, int]]:
    """Kinds and amounts of the log, oldest first."""
    rows = MrrChange.objects.filter(subscription__in=subscriptions).order_by("pk")
    return list(rows.values_list("kind", "amount"))


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room; the order is somebody's own."""
    plan = make_plan()
    service = make_service(by, 1_000)
    customer = make_contact(by, name="Subscriber")
    order: Order = make_order(by, line(service), customer=customer)
    subscription = actions.attach(order, plan, by=by)
    orders.confirm(order, by=by)
    return {
        "subscriptions": fresh(subscription),
        "billing-plans": plan,
        "plan-prices": PlanPrice.objects.create(plan=plan, product=service, price=900),
        "close-reasons": CloseReason.objects.create(name="Dear"),
        "mrr-changes": MrrChange.objects.get(subscription=subscription),
    }
