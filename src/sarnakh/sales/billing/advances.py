"""Down payments: an amount shared among the sets of taxes of an order. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sarnakh.money.exact import EXACT, HUNDRED, ZERO, whole
from sarnakh.money.taxes.engine import (
    LineAmounts,
    TaxRule,
    flattened,
    line_amounts,
)


@dataclass(frozen=True)
class Share:
    """One line of an advance: an amount in smallest units with these taxes, and
    what is added to the computed tax."""

    amount: int
    taxes: tuple[int, ...]
    tax_correction: int = 0


Line = tuple[LineAmounts, tuple[TaxRule, ...]]


def by_percent(lines: Sequence[Line], percent: Decimal) -> list[Share]:
    """So many per cent of each set of taxes."""
    return _shares(lines, EXACT.divide(percent, HUNDRED))


def by_amount(
    lines: Sequence[Line],
    amount: int,
    total: int,
    rules: dict[int, TaxRule],
    *,
    decimals: int,
    per_document: bool,
) -> list[Share]:
    """An amount that includes tax, met exactly: what rounding leaves over goes to
    the taxes, one smallest unit after the other."""
    shares = _shares(lines, EXACT.divide(Decimal(amount), Decimal(total)))
    if not shares:
        return []

    def computed(of: Sequence[Share]) -> list[LineAmounts]:
        return [
            line_amounts(
                Decimal(share.amount).scaleb(-decimals, context=EXACT),
                Decimal(1),
                ZERO,
                [rules[key] for key in share.taxes],
                decimals=decimals,
                per_document=per_document,
            )
            for share in of
        ]

    for moved in _nearby(shares):
        found = computed(moved)
        missing = amount - total_of(found, per_document=per_document)
        spread = _spread(moved, found, missing)
        if _comes_to(amount, spread, computed(spread), per_document=per_document):
            return spread
    return spread


def _nearby(shares: list[Share]) -> Iterator[list[Share]]:
    """The shares, then with one of them a unit less or more.

    Rounded per document, a tax of half a unit jumps over what is missing: no whole
    correction of it can meet the amount, but a neighbouring base does.
    """
    yield shares
    for place, share in enumerate(shares):
        for step in (-1, 1):
            other = replace(share, amount=share.amount + step)
            yield [*shares[:place], other, *shares[place + 1 :]]


def _comes_to(
    amount: int,
    shares: Sequence[Share],
    computed: Sequence[LineAmounts],
    *,
    per_document: bool,
) -> bool:
    """Whether a document of these shares, taxes corrected, has exactly the amount."""
    untaxed = sum(line.subtotal for line in computed)
    if not per_document:
        taxes = sum(line.tax for line in computed)
        return untaxed + taxes + sum(one.tax_correction for one in shares) == amount
    by_tax: dict[int, Decimal] = {}
    for share, line in zip(shares, computed, strict=True):
        # As documents do it: the biggest tax of a line carries its correction.
        biggest = max(line.parts, key=lambda part: abs(part.amount), default=None)
        for part in line.parts:
            more = share.tax_correction if part is biggest else 0
            known = by_tax.get(part.rule.id, ZERO)
            by_tax[part.rule.id] = known + part.amount + more
    return untaxed + sum(whole(one) for one in by_tax.values()) == amount


def total_of(lines: Iterable[LineAmounts], *, per_document: bool) -> int:
    """What a document of these lines comes to."""
    found = list(lines)
    untaxed = sum(line.subtotal for line in found)
    if not per_document:
        return untaxed + sum(line.tax for line in found)
    taxes: dict[int, Decimal] = {}
    for line in found:
        for part in line.parts:
            taxes[part.rule.id] = taxes.get(part.rule.id, ZERO) + part.amount
    return untaxed + sum(whole(amount) for amount in taxes.values())


def _spread(
    shares: list[Share], computed: Sequence[LineAmounts], missing: int
) -> list[Share]:
    places = [place for place, one in enumerate(computed) if one.parts]
    step = 1 if missing > 0 else -1
    extra = [0] * len(shares)
    if not places:
        # No tax anywhere: the first line itself takes what is missing.
        first = shares[0]
        return [Share(first.amount + missing, first.taxes), *shares[1:]]
    for number in range(abs(missing)):
        extra[places[number % len(places)]] += step
    return [
        Share(share.amount, share.taxes, more)
        for share, more in zip(shares, extra, strict=True)
    ]


def _shares(lines: Sequence[Line], part: Decimal) -> list[Share]:
    """Bases by set of taxes, times the part; sets that come to nothing are left out.

    Fixed taxes are no taxes of an advance: what they came to is a base of its own,
    with the percentages that they influence. Included ones are ignored.
    """
    bases: dict[tuple[int, ...], int] = {}
    for amounts, rules in lines:
        flat = flattened(rules)
        kept = tuple(rule.id for rule in flat if rule.kind != "fixed")
        has_included = any(rule.is_included for rule in flat)
        base = amounts.subtotal
        if has_included:
            base += whole(
                sum((p.amount for p in amounts.parts if p.rule.is_included), ZERO)
            )
        bases[kept] = bases.get(kept, 0) + base
        for place, rule in enumerate(flat):
            if rule.kind != "fixed" or rule.is_included:
                continue
            amount = whole(
                sum((p.amount for p in amounts.parts if p.rule.id == rule.id), ZERO)
            )
            influenced = tuple(
                later.id
                for later in flat[place + 1 :]
                if rule.affects_later
                and later.accepts_earlier
                and later.kind != "fixed"
            )
            bases[influenced] = bases.get(influenced, 0) + amount
    found = [
        Share(whole(EXACT.multiply(Decimal(base), part)), taxes)
        for taxes, base in bases.items()
        if base
    ]
    return [share for share in found if share.amount]
