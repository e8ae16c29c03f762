"""Rounding a total to what can be paid in cash. Pure."""

from decimal import Decimal

from sarnakh.money.exact import EXACT, whole


def rounded_to(total: int, step: int, method: str = "half-up") -> int:
    """The multiple of a step (in smallest units) that is paid.

    `half-up` takes the nearest (ties away from zero), `up` goes away from zero,
    `down` towards it; negative totals mirror positive ones.
    """
    if step <= 1:
        return total
    size, sign = abs(total), -1 if total < 0 else 1
    if method == "half-up":
        times = whole(EXACT.divide(Decimal(size), Decimal(step)))
    elif method == "up":
        times = -(-size // step)
    else:
        times = size // step
    return sign * times * step


def difference(total: int, step: int, method: str = "half-up") -> int:
    """What a rounding line adds to the total."""
    return rounded_to(total, step, method) - total
