"""Lines of drafts: added, changed and removed; the document's amounts follow."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.invoicing import defaults
from sarnakh.invoicing.errors import CrossCompany
from sarnakh.invoicing.events import invoices_changed, lines_going
from sarnakh.invoicing.invoices import amounts
from sarnakh.invoicing.invoices.editing import draft_of
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.money.models import Tax
from sarnakh.money.taxes import queries as taxes
from sarnakh.pricing import queries as pricing
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

FREE_OF_FIGURES = {"section", "note"}


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[InvoiceLine]:
    """Add lines to drafts. A product brings its text, unit, price and taxes where
    they were not given."""
    record_type = by_model(InvoiceLine)
    held: dict[int, Invoice] = {}
    made = []
    for one in values:
        columns = plain.column_values(record_type, one)
        if columns.get("invoice") is None:
            raise InvalidValues({"invoice": "–"})
        key = columns["invoice"].pk
        if key not in held:
            held[key] = draft_of(key)
        line = InvoiceLine(**{**columns, "invoice": held[key]})
        if "sequence" not in one:
            line.sequence = _last(held[key]) + 10
        chosen = _complete(line, given=set(one))
        plain.stamp(line, by=by)
        line.save(force_insert=True)
        wanted = one.get("taxes", chosen)
        line.taxes.set(_tax_ids(wanted, line.invoice))
        made.append(line)
    for invoice in held.values():
        write_amounts(invoice, by=by)
    changes.log_many(
        [changes.entry(line, record_type, by=by, event="created") for line in made]
    )
    _announce(held, by=by)
    for line in made:
        line.refresh_from_db()
    return made


@whole
def change(
    line: InvoiceLine, values: Values, *, seen: int | None = None, by: Actor
) -> InvoiceLine:
    """Edit a line of a draft; choosing another product brings what it says."""
    invoice = draft_of(line.invoice_id)
    values = dict(values)
    chosen: list[int] | None = None

    def derive(record: Any, changed: set[str]) -> None:
        nonlocal chosen
        record.invoice = invoice
        if "kind" in changed:
            raise InvalidValues({"kind": str(record)})
        if "product" in changed and record.product is not None:
            chosen = _complete(record, given=set(values) - {"product"}, anew=True)
        else:
            _check(record)
        # A correction belongs to the figures that it was made for.
        if changed & {"quantity", "unit_price", "discount", "taxes"}:
            record.base_correction = record.tax_correction = 0

    if "taxes" in values:
        values["taxes"] = _tax_ids(values["taxes"] or [], invoice)
    found = plain.write(line, values, seen=seen, derive=derive, by=by)
    if chosen is not None and "taxes" not in values:
        found.taxes.set(chosen)
    write_amounts(invoice, by=by)
    _announce([invoice.pk], by=by)
    found.refresh_from_db()
    return found


@whole
def delete(lines: Sequence[InvoiceLine], *, by: Actor) -> None:
    """Remove lines of drafts."""
    held = {key: draft_of(key) for key in sorted({one.invoice_id for one in lines})}
    lines_going.send(InvoiceLine, line_ids=[one.pk for one in lines], by=by)
    plain.delete(lines, by=by)
    for invoice in held.values():
        write_amounts(invoice, by=by)
    _announce(held, by=by)


def write_amounts(invoice: Invoice, *, by: Actor) -> None:
    """Compute and save a draft after its lines changed."""
    amounts.refresh(invoice)
    plain.save_guarded(
        invoice,
        [
            "untaxed", "tax", "rounding", "total", "company_untaxed", "company_total",
            "company_residual",
        ],
        by=by,
    )  # fmt: skip


def _complete(line: InvoiceLine, *, given: set[str], anew: bool = False) -> list[int]:
    """Fill what follows from the product; returns its taxes."""
    invoice, product = line.invoice, line.product
    _check(line)
    if line.kind in FREE_OF_FIGURES or product is None:
        return []
    if "description" not in given or (anew and not line.description):
        line.description = text_of(product)
    if "unit" not in given or line.unit_id is None:
        line.unit = product.unit
    if "unit_price" not in given:
        price_list = pricing.pricelist_for(
            invoice.customer,
            invoice.company,
            own=defaults.agreed(invoice.customer, invoice.company).get("pricelist"),
        )
        (price,) = pricing.prices(
            [(product, line.quantity, line.unit or product.unit)],
            pricelist=price_list,
            currency=invoice.currency,
            company=invoice.company,
            at=invoice.created_at,
        )
        line.unit_price = price.unit_price
        if "discount" not in given:
            line.discount = price.discount
    on = invoice.invoice_date or invoice.company.profile().today()
    found = taxes.default_taxes(
        [product], invoice.company, on, position=invoice.fiscal_position
    )
    return list(found.get(product.pk, []))


def text_of(product: Product) -> str:
    """What a line says about its product."""
    return "\n".join(part for part in (str(product), product.sale_description) if part)


def _check(line: InvoiceLine) -> None:
    if line.kind in FREE_OF_FIGURES:
        line.product = line.unit = None
        line.quantity = line.unit_price = line.discount = Decimal(0)
    if line.discount > 100:
        raise InvalidValues({"discount": "≤ 100"})
    product = line.product
    if product and product.company_id not in (None, line.invoice.company_id):
        raise CrossCompany(str(product))


def _tax_ids(wanted: Sequence[Any], invoice: Invoice) -> list[int]:
    keys = [getattr(one, "pk", one) for one in wanted or []]
    if not keys:
        return []
    strange = Tax.objects.filter(pk__in=keys).exclude(company_id=invoice.company_id)
    if found := strange.first():
        raise CrossCompany(str(found))
    return keys


def _last(invoice: Invoice) -> int:
    rows = InvoiceLine.objects.filter(invoice=invoice, is_rounding=False)
    return rows.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def _announce(keys: Any, *, by: Actor) -> None:
    invoices_changed.send(Invoice, invoice_ids=list(keys), by=by)
