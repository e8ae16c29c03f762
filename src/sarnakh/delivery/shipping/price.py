"""What sending costs, and where a method goes to. Plain Python.

Amounts are whole smallest units; weights kg, volumes m³; the price that rules
compare is in major units, as people write it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt

ZERO = Decimal(0)
TESTS = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True)
class Basket:
    """The goods of an order: no services, nothing for sending itself."""

    weight: Decimal = ZERO
    volume: Decimal = ZERO
    quantity: Decimal = ZERO
    # Total with taxes without sending, in major units of the company's currency.
    price: Decimal = ZERO

    def value(self, variable: str) -> Decimal:
        """What a rule looks at."""
        if variable == "weight-volume":
            return self.weight * self.volume
        found: Decimal = getattr(self, variable)
        return found


@dataclass(frozen=True)
class Rule:
    """`variable operator value` holds: base + each × factor."""

    variable: str
    operator: str
    value: Decimal
    base: int = 0
    each: int = 0
    factor: str = "weight"
    sequence: int = 0

    def holds(self, basket: Basket) -> bool:
        """Whether the rule is for these goods."""
        return bool(TESTS[self.operator](basket.value(self.variable), self.value))

    def price(self, basket: Basket) -> Decimal:
        """In smallest units, not rounded."""
        return self.base + self.each * basket.value(self.factor)


@dataclass(frozen=True)
class Margin:
    """What comes on top of a rule's price."""

    percent: Decimal = ZERO
    amount: int = 0

    def on(self, price: Decimal) -> Decimal:
        """The price with the margin."""
        return price * (1 + self.percent / 100) + self.amount


def by_rules(
    rules: Sequence[Rule], basket: Basket, margin: Margin | None = None
) -> int | None:
    """The price of the first rule that holds; None when none does: the method is
    not available for these goods."""
    for rule in sorted(rules, key=lambda one: (one.sequence, one.each)):
        if rule.holds(basket):
            return rounded((margin or Margin()).on(rule.price(basket)))
    return None


def is_free(basket: Basket, free_over: Decimal | None) -> bool:
    """Whether a fixed method costs nothing from that total (major units) on."""
    return free_over is not None and basket.price >= free_over


def rounded(amount: Decimal) -> int:
    """Whole smallest units, half away from zero."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def reaches(
    *,
    country: str,
    state: str,
    code: str,
    countries: Sequence[str],
    states: Sequence[str],
    codes: Sequence[str],
) -> bool:
    """Whether an address lies where a method goes to; everything is folded already.

    Empty lists are no limit. "123" is the beginning of a postal code, "123$" all
    of it.
    """
    return (
        (not countries or country in countries)
        and (not states or state in states)
        and (not codes or any(_fits(code, wanted) for wanted in codes))
    )


def _fits(code: str, wanted: str) -> bool:
    if wanted.endswith("$"):
        return code == wanted[:-1]
    return bool(code) and code.startswith(wanted)
