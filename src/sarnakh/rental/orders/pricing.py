"""Prices and words of rented lines."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.lib.digits import Digits
from sarnakh.lib.profile import Profile
from sarnakh.money.models import TradeSettings
from sarnakh.rental.errors import TooShort
from sarnakh.rental.models import RentalLine, RentalPrice, RentalTerms
from sarnakh.rental.pricing.engine import Clock, PriceLine, cheapest
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.scene import description_of
from sarnakh.sales.models import Order

HOUR = dt.timedelta(hours=1)
STEP = Decimal("0.0001")
DIGITS: dict[str, Digits] = {"fa": "fa", "ar": "ar"}


def price_of(line: RentalLine, order: Order) -> Decimal | None:
    """What one unit costs for the period, in the order's currency; None without
    rental prices: the sales price holds, once."""
    rows = RentalPrice.objects.filter(
        Q(pricelist=None) | Q(pricelist=order.pricelist_id), product=line.product_id
    )
    found = cheapest(
        [PriceLine(row.duration, row.unit, row.price, row.pricelist_id)
         for row in rows],
        line.starts_at,
        line.returns_at,
        clock=clock_of(order.company),
        pricelist_id=order.pricelist_id,
    )  # fmt: skip
    if found is None:
        return None
    if found.line.pricelist_id is not None:
        return found.price.quantize(STEP)
    return (found.price / (order.rate or Decimal(1))).quantize(STEP)


def clock_of(company: Company) -> Clock:
    """The company's calendar counts months."""
    profile = company.profile()
    return Clock(profile.cal, profile.tz)


def terms_of(product_id: int) -> RentalTerms:
    """The terms of a product, plain ones when it has none."""
    found = RentalTerms.objects.filter(product=product_id)
    return found.select_related("deposit_product").first() or RentalTerms(
        product_id=product_id
    )


def place_in_time(line: RentalLine, company: Company) -> None:
    """Fill until when the units are busy; refuse what is shorter than allowed."""
    terms = terms_of(line.product_id)
    if line.returns_at - line.starts_at < float(terms.min_hours) * HOUR:
        raise TooShort(str(line.product), f"{terms.min_hours.normalize():f}")
    padding = terms.padding_hours
    if padding is None:
        padding = Decimal(str(TradeSettings.of(company).rental_padding_hours))
    line.busy_until = line.returns_at + float(padding) * HOUR


def reprice(line: RentalLine, order: Order, *, by: Actor) -> None:
    """Write price and words of the period on the order's line."""
    # What is rented comes back: its purchase is not the cost of this sale.
    values: dict[str, object] = {"description": words(line, order), "cost": Decimal(0)}
    price = price_of(line, order)
    if price is not None:
        values["unit_price"] = price
    order_line = lines.change(line.order_line, values, by=by)
    line.unit_price = order_line.unit_price


def words(line: RentalLine, order: Order) -> str:
    """The product, and from when until when, as the customer reads it."""
    return f"{description_of(line.product)}\n{period(line, order)}"


def period(line: RentalLine, order: Order) -> str:
    """From when until when, in the customer's language."""
    language = (order.customer.language or order.company.language)[:2]
    profile = replace(
        order.company.profile(),
        language=language,
        digits=DIGITS.get(language, "latin"),
    )
    return f"{moment(line.starts_at, profile)} → {moment(line.returns_at, profile)}"


def moment(at: dt.datetime, profile: Profile) -> str:
    """A day and a clock time."""
    from sarnakh.lib import digits

    local = profile.local(at)
    clock = digits.localize(f"{local:%H:%M}", profile.digits)
    return f"{profile.date_text(local.date())} {clock}"
