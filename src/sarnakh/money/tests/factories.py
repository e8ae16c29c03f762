"""Made-up taxes and positions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.money.models import (
    CashRounding,
    CurrencyRate,
    FiscalPosition,
    PaymentTerm,
    PaymentTermLine,
    Tax,
    TaxGroup,
    TaxMapping,
)


def make_tax(company: Company, amount: object = 10, **values: Any) -> Tax:
    """A tax on top of the price, in a group of its own name."""
    group = values.pop("group", None) or TaxGroup.objects.get_or_create(name="VAT")[0]
    name = values.pop("name", f"Tax {Tax.objects.count() + 1}")
    return Tax.objects.create(
        company=company, name=name, amount=Decimal(str(amount)), group=group, **values
    )


def make_position(
    company: Company, *pairs: tuple[Tax, Tax | None], **values: Any
) -> FiscalPosition:
    """A position that replaces the first of each pair by the second."""
    given = {"name": f"Position {FiscalPosition.objects.count() + 1}", **values}
    position = FiscalPosition.objects.create(company=company, **given)
    for source, destination in pairs:
        TaxMapping.objects.create(
            position=position, source=source, destination=destination
        )
    return position


def make_term(company: Company | None = None, **values: Any) -> PaymentTerm:
    """Terms of one part, due in 30 days."""
    term = PaymentTerm.objects.create(**{"name": "30 days", **values}, company=company)
    PaymentTermLine.objects.create(term=term, days=30)
    return term


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room."""
    company = by.company
    tax = make_tax(company, name="VAT 10 %")
    position = make_position(company, (tax, None), name="Export")
    term = make_term(company)
    return {
        "taxes": tax,
        "tax-groups": tax.group,
        "fiscal-positions": position,
        "tax-mappings": position.mappings.first(),
        "payment-terms": term,
        "payment-term-lines": term.lines.first(),
        "currency-rates": CurrencyRate.objects.create(
            company=company, currency="USD", date=dt.date(2026, 1, 1), price=600_000
        ),
        "cash-roundings": CashRounding.objects.create(name="Thousand", step=1_000),
    }
