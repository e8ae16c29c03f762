"""What pages of orders, contacts and subscriptions show of each other."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.contacts.models import Contact
from sarnakh.invoicing.dialogs import day_of
from sarnakh.invoicing.models import Invoice
from sarnakh.records import conditions, rows
from sarnakh.records.errors import InvalidValues
from sarnakh.recurring import prices
from sarnakh.recurring.models import Subscription
from sarnakh.recurring.subscriptions import actions, billing, starting
from sarnakh.recurring.types import BILLING_PLANS, CLOSE_REASONS, SUBSCRIPTIONS
from sarnakh.sales.billing import figures
from sarnakh.sales.delivering import goods
from sarnakh.sales.lines import scene
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides, states
from sarnakh.screens import panels
from sarnakh.screens.screen import Button, SmartButton
from sarnakh.screens.state import SearchState

State = Subscription.State


def register() -> None:
    """Once, when Django has loaded every room."""
    if prices.own_prices not in scene.PRICES:
        scene.PRICES.append(prices.own_prices)
    if starting.refuse not in states.CHECKS:
        states.CHECKS.append(starting.refuse)
    figures.count_by_period(billing.billed_now, side="subscription")
    sides.register(
        "subscription", lambda: Subscription.objects.filter(order=sides.ORDER)
    )
    goods.leave_out(of_upsells, side="subscription")
    panels.add_buttons("orders", RECURRENCE, *of_orders())
    panels.add_smart_buttons("orders", ORDER_SUBSCRIPTION)
    panels.add_smart_buttons("contacts", CONTACT_SUBSCRIPTIONS)


def of_upsells(order_ids: Any) -> set[int]:
    """Goods of an upsell leave with the parent, which takes them over."""
    found = OrderLine.objects.filter(
        order__in=list(order_ids),
        order__subscription__state=State.UPSELL,
        product__is_recurring=True,
    )
    return set(found.values_list("pk", flat=True))


# --- the plan of an order -------------------------------------------------------------


def of(order: Order) -> Subscription | None:
    """The recurring side of an order; asked once for a page."""
    if not hasattr(order, "_recurring"):
        found = Subscription.objects.filter(order_id=order.pk)
        # Few orders recur, and asking for all that belongs to it is dear.
        order._recurring = (  # type: ignore[attr-defined]
            found.select_related("plan", "company", "order", "close_reason").first()
            if found.exists()
            else None
        )
    return order._recurring  # type: ignore[attr-defined]


def asking_plan(order: Order, actor: Actor) -> dict[str, Any]:
    """Plans of the order's company, and what was said so far."""
    present = of(order)
    profile = actor.profile

    def text(day: dt.date | None) -> str:
        return profile.date_text(day) if day else ""

    plans = rows.visible(BILLING_PLANS, actor).filter(active=True)
    return {
        "plans": [
            plan
            for plan in plans.order_by("sequence", "pk")
            if plan.company_id in (None, order.company_id)
        ],
        "present": present,
        "starts_on": text(present.starts_on if present else None),
        "ends_on": text(present.ends_on if present else None),
    }


def plan_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """The plan and the days."""
    plan = given.get("plan", "")
    return {
        "plan": int(plan) if plan.isascii() and plan.isdigit() else None,
        "starts_on": day_of(given.get("starts_on", ""), actor),
        "ends_on": day_of(given.get("ends_on", ""), actor),
    }


def takes_plan(order: Order) -> bool:
    """Quotations take a plan; those that add to a subscription have its plan."""
    present = of(order)
    return order.is_quotation and (present is None or present.state != State.UPSELL)


RECURRENCE = Button(
    command="recurrence",
    label=_("Recurrence"),
    icon="refresh",
    rank=45,
    visible=takes_plan,
    may=lambda order, actor: rows.may(SUBSCRIPTIONS, actor, "create"),
    asks="recurring/plan.html",
    asking=asking_plan,
    reads=plan_answers,
    run=actions.set_recurrence,
    done=lambda order, actor: _now("Saved."),
)


# --- what a subscription can do -------------------------------------------------------


def asking_reason(record: Any, actor: Actor) -> dict[str, Any]:
    """The reasons, and when what is paid for ends."""
    subscription = record if isinstance(record, Subscription) else of(record)
    last = None
    if subscription and subscription.next_on and subscription.periods_invoiced:
        last = subscription.next_on - dt.timedelta(days=1)
        if last < subscription.company.profile().today():
            last = None
    reasons = rows.visible(CLOSE_REASONS, actor).filter(active=True, code="")
    return {
        "reasons": list(reasons.order_by("sequence", "pk")),
        "last": actor.profile.date_text(last) if last else "",
    }


