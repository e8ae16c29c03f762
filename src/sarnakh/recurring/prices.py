"""What recurring products cost on orders with a plan (spec sales §22).

Plan and price list, then plan, then whatever the price list says. On an upsell a
service costs only what is left of the running period.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.units import price_converted
from sarnakh.money import rates
from sarnakh.pricing import queries as pricing
from sarnakh.recurring import amounts, periods
from sarnakh.recurring.models import PlanPrice, Subscription
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.scene import PRICE_STEP, PRODUCT, Scene
from sarnakh.sales.models import Order, OrderLine

UPSELL = Subscription.State.UPSELL


def own_prices(order: Order, found: Sequence[OrderLine]) -> dict[int, Decimal]:
    """Unit prices by place in the lines; nothing is asked where nothing recurs."""
    places = [
        place
        for place, line in enumerate(found)
        if line.product and line.product.is_recurring
    ]
    if not places:
        return {}
    subscription = (
        Subscription.objects.filter(order=order)
        .select_related("plan", "upsell_of")
        .first()
    )
    if subscription is None:
        return {}
    prices = _of_plan(order, subscription, [found[place] for place in places])
    share = share_left(subscription)
    made: dict[int, Decimal] = {}
    for place in places:
        line = found[place]
        price = prices.get(line.product_id or 0)
        if price is not None and line.product and line.unit:
            price = price_converted(price, line.product.unit, line.unit)
        if share != 1 and line.product and not line.product.is_goods:
            full = price if price is not None else _of_list(order, line)
            price = amounts.part(full, share)
        if price is not None:
            made[place] = price.quantize(PRICE_STEP)
    return made


def share_left(subscription: Subscription) -> Fraction:
    """Which part of the period an upsell still covers; 1 for anything else."""
    parent = subscription.upsell_of
    if subscription.state != UPSELL or parent is None:
        return Fraction(1)
    last = parent.periods.order_by("-number").first()
    if last is None:
        return Fraction(1)
    covered = periods.Covered(last.first_day, last.last_day)
    today = subscription.starts_on or covered.first
    return periods.remaining(covered.first, covered.next, today) or Fraction(1)


def reprice(order: Order, *, by: Actor) -> None:
    """Price the recurring lines of a quotation anew; typed prices stay."""
    found = lines.full_lines(order)
    taxes = {line.pk: [tax.pk for tax in line.taxes.all()] for line in found}
    wanted = [
        line
        for line in found
        if line.kind == PRODUCT
        and line.product
        and line.product.is_recurring
        and not (line.price_is_manual or line.is_option)
    ]
    if not wanted:
        return
    scene = Scene(order)
    scene.rules({pk for listed in taxes.values() for pk in listed})
    scene.price(
        wanted,
        {place: taxes[line.pk] for place, line in enumerate(wanted)},
        fresh=False,
    )
    lines.recompute(order, lines=found, tax_ids=taxes, by=by)


def _of_plan(
    order: Order, subscription: Subscription, found: Sequence[OrderLine]
) -> dict[int, Decimal]:
    """By product, of one of its units, in the order's currency."""
    rows = PlanPrice.objects.filter(
        plan=subscription.plan_id, product__in=[line.product_id for line in found]
    )
    best: dict[int, PlanPrice] = {}
    for row in rows:
        if row.pricelist_id not in (None, order.pricelist_id):
            continue
        if row.pricelist_id or row.product_id not in best:
            best[row.product_id] = row
    rate = Decimal(order.rate) or Decimal(1)
    return {
        # Without a price list it is said in the company's currency.
        key: row.price if row.pricelist_id else row.price / rate
        for key, row in best.items()
    }


def _of_list(order: Order, line: OrderLine) -> Decimal:
    if line.product is None or line.unit is None:
        return Decimal(0)
    (found,) = pricing.prices(
        [(line.product, line.quantity, line.unit)],
        pricelist=order.pricelist,
        currency=order.currency,
        company=order.company,
        at=Scene(order).at,
        rates=rates.price_of,
    )
    return found.unit_price
