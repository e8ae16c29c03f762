"""What a line and an order leave after their costs. Pure (spec sales §12)."""

from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_CENTS = Decimal("0.01")


def margin(subtotal: int, cost: Decimal, quantity: Decimal, *, decimals: int) -> int:
    """Subtotal less the cost of the quantity, in smallest units."""
    spent = _EXACT.multiply(cost, quantity).scaleb(decimals, context=_EXACT)
    return subtotal - int(spent.quantize(Decimal(1), context=_EXACT))


def percent(left: int, untaxed: int) -> Decimal:
    """The share of the untaxed amount, in per cent; 0 when there is none."""
    if not untaxed:
        return Decimal(0)
    share = _EXACT.divide(Decimal(left) * 100, Decimal(untaxed))
    return share.quantize(_CENTS, context=_EXACT)
