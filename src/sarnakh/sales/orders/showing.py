"""What the form of an order says besides its fields."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.lib.money import format_money
from sarnakh.lib.numbers import format_number
from sarnakh.money.models import TradeSettings
from sarnakh.sales.access import SEES_COSTS
from sarnakh.sales.lines.scene import TAX_RULES, settings_key
from sarnakh.sales.lines.scene import Scene as LineScene
from sarnakh.sales.lines.totals import block
from sarnakh.sales.margins import percent
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.opportunities import winning
from sarnakh.sales.orders import credit, editing
from sarnakh.sales.orders.refreshing import tax_rate_has_changed
from sarnakh.sales.orders.scene import Scene
from sarnakh.screens.screen import Banner, Step

State = Order.State


def progress(order: Order, actor: Actor) -> list[Step]:
    """Quotation, sent, sales order; or cancelled."""
    if order.state == State.CANCELLED:
        return [Step(label=order.get_state_display(), is_current=True)]
    names = [State.DRAFT, State.SENT, State.SALE]
    place = names.index(State(order.state))
    return [
        Step(label=name.label, is_current=number == place, is_past=number < place)
        for number, name in enumerate(names)
    ]


def ribbon(order: Order) -> tuple[str, Any] | None:
    """Locked or cancelled, across the corner."""
    if order.state == State.CANCELLED:
        return ("lost", pgettext("ribbon", "Cancelled"))
    return ("won", pgettext("ribbon", "Locked")) if order.is_locked else None


def banners(order: Order, actor: Actor) -> list[Banner]:
    """What to know before going on: stale prices, an expired offer, warnings."""
    found: list[Banner] = []
    if order.shipping_is_stale and order.shipping_method_id:
        found.append(
            Banner(
                text=_("Lines or address have changed; shipping keeps its cost."),
                command="update-shipping",
                label=_("Update shipping cost"),
            )
        )
    if order.is_quotation:
        found += _stale(order)
        found += _warnings(order, actor)
    if order.opportunity_id and winning.asks(order, _settings(order, actor)):
        found.append(
            Banner(
                text=_("The opportunity “%(name)s” is still open.")
                % {"name": order.opportunity},
                tone="info",
                command="win-opportunity",
                label=_("Mark as won"),
            )
        )
    return found


def _settings(order: Order, actor: Actor) -> TradeSettings:
    """How the order's company trades, read once for a page."""
    key = settings_key(order)
    found: TradeSettings = actor.once(key, lambda: TradeSettings.of(order.company))
    return found


def _stale(order: Order) -> list[Banner]:
    found = []
    today = order.company.profile().today()
    if is_expired(order, today):
        found.append(Banner(text=_("This quotation has expired."), tone="bad"))
    if order.prices_are_stale:
        found.append(
            Banner(
                text=_("The price list has changed; the lines keep their prices."),
                command="update-prices",
                label=_("Update prices"),
            )
        )
    if order.taxes_are_stale:
        found.append(
            Banner(
                text=_("The fiscal position has changed; the lines keep their taxes."),
                command="update-taxes",
                label=_("Update taxes"),
            )
        )
    elif tax_rate_has_changed(order):
        found.append(
            Banner(
                text=_("The rate of a tax has changed since; the lines keep theirs."),
                command="update-taxes",
                label=_("Update taxes"),
            )
        )
    expected = expected_at(order)
    if order.promised_at and expected and order.promised_at < expected:
        found.append(
            Banner(text=_("The delivery date is earlier than can be expected."))
        )
    return found


def _warnings(order: Order, actor: Actor) -> list[Banner]:
    scene = Scene(actor)
    known = scene.contacts([order.customer_id])
    customer = known.get(order.customer_id, order.customer)
    order.customer = customer
    found = []
    terms = scene.terms(customer, order.company)
    if terms and terms.warning != Product.Notice.NONE and terms.warning_text:
        found.append(Banner(text=f"{customer.name}: {terms.warning_text}"))
    warned = (
        OrderLine.objects.filter(order=order, product__warning=Product.Notice.WARN)
        .exclude(product__warning_text="")
        .values_list("product__name", "product__warning_text")
        .distinct()
    )
    found += [Banner(text=f"{name}: {text}") for name, text in warned[:5]]
    if terms and terms.credit_limit and (limit := credit.limit_passed(order, scene)):
        text = format_money(limit, order.company.currency, actor.profile)
        found.append(
            Banner(
                text=_(
                    "With this order the customer passes the credit limit of %(sum)s."
                )
                % {"sum": text}
            )
        )
    return found


def is_expired(order: Order, today: dt.date) -> bool:
    """The last day counts: an offer is expired on the day after."""
    return (
        order.is_quotation and order.expires_on is not None and order.expires_on < today
    )


def expected_at(order: Order) -> dt.datetime | None:
    """When goods can be expected by their lead times; None without any."""
    from django.utils import timezone

    if order.state == State.CANCELLED:
        return None
    days = list(
        OrderLine.objects.filter(
            order=order, kind=OrderLine.Kind.PRODUCT, is_delivery=False
        ).values_list("lead_days", flat=True)
    )
    if not days:
        return None
    start = order.ordered_at if order.state == State.SALE else timezone.now()
    together = order.shipping_policy == "together"
    return start + dt.timedelta(days=max(days) if together else min(days))


def fixes(order: Order | None, actor: Actor) -> set[str]:
    """Fields of the header that are settled now."""
    if order is None:
        return set()
    return set(editing.FIXED) if order.state == State.SALE else set()


def hides(order: Order | None, actor: Actor) -> set[str]:
    """What says nothing in this state."""
    hidden: set[str] = set()
    if order is None or order.state == State.SALE:
        hidden.add("template" if order else "")
    if order is not None and order.state == State.SALE:
        hidden.add("expires_on")
    if order is None or not order.signed_at:
        hidden |= {"signed_by", "signed_at"}
    if order is None:
        hidden |= {"ordered_at", "currency", "invoice_status", "delivery_status",
                   "amount_to_invoice"}  # fmt: skip
    return hidden - {""}


def totals(order: Order, actor: Actor) -> dict[str, Any]:
    """The block below the lines, and the margin for those who may see it."""
    if order.company_id == actor.company.pk:
        order.company = actor.company
    # What a write of this request has read a moment ago.
    scene = LineScene(order, dict(actor.once(TAX_RULES, dict)))
    scene.settings = _settings(order, actor)
    found = block(order, scene)
    profile, currency = actor.profile, order.currency

    def amount(minor: int) -> str:
        return format_money(minor, currency, profile)

    sees_costs = any(actor.has(role) for role in SEES_COSTS)
    share = percent(order.margin, order.untaxed)
    return {
        "untaxed": amount(found.untaxed),
        "buckets": [
            (
                bucket.label,
                amount(bucket.amount),
                [
                    (
                        row.label,
                        amount(row.base)
                        if found.shows_base and row.base is not None
                        else "",
                        amount(row.amount),
                    )
                    for row in bucket.rows
                ],
            )
            for bucket in found.buckets
        ],
        "total": amount(found.total),
        "undiscounted": amount(order.undiscounted)
        if order.undiscounted != order.untaxed
        else "",
        "margin": (
            _("Margin: %(amount)s (%(percent)s%%)")
            % {
                "amount": amount(order.margin),
                "percent": format_number(share, profile),
            }
            if sees_costs
            else ""
        ),
    }
