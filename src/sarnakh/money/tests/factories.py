"""Made-up taxes and positions."""

from decimal import Decimal
from typing import Any

from sarnakh.accounts.models import Company
from sarnakh.money.models import FiscalPosition, Tax, TaxGroup, TaxMapping


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
