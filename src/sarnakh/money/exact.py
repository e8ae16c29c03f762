"""Exact arithmetic: 60 digits, ties away from zero, whatever the thread's own rules."""

from decimal import ROUND_HALF_UP, Context, Decimal

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


def whole(value: Decimal) -> int:
    """The nearest whole number, ties away from zero (2.5 → 3, −2.5 → −3)."""
    return int(value.quantize(ONE, context=EXACT))


def rounded(value: Decimal, places: int) -> Decimal:
    """So many decimals, ties away from zero."""
    return value.quantize(ONE.scaleb(-places, context=EXACT), context=EXACT)


def multiple(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of a step (> 0), ties away from zero."""
    times = EXACT.divide(value, step).quantize(ONE, context=EXACT)
    return EXACT.multiply(times, step)
