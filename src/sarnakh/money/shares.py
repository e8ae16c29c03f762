"""Dividing an amount so that the parts make it up exactly. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from sarnakh.money.exact import EXACT, whole


def split(amount: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Parts in proportion to the weights; the last one with a weight takes the rest.

    Used where a discount is spread over sets of taxes: each set gets
    amount × its share of the total. Without any weight everything is in the
    first part.
    """
    if not weights:
        return []
    exact = [Decimal(weight) for weight in weights]
    total = Decimal(0)
    for weight in exact:
        total = EXACT.add(total, weight)
    if not total:
        return [amount] + [0] * (len(exact) - 1)
    parts = [
        whole(EXACT.divide(EXACT.multiply(Decimal(amount), weight), total))
        for weight in exact
    ]
    last = max(index for index, weight in enumerate(exact) if weight)
    parts[last] += amount - sum(parts)
    return parts


def per_cent(amount: int, percent: Decimal) -> int:
    """So many per cent of an amount, in whole smallest units."""
    return whole(EXACT.multiply(Decimal(amount), EXACT.divide(percent, Decimal(100))))
