"""Totals of a document: untaxed, a row for each tax group, total. Pure.

Works from freshly computed lines and from stored ones alike (`stored_line`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from sarnakh.money.exact import EXACT, HUNDRED, ZERO, whole
from sarnakh.money.taxes.engine import (
    LineAmounts,
    TaxGroupRule,
    TaxPart,
    TaxRule,
    line_base,
    parts_from_json,
    parts_json,
    rounded_discount,
)

__all__ = [
    "Bucket",
    "Row",
    "Totals",
    "amount_before_discount",
    "parts_from_json",
    "parts_json",
    "stored_line",
    "totals",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A tax group. `base` is None where it means nothing (fixed taxes only)."""

    group: TaxGroupRule
    base: int | None
    amount: int

    @property
    def label(self) -> str:
        """What stands before the amount."""
        return self.group.name


@dataclass(frozen=True, slots=True)
class Bucket:
    """Rows below one subtotal; an empty label stands for "untaxed amount"."""

    label: str
    amount: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """All in smallest units; `total = untaxed + tax`, `tax` = sum of the rows."""

    untaxed: int
    tax: int
    total: int
    rows: tuple[Row, ...]
    buckets: tuple[Bucket, ...]
    shows_base: bool
    by_tax: Mapping[int, int]


def stored_line(
    subtotal: int,
    tax: int,
    total: int,
    parts: Iterable[Sequence[Any]],
    rules: Mapping[int, TaxRule],
) -> LineAmounts:
    """A line as it was saved, with `tax_parts` given as stored."""
    return LineAmounts(subtotal, tax, total, parts_from_json(parts, rules))


def totals(lines: Iterable[LineAmounts], *, per_document: bool) -> Totals:
    """The totals block of a document's product lines.

    `per_document`: the tax of the document is rounded once for each tax; what the
    lines' parts then lack to their inclusive prices goes to the last included tax.
    """
    untaxed = 0
    amounts: dict[int, Decimal] = {}
    bases: dict[int, Decimal] = {}
    rules: dict[int, TaxRule] = {}
    with localcontext(EXACT):
        for line in lines:
            untaxed += line.subtotal
            counted: set[int] = set()
            for part in line.parts:
                rule = part.rule
                rules[rule.id] = rule
                amounts[rule.id] = amounts.get(rule.id, ZERO) + part.amount
                group = rule.group.id
                if group not in counted:
                    counted.add(group)
                    bases[group] = bases.get(group, ZERO) + part.base
        by_tax = {key: whole(amount) for key, amount in amounts.items()}
        if per_document:
            _meet_included(by_tax, amounts, rules)
        rows = _rows(by_tax, bases, rules)
    tax = sum(by_tax.values())
    return Totals(
        untaxed=untaxed,
        tax=tax,
        total=untaxed + tax,
        rows=rows,
        buckets=_buckets(untaxed, rows),
        shows_base=len(rows) > 1
        or any(row.base not in (None, untaxed) for row in rows),
        by_tax=by_tax,
    )


def amount_before_discount(
    unit_price: Decimal,
    quantity: Decimal,
    discount: Decimal,
    subtotal: int,
    *,
    decimals: int,
) -> int:
    """What a line would cost without its discount: subtotal × 100/(100 − discount)."""
    share = EXACT.subtract(HUNDRED, rounded_discount(discount))
    if not share:
        return int(line_base(unit_price, quantity, ZERO, decimals=decimals))
    return whole(EXACT.divide(EXACT.multiply(Decimal(subtotal), HUNDRED), share))


def _meet_included(
    by_tax: dict[int, int],
    amounts: Mapping[int, Decimal],
    rules: Mapping[int, TaxRule],
) -> None:
    """Rounding several included taxes must not lose what the price contains."""
    included = [key for key, rule in rules.items() if rule.is_included]
    if len(included) < 2:
        return
    exact = sum((amounts[key] for key in included), ZERO)
    if exact != exact.to_integral_value():
        return
    lacking = int(exact) - sum(by_tax[key] for key in included)
    last = max(included, key=lambda key: (rules[key].sequence, key))
    by_tax[last] += lacking


def _rows(
    by_tax: Mapping[int, int],
    bases: Mapping[int, Decimal],
    rules: Mapping[int, TaxRule],
) -> tuple[Row, ...]:
    members: dict[int, list[TaxRule]] = {}
    for rule in rules.values():
        members.setdefault(rule.group.id, []).append(rule)
    rows = []
    for group_id, taxes in members.items():
        is_fixed = all(tax.kind == "fixed" for tax in taxes)
        rows.append(
            Row(
                group=taxes[0].group,
                base=None if is_fixed else whole(bases[group_id]),
                amount=sum(by_tax[tax.id] for tax in taxes),
            )
        )
    rows.sort(key=lambda row: (row.group.sequence, row.group.id))
    return tuple(rows)


def _buckets(untaxed: int, rows: Sequence[Row]) -> tuple[Bucket, ...]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.group.preceding_subtotal, []).append(row)
    if not grouped:
        return (Bucket("", untaxed, ()),)
    # Rows come in order, so a label is first met at its lowest sequence.
    found = []
    running = untaxed
    for label, members in grouped.items():
        found.append(Bucket(label, running, tuple(members)))
        running += sum(row.amount for row in members)
    return tuple(found)


def parts_of(lines: Iterable[LineAmounts]) -> tuple[TaxPart, ...]:
    """All parts of all lines."""
    return tuple(part for line in lines for part in line.parts)
