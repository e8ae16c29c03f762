"""Amounts of one currency in another at a given rate. Pure.

A rate is the price of one unit of the source in the target currency.
"""

from decimal import Decimal

from sarnakh.lib.money import CURRENCIES
from sarnakh.money.exact import EXACT, whole


def converted(amount: int, rate: Decimal, source: str, target: str) -> int:
    """Smallest units of the target, rounded; the same currency stays as it is."""
    if source == target:
        return amount
    shift = CURRENCIES[target].decimals - CURRENCIES[source].decimals
    exact = EXACT.multiply(Decimal(amount), rate)
    return whole(exact.scaleb(shift, context=EXACT))


def price_converted(price: Decimal, rate: Decimal) -> Decimal:
    """A price in major units, not rounded."""
    return EXACT.multiply(price, rate)


def quotient(rate: Decimal, other: Decimal) -> Decimal:
    """The rate between two currencies that are quoted in the same third one."""
    return EXACT.divide(rate, other)
