"""What a new product gets that nobody said."""

from typing import Any

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import ProductCategory, Unit
from sarnakh.catalog.seed import seed_units
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes.queries import default_sale_tax


def defaults(company: Company) -> dict[str, Any]:
    """Values by field name: unit, category, taxes and policy of the company."""
    category = ProductCategory.objects.filter(parent=None).order_by("pk").first()
    return {
        "unit": default_unit(company).pk,
        "category": category.pk if category else None,
        "taxes": default_taxes(company),
        "invoice_policy": TradeSettings.of(company).invoice_policy,
    }


def default_unit(company: Company) -> Unit:
    """The first unit of the first category; the shipped ones are made where there is none at all."""
    units = Unit.objects.order_by("category_id", "sequence", "pk")
    if not (unit := units.filter(active=True).first() or units.first()):
        seed_units(company.language)
        unit = units.first()
    assert unit is not None  # noqa: S101 - just made
    return unit


def default_taxes(company: Company) -> list[int]:
    """The company's tax of new products, as it is today."""
    tax = default_sale_tax(company, company.profile().today())
    return [tax.pk] if tax else []
