"""What promotions look at, without a database. Pure.

Amounts are whole smallest units of the order's currency, unit prices major units.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sarnakh.money.taxes.engine import LineAmounts, TaxRule

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Filter:
    """Products, their families, or categories with what lies in them; none: all."""

    products: frozenset[int] = frozenset()
    paths: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether every product is meant."""
        return not self.products and not self.paths

    def matches(self, line: "Line") -> bool:
        """Whether a line is meant."""
        return (
            self.is_open
            or line.product in self.products
            or line.family in self.products
            or any(line.path.startswith(path) for path in self.paths)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the order, or one that a reward gives."""

    unit_price: Decimal
    quantity: Decimal
    amounts: LineAmounts
    discount: Decimal = ZERO
    taxes: tuple[int, ...] = ()
    product: int = 0
    family: int = 0
    path: str = ""
    is_delivery: bool = False
    # Something bought: no sending, no discount, no reward.
    is_bought: bool = True
    # Of rewards: which program gives it, whether it comes by a code, and its kind.
    program: int = 0
    reward_kind: str = ""
    is_by_code: bool = False
    # Paid with points of a loyalty card, a gift card or a wallet.
    is_from_card: bool = False


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule with its amounts in the order's currency."""

    pk: int = 0
    filter: Filter = Filter()
    minimum_quantity: Decimal = ONE
    minimum_amount: int = 0
    includes_tax: bool = True
    points: Decimal = ONE
    per: str = "order"
    splits: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class RewardFacts:
    """A reward with its amounts in the order's currency."""

    pk: int = 0
    kind: str = "discount"
    mode: str = "percent"
    scope: str = "order"
    filter: Filter = Filter()
    percent: Decimal = ZERO
    amount: int = 0
    max_amount: int = 0
    quantity: Decimal = ONE
    required: Decimal = ONE
    clears: bool = False
    is_payment: bool = False

    @property
    def is_global(self) -> bool:
        """A percentage of the whole order: an order has one of these at most."""
        return (
            self.kind == "discount" and self.mode == "percent" and self.scope == "order"
        )


@dataclass(frozen=True, slots=True)
class Priced:
    """A line that a reward asks for."""

    unit_price: Decimal
    taxes: tuple[int, ...]
    quantity: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reward gives, and the points that it takes."""

    lines: tuple[Priced, ...] = ()
    spent: Decimal = ZERO
    # Of free products.
    quantity: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Money:
    """How amounts are computed on this order."""

    rules: Mapping[int, TaxRule] = field(default_factory=dict)
    decimals: int = 0
    per_document: bool = False

    def rules_of(self, taxes: Iterable[int]) -> list[TaxRule]:
        """What these taxes do."""
        return [self.rules[pk] for pk in taxes]
