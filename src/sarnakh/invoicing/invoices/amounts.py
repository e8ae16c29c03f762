"""What the lines of a document come to; kept at every write of a line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.lib.money import CURRENCIES
from sarnakh.money import conversion, documents, rounding
from sarnakh.money.models import CashRounding, TradeSettings
from sarnakh.money.taxes import queries as taxes
from sarnakh.money.taxes.engine import (
    LineAmounts,
    TaxRule,
    line_amounts,
    parts_json,
)
from sarnakh.money.terms import queries as terms

Priced = tuple[InvoiceLine, Sequence[int]]
ROUNDING = 1_000_000
"""The sequence of a rounding line: always the last one."""


def tax_ids(lines: Iterable[InvoiceLine]) -> dict[int, list[int]]:
    """Taxes of stored lines, in one statement."""
    found: dict[int, list[int]] = {line.pk: [] for line in lines}
    through = InvoiceLine.taxes.through.objects
    rows = through.filter(invoiceline_id__in=found).order_by("tax_id")
    for line_id, tax_id in rows.values_list("invoiceline_id", "tax_id"):
        found[line_id].append(tax_id)
    return found


def refresh(invoice: Invoice, *, rules: Mapping[int, TaxRule] | None = None) -> None:
    """Compute everything anew and write lines that changed; the invoice is filled,
    not saved. The caller holds its row."""
    lines = list(invoice.lines.order_by("sequence", "pk"))
    of_line = tax_ids(lines)
    if rules is None:
        rules = taxes.rules({key for keys in of_line.values() for key in keys})
    before = {line.pk: _figures(line) for line in lines}
    priced = [(line, of_line[line.pk]) for line in lines if not line.is_rounding]
    extra = fill(invoice, priced, rules)
    _keep_rounding_line(invoice, [line for line in lines if line.is_rounding], extra)
    changed = [line for line, _taxes in priced if _figures(line) != before[line.pk]]
    InvoiceLine.objects.bulk_update(
        changed, ["subtotal", "tax", "total", "tax_parts"], batch_size=500
    )


def fill(
    invoice: Invoice,
    priced: Sequence[Priced],
    rules: Mapping[int, TaxRule],
    settings: TradeSettings | None = None,
) -> int:
    """Compute lines and document in memory; returns what a rounding line takes."""
    settings = settings or TradeSettings.of(invoice.company)
    per_document = settings.tax_rounding == TradeSettings.TaxRounding.DOCUMENT
    term = terms.rule(invoice.payment_term) if invoice.payment_term_id else None
    amounts = [
        line_of(
            line,
            [rules[key] for key in keys],
            currency=invoice.currency,
            per_document=per_document,
            tax_reduction=term.tax_reduction if term else Decimal(0),
        )
        for line, keys in priced
    ]
    found = documents.totals(amounts, per_document=per_document)
    extra, method = 0, invoice.cash_rounding
    invoice.rounding = 0
    if method is not None:
        invoice.rounding = rounding.difference(found.total, method.step, method.method)
        if method.strategy == CashRounding.Strategy.LINE:
            extra = invoice.rounding
        elif found.by_tax:
            biggest = max(found.by_tax, key=lambda key: (abs(found.by_tax[key]), key))
            amounts = _with_tax(amounts, biggest, invoice.rounding)
            found = documents.totals(amounts, per_document=per_document)
        else:
            invoice.rounding = 0
    for (line, _keys), one in zip(priced, amounts, strict=True):
        line.subtotal, line.tax, line.total = one.subtotal, one.tax, one.total
        line.tax_parts = parts_json(one.parts)
    invoice.untaxed = found.untaxed + extra
    invoice.tax = found.tax
    invoice.total = found.total + extra
    in_company(invoice)
    return extra


def in_company(invoice: Invoice) -> None:
    """The signed amounts in the company's currency."""
    for name in ("untaxed", "total", "residual"):
        amount = conversion.converted(
            getattr(invoice, name),
            invoice.rate,
            invoice.currency,
            invoice.company.currency,
        )
        setattr(invoice, f"company_{name}", invoice.sign * amount)


def line_of(
    line: InvoiceLine,
    rules: Sequence[TaxRule],
    *,
    currency: str,
    per_document: bool,
    tax_reduction: Decimal = Decimal(0),
) -> LineAmounts:
    """The amounts of one line; headings and notes come to nothing."""
    if line.kind != InvoiceLine.Kind.PRODUCT:
        return LineAmounts(0, 0, 0)
    found = line_amounts(
        line.unit_price,
        line.quantity,
        line.discount,
        rules,
        decimals=CURRENCIES[currency].decimals,
        per_document=per_document,
        tax_reduction=tax_reduction,
    )
    found = corrected(found, line.tax_correction)
    return with_base(found, line.base_correction)


def corrected(found: LineAmounts, extra: int, tax: int | None = None) -> LineAmounts:
    """The line with so much more tax, put on its biggest part (of that tax)."""
    places = [
        place
        for place, part in enumerate(found.parts)
        if tax is None or part.rule.id == tax
    ]
    if not extra or not places:
        return found
    biggest = max(places, key=lambda place: abs(found.parts[place].amount))
    parts = list(found.parts)
    parts[biggest] = replace(parts[biggest], amount=parts[biggest].amount + extra)
    return LineAmounts(
        found.subtotal, found.tax + extra, found.total + extra, tuple(parts)
    )


def with_base(found: LineAmounts, extra: int) -> LineAmounts:
    """The line with so much more before tax."""
    if not extra:
        return found
    return replace(found, subtotal=found.subtotal + extra, total=found.total + extra)


def _with_tax(
    amounts: Sequence[LineAmounts], tax: int, extra: int
) -> list[LineAmounts]:
    """Put a difference on the line that bears most of a tax."""

    def weight(place: int) -> Decimal:
        mine = [p.amount for p in amounts[place].parts if p.rule.id == tax]
        return abs(sum(mine, Decimal(0))) if mine else Decimal(-1)

    chosen = max(range(len(amounts)), key=weight)
    return [
        corrected(one, extra, tax) if place == chosen else one
        for place, one in enumerate(amounts)
    ]


def _keep_rounding_line(
    invoice: Invoice, present: Sequence[InvoiceLine], extra: int
) -> None:
    if not extra:
        if present:
            InvoiceLine.objects.filter(pk__in=[line.pk for line in present]).delete()
        return
    line = present[0] if present else rounding_line(invoice)
    fill_rounding_line(line, invoice, extra)
    line.save()


def rounding_line(invoice: Invoice) -> InvoiceLine:
    """An empty rounding line."""
    return InvoiceLine(invoice=invoice, is_rounding=True, sequence=ROUNDING)


def fill_rounding_line(line: InvoiceLine, invoice: Invoice, extra: int) -> None:
    """Its amount; it bears no tax."""
    decimals = CURRENCIES[invoice.currency].decimals
    line.description = invoice.cash_rounding.name if invoice.cash_rounding else ""
    line.quantity = Decimal(1)
    line.unit_price = Decimal(extra).scaleb(-decimals)
    line.subtotal = line.total = extra
    line.tax, line.tax_parts = 0, []


def _figures(line: InvoiceLine) -> tuple[object, ...]:
    return line.subtotal, line.tax, line.total, line.tax_parts