def reason_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Reason, words, and when."""
    key = given.get("reason", "")
    return {
        "reason": int(key) if key.isascii() and key.isdigit() else None,
        "note": given.get("note", ""),
        "at_end": given.get("when") == "end",
    }


def press_invoice(subscription: Subscription, *, by: Actor) -> str:
    """Make the invoice and open it."""
    invoice: Invoice | None = actions.invoice_period(subscription, by=by)
    if invoice is None:
        return reverse("subscriptions:record", args=[subscription.pk])
    return reverse("invoices:record", args=[invoice.pk])


def press_renew(subscription: Subscription, *, by: Actor) -> str:
    """Make the quotation and open it."""
    order = actions.renew(subscription, by=by)
    return reverse("quotations:record", args=[order.pk])


def press_upsell(subscription: Subscription, *, by: Actor) -> str:
    """The same for an upsell."""
    order = actions.upsell(subscription, by=by)
    return reverse("quotations:record", args=[order.pk])


def is_live(one: Subscription) -> bool:
    """Running, perhaps paused."""
    return one.is_live


def was_invoiced(one: Subscription) -> bool:
    """Running, and something was invoiced already."""
    return one.is_live and one.periods_invoiced > 0


def may_be_invoiced(one: Subscription) -> bool:
    """A period has begun, or the last one is to be invoiced again."""
    if one.state != State.PROGRESS or one.has_payment_exception:
        return False
    if billing.is_due(one, one.company.profile().today()):
        return True
    last = billing.last_of(one.pk)
    return last is not None and not billing.stands(last)


def may_make_orders(record: Any, actor: Actor) -> bool:
    """Whether a person may make quotations."""
    return actor.has(Role.SALES_OWN)


BUTTONS = (
    Button(
        command="invoice-period",
        label=_("Invoice the period"),
        icon="file-invoice",
        rank=22,
        is_primary=True,
        visible=may_be_invoiced,
        run=press_invoice,
    ),
    Button(
        command="renew-subscription",
        label=_("Renew"),
        icon="refresh",
        rank=32,
        visible=was_invoiced,
        may=may_make_orders,
        run=press_renew,
    ),
    Button(
        command="upsell-subscription",
        label=pgettext_lazy("subscription", "Upsell"),
        icon="plus",
        rank=33,
        visible=lambda one: was_invoiced(one) and one.state == State.PROGRESS,
        may=may_make_orders,
        run=press_upsell,
    ),
    Button(
        command="pause",
        label=pgettext_lazy("button", "Pause"),
        icon="hourglass",
        rank=36,
        visible=lambda one: one.state == State.PROGRESS,
        run=actions.pause,
        done=lambda one, actor: _now("Paused."),
    ),
    Button(
        command="resume",
        label=pgettext_lazy("button", "Resume"),
        icon="refresh",
        rank=36,
        is_primary=True,
        visible=lambda one: one.state == State.PAUSED,
        run=actions.resume,
        done=lambda one, actor: _now("Resumed."),
    ),
    Button(
        command="close-subscription",
        label=_("Close the subscription"),
        icon="x",
        rank=60,
        visible=is_live,
        asks="recurring/close.html",
        asking=asking_reason,
        reads=reason_answers,
        run=actions.close,
        done=lambda one, actor: _now("Saved."),
    ),
    Button(
        command="clear-exception",
        label=_("The payment is clear"),
        icon="check",
        rank=21,
        is_primary=True,
        visible=lambda one: one.has_payment_exception and one.is_live,
        run=actions.clear_exception,
    ),
    Button(
        command="reopen",
        label=_("Open again"),
        icon="arrow-back-up",
        rank=60,
        visible=lambda one: (
            one.state == State.CHURNED and one.order.state == Order.State.SALE
        ),
        may=lambda one, actor: actor.has(Role.SALES_MANAGER),
        run=actions.reopen,
        done=lambda one, actor: _now("Running again."),
    ),
)


def of_orders() -> list[Button]:
    """The same buttons on the form of the order."""
    from dataclasses import replace

    def seen(visible: Callable[[Any], bool]) -> Callable[[Any], bool]:
        def check(order: Order) -> bool:
            one = of(order)
            return one is not None and visible(one)

        return check

    def ran(run: Callable[..., Any]) -> Callable[..., Any]:
        def press(order: Order, *, by: Actor, **given: Any) -> Any:
            one = Subscription.objects.filter(order=order).first()
            if one is None:
                raise InvalidValues({"": _now("This order does not recur.")})
            found = run(one, by=by, **given)
            return found if isinstance(found, str) else order

        return press

    return [
        replace(
            one,
            visible=seen(one.visible),
            run=ran(one.run) if one.run else None,
            is_primary=one.is_primary,
        )
        for one in BUTTONS
    ]


# --- counts ---------------------------------------------------------------------------


def plan_text(order: Order, actor: Actor) -> str:
    """The plan, the state and the next invoice."""
    one = of(order)
    if one is None:
        return ""
    parts = [str(one.plan), str(one.get_state_display())]
    if one.next_on and one.is_live:
        parts.append(actor.profile.date_text(one.next_on))
    return " · ".join(parts)


ORDER_SUBSCRIPTION = SmartButton(
    name="subscription",
    label=_("Recurrence"),
    icon="refresh",
    count=lambda order, actor: 1 if of(order) is not None else 0,
    url=lambda order: reverse("subscriptions:record", args=[_pk(order)]),
    hides_zero=True,
    note=plan_text,
    rank=15,
)


def _pk(order: Order) -> int:
    one = of(order)
    return one.pk if one is not None else 0


def _of_family(contact: Contact, actor: Actor) -> Any:
    condition = [["customer", "child_of", contact.pk]]
    return (
        rows.visible(SUBSCRIPTIONS, actor)
        .filter(conditions.compile(condition, SUBSCRIPTIONS, actor))
        .exclude(state__in=(State.QUOTATION, State.UPSELL))
    )


CONTACT_SUBSCRIPTIONS = SmartButton(
    name="subscriptions",
    label=_("Subscriptions"),
    icon="refresh",
    count=lambda contact, actor: (
        _of_family(contact, actor).count()
        if rows.may(SUBSCRIPTIONS, actor, "read")
        else 0
    ),
    url=lambda contact: list_of(
        "subscriptions", [["customer", "child_of", contact.pk]]
    ),
    hides_zero=True,
    rank=33,
)


def list_of(slug: str, condition: list[Any] | None = None, *filters: str) -> str:
    """The address of a list."""
    custom = (json.dumps(condition, separators=(",", ":")),) if condition else ()
    state = SearchState(view="list", custom=custom, filters=filters)
    return f"{reverse(f'{slug}:browse')}?{state.query()}"


__all__ = ["BUTTONS", "list_of", "register"]
