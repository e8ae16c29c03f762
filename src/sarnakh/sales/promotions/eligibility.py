"""Whether an order has what a program asks for, and the points it gets. Pure
(spec sales §10.2)."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, Context, Decimal

from sarnakh.sales.promotions.facts import ZERO, Line, RewardFacts, RuleFacts

_EXACT = Context(prec=60)
CENTS = Decimal("0.01")
OK, PRODUCTS, QUANTITY, AMOUNT = "", "products", "quantity", "amount"


def missing(rule: RuleFacts, lines: Sequence[Line], *, program: int) -> str:
    """What an order lacks for a rule: nothing (""), products, quantity or amount."""
    bought = [line for line in lines if line.is_bought and rule.filter.matches(line)]
    if not bought and (not rule.filter.is_open or rule.minimum_quantity > ZERO):
        return PRODUCTS
    if sum((line.quantity for line in bought), ZERO) < rule.minimum_quantity:
        return QUANTITY
    if rule.minimum_amount and purchase(rule, lines, program) < rule.minimum_amount:
        return AMOUNT
    return OK


def purchase(rule: RuleFacts, lines: Iterable[Line], program: int) -> int:
    """What counts towards the minimum purchase: no sending, no automatic discounts
    nor the program's own; discounts by codes of other programs lower it."""
    return sum(
        line.amounts.total if rule.includes_tax else line.amounts.subtotal
        for line in lines
        if not line.is_delivery
        and (
            line.is_by_code
            and line.reward_kind == "discount"
            and line.program != program
            and not line.is_from_card
            and rule.filter.is_open
            if line.reward_kind
            else rule.filter.matches(line)
        )
    )


def earned(
    rule: RuleFacts, lines: Sequence[Line], *, program: int, unit: Decimal
) -> Decimal:
    """The points of a rule that holds; `unit` smallest units of the order's currency
    are one unit of money of the program."""
    if rule.per == "order":
        return rule.points
    if rule.per == "unit":
        return _EXACT.multiply(rule.points, bought(rule, lines))
    paid = sum(
        line.amounts.total
        for line in lines
        if not line.is_delivery
        and (
            line.reward_kind == "discount"
            and not line.is_from_card
            and line.program != program
            and rule.filter.is_open
            if line.reward_kind
            else rule.filter.matches(line)
        )
    )
    money = _EXACT.divide(Decimal(max(paid, 0)), unit)
    return down(_EXACT.multiply(rule.points, money))


def bought(rule: RuleFacts, lines: Iterable[Line]) -> Decimal:
    """How many units of the rule's products are bought."""
    return sum(
        (
            line.quantity
            for line in lines
            if line.is_bought and rule.filter.matches(line)
        ),
        ZERO,
    )


def times(reward: RewardFacts, usable: Decimal) -> Decimal:
    """How often points pay for a reward; once where it uses them all up."""
    if usable < reward.required:
        return ZERO
    if reward.clears or not reward.required:
        return Decimal(1)
    return _EXACT.divide_int(usable, reward.required)


def cost(reward: RewardFacts, usable: Decimal, count: Decimal) -> Decimal:
    """The points that it takes."""
    if reward.clears:
        return usable
    return _EXACT.multiply(reward.required, count)


def down(points: Decimal) -> Decimal:
    """Two decimals, rounded down."""
    return points.quantize(CENTS, rounding=ROUND_DOWN, context=_EXACT)


def up(points: Decimal) -> Decimal:
    """Two decimals, rounded up."""
    return points.quantize(CENTS, rounding=ROUND_CEILING, context=_EXACT)
