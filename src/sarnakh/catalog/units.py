"""Conversion between units of one category: exact, then rounded once.

A unit's *factor* says how many of it make one reference unit: 1000 for grams,
1/12 for dozens. Rules: spec sales §4.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Literal, Protocol

from sarnakh.catalog.errors import OtherUnitCategory

Rounding = Literal["up", "half-up", "none"]

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
# Enough for any quantity or price that is stored, and for the way back.
_PRECISE = Context(prec=34, rounding=ROUND_HALF_UP)


class Measure(Protocol):
    """What conversion asks of a unit."""

    @property
    def category_id(self) -> int:
        """Units convert within one category only."""

    @property
    def size(self) -> str:
        """`reference`, `bigger` or `smaller`."""

    @property
    def ratio(self) -> Decimal:
        """How many times bigger or smaller than the reference."""

    @property
    def rounding(self) -> Decimal:
        """The smallest step of a quantity."""


def converts(source: Measure, target: Measure) -> bool:
    """Whether both measure the same thing."""
    return source.category_id == target.category_id


def converted(
    quantity: Decimal,
    source: Measure,
    target: Measure,
    *,
    rounding: Rounding = "up",
) -> Decimal:
    """A quantity in another unit, rounded to the other unit's step.

    "up" is away from zero: 50 pieces are 2.09 packs of 24. Refused between
    categories. A quantity that stays in its unit is left as it is.
    """
    if source == target:
        return quantity
    if not converts(source, target):
        raise OtherUnitCategory(source, target)
    exact = Fraction(quantity) / _factor(source) * _factor(target)
    if rounding == "none":
        return _decimal(exact)
    return _stepped(exact, target.rounding, rounding)


def price_converted(price: Decimal, source: Measure, target: Measure) -> Decimal:
    """The price of one of another unit, not rounded: 18,000 each is 432,000 a pack."""
    if source == target:
        return price
    if not converts(source, target):
        raise OtherUnitCategory(source, target)
    return _decimal(Fraction(price) * _factor(source) / _factor(target))


def _factor(unit: Measure) -> Fraction:
    if unit.size == "bigger":
        return 1 / Fraction(unit.ratio)
    return Fraction(unit.ratio) if unit.size == "smaller" else Fraction(1)


def _stepped(exact: Fraction, step: Decimal, rounding: Rounding) -> Decimal:
    """The nearest whole number of steps, or the next one away from zero."""
    count = abs(exact) / Fraction(step)
    if rounding == "up":
        steps = -(-count.numerator // count.denominator)
    else:
        steps = (2 * count.numerator + count.denominator) // (2 * count.denominator)
    return _EXACT.multiply(Decimal(-steps if exact < 0 else steps), step)


def _decimal(exact: Fraction) -> Decimal:
    return _PRECISE.divide(Decimal(exact.numerator), Decimal(exact.denominator))
