"""Closing subscriptions, at once or at the end of what is paid, and opening them."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.recurring import errors, periods, shipped
from sarnakh.recurring.models import CloseReason, MrrChange, Subscription
from sarnakh.recurring.subscriptions import revenue
from sarnakh.recurring.subscriptions.held import held, keep
from sarnakh.sales.models import Order

State = Subscription.State
_DAY = dt.timedelta(days=1)
NAMES = {"end": shipped.END, "unpaid": shipped.UNPAID, "cancelled": shipped.CANCELLED}


@whole
def close(
    subscription: Subscription,
    *,
    reason: CloseReason | int | None = None,
    note: str = "",
    at_end: bool = False,
    by: Actor,
) -> Subscription:
    """Close it with a reason, now or when what is invoiced is over.

    What is closed already stays as it is.
    """
    present = held(subscription)
    if present.state == State.CHURNED:
        return present
    if not present.is_live:
        raise errors.not_running(present.number)
    chosen: CloseReason | None = (
        rows.find(by_model(CloseReason), reason, by)
        if isinstance(reason, int)
        else reason
    )
    if chosen is None and not note.strip():
        raise InvalidValues({"reason": _("Choose a reason, or say it in words.")})
    present.close_reason, present.close_note = chosen, note.strip()[:300]
    today = present.company.profile().today()
    last = present.next_on - _DAY if present.next_on else today
    if at_end and present.periods_invoiced and last >= today:
        present.ends_on = last
        return keep(
            present,
            ["ends_on", "close_reason", "close_note"],
            event="closing",
            note=_("Ends on %(day)s: %(reason)s")
            % {
                "day": present.company.profile().date_text(last),
                "reason": reason_text(present),
            },
            by=by,
        )
    return churn(present, by=by)


def churn(subscription: Subscription, *, by: Actor) -> Subscription:
    """Close a held one with the reason that it has; the figures say so."""
    lost, subscription.mrr = subscription.mrr, 0
    subscription.state = State.CHURNED
    subscription.closed_on = subscription.company.profile().today()
    subscription.next_on = None
    keep(
        subscription,
        ["state", "closed_on", "next_on", "mrr", "close_reason", "close_note"],
        event="churned",
        note=_("Closed: %(reason)s") % {"reason": reason_text(subscription)},
        by=by,
    )
    revenue.log(subscription, MrrChange.Kind.CHURN, -lost)
    return subscription


@whole
def close_for(subscription: Subscription, code: str, *, by: Actor) -> Subscription:
    """Close it for a reason of the system: "end", "unpaid" or "cancelled"; at its end
    the reason that somebody gave beforehand holds."""
    present = held(subscription)
    if not present.is_live:
        return present
    if not (code == "end" and (present.close_reason or present.close_note)):
        present.close_reason, present.close_note = reason_of(code, present), ""
    return churn(present, by=by)


def reason_of(code: str, subscription: Subscription) -> CloseReason:
    """The reason with that code; made anew when somebody has deleted it."""
    name = NAMES[code].in_language(subscription.company.language)
    found, _made = CloseReason.objects.get_or_create(
        code=code, defaults={"name": name, "is_public": False, "sequence": 90}
    )
    return found


def reason_text(subscription: Subscription) -> str:
    """Reason and words, as far as there are."""
    parts = (str(subscription.close_reason or ""), subscription.close_note)
    return ", ".join(part for part in parts if part)


@whole
def reopen(subscription: Subscription, *, by: Actor) -> Subscription:
    """Let a closed one run again from the next period on; for sales managers."""
    if not by.has(Role.SALES_MANAGER):
        raise PermissionDenied
    present = held(subscription)
    if present.is_live:
        return present
    if present.state != State.CHURNED or present.order.state != Order.State.SALE:
        raise errors.not_closed(present.number)
    renewals = present.renewals.exclude(order__state=Order.State.CANCELLED)
    if renewals.exists():
        raise errors.has_renewal(present.number)
    present.state, present.closed_on = State.PROGRESS, None
    present.close_reason, present.close_note = None, ""
    take_up(present)
    if present.ends_on and present.next_on and present.ends_on < present.next_on:
        present.ends_on = None
    present.mrr = revenue.mrr_of(present)
    keep(
        present,
        ["state", "closed_on", "close_reason", "close_note", "next_on", "next_period",
         "ends_on", "mrr"],
        event="reopened",
        note=_("Open again, next invoice on %(day)s")
        % {"day": present.company.profile().date_text(present.next_on)
           if present.next_on else ""},
        by=by,
    )  # fmt: skip
    revenue.log(present, MrrChange.Kind.NEW, present.mrr)
    return present


@whole
def pause(subscription: Subscription, *, by: Actor) -> Subscription:
    """Stop invoicing for a while; what it brings in is still counted."""
    present = held(subscription)
    if present.state == State.PAUSED:
        return present
    if present.state != State.PROGRESS:
        raise errors.not_running(present.number)
    present.state = State.PAUSED
    return keep(present, ["state"], event="paused", note=_("Paused"), by=by)


@whole
def resume(subscription: Subscription, *, by: Actor) -> Subscription:
    """Go on with the next period that begins; what was missed stays free."""
    present = held(subscription)
    if present.state == State.PROGRESS:
        return present
    if present.state != State.PAUSED:
        raise errors.not_paused(present.number)
    present.state = State.PROGRESS
    take_up(present)
    profile = present.company.profile()
    day = profile.date_text(present.next_on or profile.today())
    return keep(
        present,
        ["state", "next_on", "next_period"],
        event="resumed",
        note=_("Resumed, next invoice on %(day)s") % {"day": day},
        by=by,
    )


@whole
def clear_exception(subscription: Subscription, *, by: Actor) -> Subscription:
    """The payment is clear now: invoices go on."""
    present = held(subscription)
    if not present.has_payment_exception:
        return present
    present.has_payment_exception = False
    return keep(
        present,
        ["has_payment_exception"],
        event="payment-cleared",
        note=_("The payment was cleared"),
        by=by,
    )


def take_up(subscription: Subscription) -> None:
    """The next period is the first that has not begun before today."""
    start = subscription.starts_on
    if start is None:
        return
    calendar = subscription.company.profile().cal
    today = subscription.company.profile().today()
    number = periods.first_from(
        start, subscription.rhythm, subscription.next_period, today, calendar
    )
    subscription.next_period = number
    subscription.next_on = periods.start_of(
        start, subscription.rhythm, number, calendar
    )
