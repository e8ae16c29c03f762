"""What something costs on a price list: plain arithmetic on facts.

Rules: spec sales §5.3 (which rule), §5.4 (its price), §5.5 (the shown discount).
Prices are exact until `shown`, which rounds to what a line stores.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from sarnakh.catalog.units import Measure, converted, converts, price_converted

# A line keeps its unit price with four places and its discount with two.
PRICE_STEP = Decimal("0.0001")
DISCOUNT_STEP = Decimal("0.01")

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_HUNDRED = Decimal(100)
_LEVEL = {"variant": 0, "product": 1, "category": 2, "all": 3}

# What one unit of the first currency costs in the second.
Exchange = Callable[[str, str], Decimal]


@dataclass(frozen=True)
class ProductFacts:
    """A product as prices see it; `path` is that of its category."""

    pk: int
    price: Decimal
    cost: Decimal
    unit: Measure
    family_id: int | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A line of a price list; `percent` may be negative: a mark-up."""

    pk: int
    target: str = "all"
    product_id: int | None = None
    path: str = ""
    min_quantity: Decimal = Decimal(0)
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    computation: str = "fixed"
    fixed_price: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    base: str = "price"
    base_list: int | None = None
    rounding_step: Decimal = Decimal(0)
    surcharge: Decimal = Decimal(0)
    min_margin: Decimal | None = None
    max_margin: Decimal | None = None

    @property
    def follows(self) -> int | None:
        """The other list that its price starts from."""
        on_list = self.computation != "fixed" and self.base == "pricelist"
        return self.base_list if on_list else None


@dataclass(frozen=True)
class Sheet:
    """A price list with its rules; without rules it is the sales prices."""

    pk: int | None
    currency: str
    shows_discount: bool = False
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is asked: so many of a product, in a unit. `extra` is what values that
    are chosen on the line add to the sales price of one product unit."""

    product: ProductFacts
    quantity: Decimal
    unit: Measure
    extra: Decimal = Decimal(0)


@dataclass(frozen=True)
class Price:
    """As a line keeps it: the price of one unit, and a discount in per cent."""

    unit_price: Decimal
    discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Book:
    """Every list that takes part, and the exchange of their currencies.

    Sales prices and costs are in the currency `home`.
    """

    sheets: Mapping[int | None, Sheet]
    home: str
    at: dt.datetime
    exchange: Exchange = field(default=lambda source, target: Decimal(1))

    def rate(self, source: str, target: str) -> Decimal:
        """The price of one `source` in `target`."""
        return Decimal(1) if source == target else self.exchange(source, target)


def chosen(rules: Sequence[Rule], wanted: Wanted, at: dt.datetime) -> Rule | None:
    """The one rule that prices this: the closest target, then the highest minimum,
    then the deeper category, then the newest; its minimum must be reached."""
    quantity = product_quantity(wanted)
    fitting = [
        rule
        for rule in rules
        if _matches(rule, wanted.product) and _holds(rule, at)
        if rule.min_quantity <= quantity
    ]
    return min(fitting, key=_order, default=None)


def product_quantity(wanted: Wanted) -> Decimal:
    """The quantity in the product's own unit; nothing is priced like one, and what
    does not convert stays as it is."""
    quantity = wanted.quantity or Decimal(1)
    if not converts(wanted.unit, wanted.product.unit):
        return quantity
    return converted(quantity, wanted.unit, wanted.product.unit)


def price(wanted: Wanted, sheet: Sheet, book: Book) -> Decimal:
    """The price for one unit in the list's currency, not rounded."""
    rule = chosen(sheet.rules, wanted, book.at)
    return _price(rule, wanted, sheet, book)


def shown(wanted: Wanted, sheet: Sheet, book: Book, currency: str) -> Price:
    """Unit price and discount in the document's currency, as the list shows them."""
    rule = chosen(sheet.rules, wanted, book.at)
    final = _price(rule, wanted, sheet, book)
    before = final
    if sheet.shows_discount and rule is not None:
        before = _before(rule, wanted, sheet, book)
    discount = _percent_off(before, final)
    rate = book.rate(sheet.currency, currency)
    raised = max(before, final) if sheet.shows_discount else final
    return Price(_rounded(raised * rate, PRICE_STEP), discount)


