"""A confirmed order with a plan begins to run (spec sales §22)."""

from decimal import Decimal

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import RecurringPlan
from sarnakh.lib.shipped import Name
from sarnakh.money import rates
from sarnakh.money.conversion import converted
from sarnakh.recurring import amounts, errors
from sarnakh.recurring.models import MrrChange, Subscription
from sarnakh.recurring.prices import share_left
from sarnakh.recurring.subscriptions import revenue
from sarnakh.recurring.subscriptions.held import held, keep, of_order, take_order
from sarnakh.sales.billing import figures
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

State, Kind = Subscription.State, MrrChange.Kind


def refuse(order: Order, *, by: Actor) -> None:
    """A renewal or an upsell needs what it belongs to; called before confirming."""
    if not sides.may_have(order, "subscription"):
        return
    found = (
        Subscription.objects.filter(order=order)
        .select_related("renewal_of", "upsell_of")
        .first()
    )
    if found is None:
        return
    for parent in (found.renewal_of, found.upsell_of):
        if parent is not None and not parent.is_live:
            raise errors.parent_gone(order.number, parent.number)


def start(order: Order, *, by: Actor) -> None:
    """Begin: a new subscription, a renewal in place of an old one, or an upsell that
    goes into its parent. An order without a recurring line stays an ordinary one."""
    subscription = of_order(order)
    if subscription is None:
        return
    if subscription.state == State.UPSELL:
        _merge(subscription, by=by)
        return
    if subscription.state != State.QUOTATION or not revenue.recurring_lines(order):
        return
    if subscription.renewal_of is not None:
        _replace(subscription, by=by)
    else:
        _begin(subscription, by=by)
    figures.refresh([order.pk], by=by)
    order.refresh_from_db(fields=["invoice_status", "amount_to_invoice"])
    fill_opportunity(subscription, by=by)


def _begin(subscription: Subscription, *, by: Actor) -> None:
    _run(subscription)
    _kept(subscription, by=by)
    revenue.log(subscription, Kind.NEW, subscription.mrr)


def _run(subscription: Subscription) -> None:
    take_order(subscription)
    today = subscription.company.profile().today()
    subscription.starts_on = subscription.starts_on or today
    subscription.state = State.PROGRESS
    subscription.next_on, subscription.next_period = subscription.starts_on, 0
    subscription.closed_on, subscription.close_reason = None, None
    subscription.close_note = ""
    subscription.mrr = revenue.mrr_of(subscription)


def _kept(subscription: Subscription, *, by: Actor) -> None:
    profile = subscription.company.profile()
    day = profile.date_text(subscription.next_on) if subscription.next_on else ""
    keep(
        subscription,
        ["state", "starts_on", "next_on", "next_period", "mrr", "closed_on",
         "close_reason", "close_note", "number", "company", "customer", "salesperson",
         "team", "search_text"],
        event="started",
        note=_("%(plan)s, first invoice on %(day)s")
        % {"plan": subscription.plan, "day": day},
        by=by,
    )  # fmt: skip


def _replace(subscription: Subscription, *, by: Actor) -> None:
    """The old one ends where the new one begins: no period is billed twice."""
    if subscription.renewal_of is None:
        return
    old = held(subscription.renewal_of)
    if not old.is_live:
        raise errors.parent_gone(subscription.number, old.number)
    today = subscription.company.profile().today()
    begin = old.next_on or today
    if old.state == State.PAUSED:
        begin = max(begin, today)
    lost, old.mrr = old.mrr, 0
    old.state, old.next_on, old.closed_on = State.RENEWED, None, begin
    keep(
        old,
        ["state", "next_on", "closed_on", "mrr"],
        event="renewed",
        note=_("Renewed by %(number)s") % {"number": subscription.number},
        by=by,
    )
    subscription.starts_on = begin
    _run(subscription)
    _kept(subscription, by=by)
    revenue.log(old, Kind.TRANSFER, -lost)
    whole, subscription.mrr = subscription.mrr, lost
    revenue.log(subscription, Kind.TRANSFER, lost)
    subscription.mrr = whole
    moved = whole - lost
    revenue.log(subscription, Kind.EXPANSION if moved > 0 else Kind.CONTRACTION, moved)
    figures.refresh([old.order_id], by=by)


def _merge(subscription: Subscription, *, by: Actor) -> None:
    """What was sold in addition recurs on the parent, at full price."""
    if subscription.upsell_of is None:
        return
    share = share_left(subscription)
    parent = held(subscription.upsell_of)
    if not parent.is_live:
        raise errors.parent_gone(subscription.number, parent.number)
    present = revenue.recurring_lines(parent.order)
    new = []
    for line in revenue.recurring_lines(subscription.order):
        if not line.quantity:
            continue
        is_part = line.product is not None and not line.product.is_goods
        for one in present:
            price = amounts.part(one.unit_price, share) if is_part else one.unit_price
            if _key(one) == _key(line) and price == line.unit_price:
                one.order = parent.order
                wanted = one.quantity + line.quantity
                lines.change(one, {"quantity": wanted}, by=by)
                one.quantity = wanted
                break
        else:
            new.append(_as_new(line, share if is_part else None))
    lines.add(parent.order, new, by=by)
    take_order(subscription)
    keep(
        subscription,
        ["number", "customer", "salesperson", "team", "search_text"],
        event="merged",
        note=_("Added to %(number)s") % {"number": parent.number},
        by=by,
    )


def _key(line: OrderLine) -> tuple[int | None, int | None, Decimal]:
    return line.product_id, line.unit_id, line.discount


def _as_new(line: OrderLine, share: object) -> dict[str, object]:
    """A line for the parent; its price is asked for again unless it was typed."""
    values: dict[str, object] = {
        "product": line.product_id,
        "description": line.description,
        "quantity": line.quantity,
        "unit": line.unit_id,
        "discount": line.discount,
        "taxes": list(line.taxes.values_list("pk", flat=True)),
    }
    if line.price_is_manual:
        values["unit_price"] = (
            amounts.whole_of(line.unit_price, share)  # type: ignore[arg-type]
            if share is not None
            else line.unit_price
        )
    return values


# --- opportunities ------------------------------------------------------------------


def fill_opportunity(subscription: Subscription, *, by: Actor) -> None:
    """The opportunity's recurring revenue and plan are those of its subscription."""
    lead = subscription.order.opportunity
    if lead is None:
        return
    rhythm = subscription.rhythm
    months = rhythm.months or 1
    amount = (
        revenue.per_period(subscription.order) if rhythm.months else subscription.mrr
    )
    home = subscription.company.currency
    currency = lead.company.currency if lead.company else home
    if currency != home:
        day = subscription.order.ordered_at.date()
        price = rates.price_of(currency, subscription.company, day)
        amount = converted(amount, 1 / price, home, currency)
    plan = _crm_plan(subscription, months)
    if (lead.recurring_revenue, lead.recurring_plan_id) == (amount, plan.pk):
        return
    leads.change(lead, {"recurring_revenue": amount, "recurring_plan": plan.pk}, by=by)


def _crm_plan(subscription: Subscription, months: int) -> RecurringPlan:
    found = RecurringPlan.objects.filter(months=months).order_by(
        "-active", "sequence", "pk"
    )
    if (plan := found.first()) is not None:
        return plan
    name = Name(f"{months} ماهه", f"كل {months} شهرًا", f"{months} months")
    plan, _made = RecurringPlan.objects.get_or_create(
        months=months,
        defaults={"name": name.in_language(subscription.company.language)},
    )
    return plan


__all__ = ["fill_opportunity", "refuse", "start"]
