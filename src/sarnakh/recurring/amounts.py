"""What comes in per month, and what a part of a period costs. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sarnakh.recurring.periods import Rhythm

# Days of a month on average, over days of a week.
WEEKS_OF_MONTH = Fraction("30.4375") / 7
MONTHS_OF_YEAR = 12
PRICE_STEP = Decimal("0.0001")


def monthly(amount: int, rhythm: Rhythm) -> int:
    """The amount of one period, per month, in the same smallest units."""
    factor = {
        "week": WEEKS_OF_MONTH,
        "month": Fraction(1),
        "year": Fraction(1, MONTHS_OF_YEAR),
    }[rhythm.unit]
    return _whole(Fraction(amount, rhythm.count) * factor)


def yearly(mrr: int) -> int:
    """What comes in per year."""
    return mrr * MONTHS_OF_YEAR


def part(price: Decimal, share: Fraction) -> Decimal:
    """The price of a part of a period, in four places."""
    if share == 1:
        return price
    exact = Fraction(price) * share
    step = Fraction(PRICE_STEP)
    return Decimal(_whole(exact / step)) * PRICE_STEP


def whole_of(price: Decimal, share: Fraction) -> Decimal:
    """The price of a whole period from that of a part; the reverse of `part`."""
    if share in (0, 1):
        return price
    return part(price, 1 / share)


def churn_rate(churned: int, at_start: int) -> Decimal:
    """Per cent of the beginning's MRR that was lost, in two places."""
    if at_start <= 0:
        return Decimal(0)
    rate = Decimal(abs(churned)) * 100 / Decimal(at_start)
    return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _whole(value: Fraction) -> int:
    """Half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value.numerator) + value.denominator)
                   // (2 * value.denominator))  # fmt: skip
