"""Taxes of one line. Pure; the rules with worked numbers stand in docs/pricing.md.

Amounts are counted in smallest units of the document's currency (rials, cents);
unit prices and fixed taxes come in major units. A line is computed on its absolute
base and gets its sign at the end, so a credit mirrors its invoice exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

from sarnakh.money.exact import EXACT, HUNDRED, ONE, ZERO, whole

FINE = Decimal("0.00001")
CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TaxGroupRule:
    """A row of the totals."""

    id: int
    name: str = ""
    sequence: int = 10
    preceding_subtotal: str = ""


@dataclass(frozen=True, slots=True)
class TaxRule:
    """What a tax does. `amount` is a percentage, or major units for one unit."""

    id: int
    kind: str = "percent"  # percent, division, fixed, group
    amount: Decimal = ZERO
    sequence: int = 10
    is_included: bool = False
    affects_later: bool = False
    accepts_earlier: bool = True
    group: TaxGroupRule = TaxGroupRule(0)
    name: str = ""
    label: str = ""
    treatment: str = "standard"
    children: tuple["TaxRule", ...] = ()


@dataclass(frozen=True, slots=True)
class TaxPart:
    """What one tax takes of one line, in smallest units.

    With rounding per document both figures have up to five decimals.
    """

    rule: TaxRule
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A line in smallest units; `total` is always `subtotal + tax`.

    With rounding per document `tax` is the line's tax rounded by itself; the tax
    of the document comes from `parts`.
    """

    subtotal: int
    tax: int
    total: int
    parts: tuple[TaxPart, ...] = ()


def line_amounts(
    unit_price: Decimal,
    quantity: Decimal,
    discount: Decimal,
    taxes: Iterable[TaxRule],
    *,
    decimals: int,
    per_document: bool = False,
    tax_reduction: Decimal = ZERO,
) -> LineAmounts:
    """Subtotal, tax and total of a line.

    `decimals` are those of the currency. `tax_reduction` is the per cent by which
    the base of the taxes is smaller than the price, for terms whose early-payment
    discount always reduces the tax.
    """
    with localcontext(EXACT):
        base = line_base(unit_price, quantity, discount, decimals=decimals)
        flat = flattened(taxes)
        if not flat:
            amount = int(base)
            return LineAmounts(amount, 0, amount)
        sign = -1 if base < 0 or (not base and quantity < 0) else 1
        units = abs(quantity).scaleb(decimals)
        untaxed, parts = _computed(
            abs(base),
            units,
            flat,
            step=FINE if per_document else ONE,
            left=ONE - tax_reduction / HUNDRED,
        )
        signed = tuple(
            TaxPart(tax, _times(sign, tax_base), _times(sign, amount))
            for tax, tax_base, amount in parts
        )
        subtotal = sign * int(untaxed)
        tax = whole(sum((part.amount for part in signed), ZERO))
        return LineAmounts(subtotal, tax, subtotal + tax, signed)


def line_base(
    unit_price: Decimal, quantity: Decimal, discount: Decimal, *, decimals: int
) -> Decimal:
    """Price × quantity less discount, rounded once to whole smallest units."""
    with localcontext(EXACT):
        net = unit_price * (HUNDRED - rounded_discount(discount)) / HUNDRED
        return (net * quantity).scaleb(decimals).quantize(ONE)


def rounded_discount(discount: Decimal) -> Decimal:
    """A discount in per cent has two decimals."""
    return discount.quantize(CENTS, context=EXACT)


def flattened(taxes: Iterable[TaxRule]) -> list[TaxRule]:
    """In order of sequence; a group is replaced by its children at its place."""
    found: list[TaxRule] = []
    for tax in sorted(taxes, key=_place):
        if tax.kind == "group":
            found += sorted(tax.children, key=_place)
        else:
            found.append(tax)
    return found


def adapted_price(
    price: Decimal, old: Iterable[TaxRule], new: Iterable[TaxRule]
) -> Decimal:
    """The unit price after a fiscal position has replaced the taxes; not rounded.

    Only if all taxes before were included in the price: they are taken out, and
    those of the new ones that are included are put in.
    """
    before, after = flattened(old), flattened(new)
    if not before or not all(tax.is_included for tax in before):
        return price
    if [tax.id for tax in before] == [tax.id for tax in after]:
        return price
    with localcontext(EXACT):
        for batch in _batches(before, ONE):
            price = batch.net(price)
        included = [tax for tax in after if tax.is_included]
        for batch in reversed(_batches(included, ONE)):
            price = batch.gross(price)
        return price


