"""New drafts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.invoicing import defaults
from sarnakh.invoicing.errors import CrossCompany
from sarnakh.invoicing.events import invoices_changed
from sarnakh.invoicing.invoices import amounts, text
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.journals import queries as journals
from sarnakh.invoicing.models import Invoice, InvoiceLine, Journal
from sarnakh.money import rates
from sarnakh.money.models import Tax, TradeSettings
from sarnakh.money.taxes import queries as taxes
from sarnakh.money.taxes.engine import TaxRule
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

Made = tuple[Invoice, list[InvoiceLine]]


def create(draft: InvoiceDraft, *, by: Actor) -> Invoice:
    """Make one draft with its lines. The caller has checked that the actor may:
    whoever may write an order may make its drafts, without a right of billing."""
    return create_many([draft], by=by)[0][0]


@whole
def create_many(
    drafts: Sequence[InvoiceDraft],
    *,
    rules: Mapping[int, TaxRule] | None = None,
    settings: Mapping[int, TradeSettings] | None = None,
    by: Actor,
) -> list[Made]:
    """Make drafts; lines come back in the order of their drafts.

    `rules` of taxes and `settings` of companies are what the caller has just read.
    """
    wanted = {key for d in drafts for line in d.lines for key in line.taxes}
    _check_taxes(drafts, wanted)
    known = dict(rules or {})
    if missing := wanted - known.keys():
        known |= taxes.rules(missing)
    made: list[Made] = []
    links: list[Any] = []
    lines: list[InvoiceLine] = []
    trading = {
        pk: (settings or {}).get(pk) or TradeSettings.of(company)
        for pk, company in {one.company.pk: one.company for one in drafts}.items()
    }
    for draft in drafts:
        invoice = _header(draft, by=by)
        own = [_line(invoice, one, n, by=by) for n, one in enumerate(draft.lines, 1)]
        of_line = [one.taxes for one in draft.lines]
        extra = amounts.fill(
            invoice,
            list(zip(own, of_line, strict=True)),
            known,
            trading[draft.company.pk],
        )
        invoice.save(force_insert=True)
        rounding = []
        if extra:
            rounding = [amounts.rounding_line(invoice)]
            amounts.fill_rounding_line(rounding[0], invoice, extra)
        lines += own + rounding
        made.append((invoice, own))
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    through = InvoiceLine.taxes.through
    for (_invoice, own), draft in zip(made, drafts, strict=True):
        for line, one in zip(own, draft.lines, strict=True):
            links += [through(invoiceline_id=line.pk, tax_id=key) for key in one.taxes]
    through.objects.bulk_create(links, batch_size=1_000)
    record_type = by_model(Invoice)
    changes.log_many(
        [
            changes.entry(invoice, record_type, by=by, event="created")
            for invoice, _own in made
        ]
    )
    _announce([invoice.pk for invoice, _own in made], by=by)
    return made


@whole
def create_records(values: Sequence[Values], *, by: Actor) -> list[Invoice]:
    """The door of forms, imports and the API: drafts without lines."""
    record_type = by_model(Invoice)
    made = []
    for one in values:
        invoice = Invoice(**plain.column_values(record_type, one))
        if "company" not in one or not invoice.company_id:
            invoice.company = by.company
        if not invoice.currency or "currency" not in one:
            invoice.currency = invoice.company.currency
        if "salesperson" not in one:
            invoice.salesperson = by.user
        defaults.complete(invoice, given=set(one), by=by)
        _complete(invoice)
        check_company(invoice)
        plain.stamp(invoice, by=by)
        amounts.in_company(invoice)
        invoice.search_text = text.search_text(invoice)
        invoice.save(force_insert=True)
        changes.log(invoice, record_type, by=by, event="created")
        made.append(invoice)
    _announce([invoice.pk for invoice in made], by=by)
    return made


def check_company(invoice: Invoice) -> None:
    """Everything on a document belongs to its company, or to all."""
    linked: list[Any] = [
        invoice.journal,
        invoice.team,
        invoice.payment_term,
        invoice.fiscal_position,
        invoice.customer,
        invoice.delivery_address,
    ]
    for one in linked:
        company_id = getattr(one, "company_id", None) if one is not None else None
        if company_id and company_id != invoice.company_id:
            raise CrossCompany(str(one))


def rate_of(invoice: Invoice) -> Any:
    """What a unit of the document's currency costs on its day."""
    on = invoice.invoice_date or invoice.company.profile().today()
    return rates.price_of(invoice.currency, invoice.company, on)


def _header(draft: InvoiceDraft, *, by: Actor) -> Invoice:
    copied = (
        "company", "customer", "kind", "delivery_address", "invoice_date",
        "accounting_date", "due_date", "payment_term", "fiscal_position",
        "cash_rounding", "salesperson", "team", "campaign", "medium", "source",
        "referrer", "payment_reference", "reference", "origin", "note", "reason",
        "reversal_of",
    )  # fmt: skip
    invoice = Invoice(
        **{
            f"{name}_id" if isinstance(value, int) else name: value
            for name in copied
            for value in [getattr(draft, name)]
        },
        currency=draft.currency or draft.company.currency,
    )
    if draft.journal is not None:
        invoice.journal = draft.journal
    _complete(invoice)
    check_company(invoice)
    plain.stamp(invoice, by=by)
    invoice.search_text = text.search_text(invoice)
    return invoice


def _complete(invoice: Invoice) -> None:
    if not invoice.journal_id:
        invoice.journal = journals.default(invoice.company, Journal.Kind.SALE)
    invoice.rate = rate_of(invoice)


def _line(invoice: Invoice, one: LineDraft, place: int, *, by: Actor) -> InvoiceLine:
    product = one.product
    if product and product.company_id and product.company_id != invoice.company_id:
        raise CrossCompany(str(product))
    line = InvoiceLine(
        invoice=invoice,
        kind=one.kind,
        sequence=place * 10,
        description=one.description,
        product=product,
        unit=one.unit,
        quantity=one.quantity if one.kind == "product" else 0,
        unit_price=one.unit_price,
        discount=one.discount,
        is_downpayment=one.is_downpayment,
        base_correction=one.base_correction,
        tax_correction=one.tax_correction,
    )
    plain.stamp(line, by=by)
    return line


def _check_taxes(drafts: Sequence[InvoiceDraft], wanted: set[int]) -> None:
    companies: dict[int, Company] = {
        draft.company.pk: draft.company for draft in drafts
    }
    owners = dict(Tax.objects.filter(pk__in=wanted).values_list("pk", "company_id"))
    for draft in drafts:
        for line in draft.lines:
            for key in line.taxes:
                if owners.get(key) != draft.company.pk:
                    raise CrossCompany(str(companies[draft.company.pk]))


def _announce(keys: list[int], *, by: Actor) -> None:
    invoices_changed.send(Invoice, invoice_ids=keys, by=by)