def formula(
    base: Decimal, rule: Rule, per_line_unit: Callable[[Decimal], Decimal]
) -> Decimal:
    """Discount, rounding, surcharge, then the margins. `per_line_unit` turns an
    amount for one product unit into one for a unit of the line."""
    found = base * (1 - rule.percent / _HUNDRED)
    if rule.rounding_step:
        found = _rounded(found, rule.rounding_step)
    found += per_line_unit(rule.surcharge)
    if rule.min_margin is not None:
        found = max(found, base + per_line_unit(rule.min_margin))
    if rule.max_margin is not None:
        found = min(found, base + per_line_unit(rule.max_margin))
    return found


def _holds(rule: Rule, at: dt.datetime) -> bool:
    begun = rule.starts_at is None or rule.starts_at <= at
    return begun and (rule.ends_at is None or at <= rule.ends_at)


def _matches(rule: Rule, product: ProductFacts) -> bool:
    match rule.target:
        case "variant":
            return rule.product_id == product.pk
        case "product":
            return rule.product_id in (product.pk, product.family_id)
        case "category":
            return bool(rule.path) and product.path.startswith(rule.path)
    return True


def _order(rule: Rule) -> tuple[int, Decimal, int, int]:
    depth = rule.path.count("/")
    return _LEVEL[rule.target], -rule.min_quantity, -depth, -rule.pk


def _price(rule: Rule | None, wanted: Wanted, sheet: Sheet, book: Book) -> Decimal:
    if rule is None:
        return _sales_price(wanted, sheet, book)
    if rule.computation == "fixed":
        return _per_line_unit(rule.fixed_price, wanted)
    base = _base(rule, wanted, sheet, book)
    if rule.computation == "percent":
        return base * (1 - rule.percent / _HUNDRED)
    return formula(base, rule, lambda amount: _per_line_unit(amount, wanted))


def _base(rule: Rule, wanted: Wanted, sheet: Sheet, book: Book) -> Decimal:
    """What the rule starts from, in the list's currency, for one unit of the line."""
    other = book.sheets.get(rule.follows) if rule.follows else None
    if other is not None:
        rate = book.rate(other.currency, sheet.currency)
        return price(wanted, other, book) * rate
    if rule.computation != "fixed" and rule.base == "cost":
        cost = _per_line_unit(wanted.product.cost, wanted)
        return cost * book.rate(book.home, sheet.currency)
    return _sales_price(wanted, sheet, book)


def _before(rule: Rule, wanted: Wanted, sheet: Sheet, book: Book) -> Decimal:
    """The price that the shown discount starts from: the base of the deepest rule
    down a chain of lists that all show their discounts."""
    other = book.sheets.get(rule.follows) if rule.follows else None
    if other is None or not other.shows_discount:
        return _base(rule, wanted, sheet, book)
    below = chosen(other.rules, wanted, book.at)
    rate = book.rate(other.currency, sheet.currency)
    if below is None:
        return _sales_price(wanted, other, book) * rate
    return _before(below, wanted, other, book) * rate


def _sales_price(wanted: Wanted, sheet: Sheet, book: Book) -> Decimal:
    price_in_home = _per_line_unit(wanted.product.price + wanted.extra, wanted)
    return price_in_home * book.rate(book.home, sheet.currency)


def _per_line_unit(amount: Decimal, wanted: Wanted) -> Decimal:
    """An amount for one product unit, for one unit of the line."""
    unit = wanted.product.unit
    if not converts(unit, wanted.unit):
        return amount
    return price_converted(amount, unit, wanted.unit)


def _percent_off(before: Decimal, final: Decimal) -> Decimal:
    """Never a mark-up: that is a higher price without a discount."""
    if not before:
        return Decimal(0)
    percent = _rounded((before - final) / before * _HUNDRED, DISCOUNT_STEP)
    fits = percent > 0 if before > 0 else percent < 0
    return percent if fits else Decimal(0)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of the step, ties away from zero."""
    steps = _EXACT.divide(value, step).quantize(Decimal(1), context=_EXACT)
    return _EXACT.multiply(steps, step)