def parts_json(parts: Iterable[TaxPart]) -> list[list[Any]]:
    """`[[tax id, base, amount], …]` as lines keep them; figures are texts."""
    return [[part.rule.id, _text(part.base), _text(part.amount)] for part in parts]


def parts_from_json(
    stored: Iterable[Sequence[Any]], rules: Mapping[int, TaxRule]
) -> tuple[TaxPart, ...]:
    """The parts of a stored line; `rules` holds the rule of each tax id."""
    return tuple(
        TaxPart(rules[tax_id], Decimal(base), Decimal(amount))
        for tax_id, base, amount in stored
    )


# --- inside ---------------------------------------------------------------------


@dataclass(slots=True)
class _Batch:
    """Included taxes that share one base; `last` reaches the gross exactly."""

    fixed: Decimal = ZERO
    percent: Decimal = ZERO
    division: Decimal = ZERO
    last: int = -1
    members: list[int] = field(default_factory=list)

    def net(self, gross: Decimal) -> Decimal:
        factor = ONE + self.percent / HUNDRED
        if not factor:
            return ZERO
        return (gross - self.fixed) / factor * (ONE - self.division / HUNDRED)

    def gross(self, net: Decimal) -> Decimal:
        share = ONE - self.division / HUNDRED
        if share:
            net = net / share
        return net * (ONE + self.percent / HUNDRED) + self.fixed


def _batches(taxes: Sequence[TaxRule], units: Decimal) -> list[_Batch]:
    """Batches of included taxes, the last one first."""
    found = [_Batch()]
    next_accepts = True
    for index in range(len(taxes) - 1, -1, -1):
        tax = taxes[index]
        batch = found[-1]
        if tax.affects_later and next_accepts and batch.members:
            batch = _Batch()
            found.append(batch)
        if tax.is_included:
            batch.members.append(index)
            if tax.kind == "percent":
                batch.percent += tax.amount
            elif tax.kind == "division":
                batch.division += tax.amount
            else:
                batch.fixed += tax.amount * units
            if batch.last < 0 and tax.amount:
                batch.last = index
        next_accepts = tax.accepts_earlier
    return found


def _computed(
    base: Decimal,
    units: Decimal,
    taxes: Sequence[TaxRule],
    *,
    step: Decimal,
    left: Decimal,
) -> tuple[Decimal, list[tuple[TaxRule, Decimal, Decimal]]]:
    """Untaxed amount, and base and amount of each tax, for a base ≥ 0."""
    targets: dict[int, Decimal] = {}
    untaxed = base
    for batch in _batches(taxes, units):
        if batch.last >= 0:
            targets[batch.last] = untaxed
        if batch.members:
            untaxed = batch.net(untaxed)
    untaxed = untaxed.quantize(ONE)

    found = []
    # What later taxes see, and how much of the inclusive price is reached.
    running = reached = untaxed
    is_mixed = False
    for index, tax in enumerate(taxes):
        seen = running if tax.is_included or tax.accepts_earlier else untaxed
        if tax.is_included and index in targets and not is_mixed:
            full = (targets[index] - reached).quantize(step)
        else:
            full = _formula(tax, seen, units).quantize(step)
        amount = full
        if left != ONE:
            seen = (seen * left).quantize(step)
            if tax.kind != "fixed":
                amount = (full * left).quantize(step)
        found.append((tax, seen, amount))
        if tax.is_included:
            reached += full
        if tax.affects_later:
            running += full
            is_mixed = is_mixed or not tax.is_included
    return untaxed, found


def _formula(tax: TaxRule, base: Decimal, units: Decimal) -> Decimal:
    if tax.kind == "fixed":
        return tax.amount * units
    rate = tax.amount / HUNDRED
    if tax.kind == "percent":
        return base * rate
    return base / (ONE - rate) - base if rate != ONE else ZERO


def _place(tax: TaxRule) -> tuple[int, int]:
    return tax.sequence, tax.id


def _times(sign: int, value: Decimal) -> Decimal:
    # Without this a zero would keep the sign: "-0".
    return sign * value if value else ZERO


def _text(value: Decimal) -> str:
    return f"{value.normalize(context=EXACT):f}" if value else "0"
