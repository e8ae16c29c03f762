"""How a discount falls on lines with different taxes. Pure (spec sales §9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
STEP = Decimal("0.0001")
HUNDRED = Decimal(100)

TaxSet = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """What lines with one set of taxes cost, in major units."""

    taxes: TaxSet
    amount: Decimal


def net(unit_price: Decimal, quantity: Decimal, discount: Decimal) -> Decimal:
    """A line's price less its own discount, not rounded."""
    share = _EXACT.subtract(HUNDRED, discount)
    whole = _EXACT.multiply(_EXACT.multiply(unit_price, quantity), share)
    return _EXACT.divide(whole, HUNDRED)


def by_taxes(lines: Iterable[tuple[TaxSet, Decimal]]) -> list[Part]:
    """The amounts of each set of taxes, in the order in which they are met."""
    sums: dict[TaxSet, Decimal] = {}
    for taxes, amount in lines:
        key = tuple(sorted(taxes))
        sums[key] = _EXACT.add(sums.get(key, Decimal(0)), amount)
    return [Part(taxes, amount) for taxes, amount in sums.items() if amount]


def percentage(parts: Sequence[Part], percent: Decimal) -> list[Part]:
    """One negative amount for each set of taxes."""
    return [
        Part(
            part.taxes,
            _EXACT.divide(_EXACT.multiply(-part.amount, percent), HUNDRED).quantize(
                STEP, context=_EXACT
            ),
        )
        for part in parts
    ]


def spread(parts: Sequence[Part], amount: Decimal, *, step: Decimal) -> list[Part]:
    """A fixed amount, each set by its share of the whole; the last takes the rest,
    so the parts are the amount exactly."""
    whole = sum((part.amount for part in parts), Decimal(0))
    if not whole:
        return []
    found, left = [], amount
    for place, part in enumerate(parts, start=1):
        share = (
            left
            if place == len(parts)
            else _EXACT.divide(_EXACT.multiply(amount, part.amount), whole).quantize(
                step, context=_EXACT
            )
        )
        left -= share
        found.append(Part(part.taxes, -share))
    return [part for part in found if part.amount]
