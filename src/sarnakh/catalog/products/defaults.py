"""What a new product gets that nobody said."""

from typing import Any

from django.db.models import Q

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import ProductCategory, Unit
from sarnakh.catalog.seed import seed_units
from sarnakh.money.models import Tax, TradeSettings


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
    """The first unit; the shipped ones are made where there is none at all."""
    units = Unit.objects.order_by("sequence", "pk")
    if not (unit := units.filter(active=True).first() or units.first()):
        seed_units(company.language)
        unit = units.first()
    assert unit is not None  # noqa: S101 - just made
    return unit


def default_taxes(company: Company) -> list[int]:
    """The company's first sales tax that holds today."""
    today = company.profile().today()
    held = Tax.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_until=None) | Q(valid_until__gte=today),
        company=company,
        use=Tax.Use.SALE,
        active=True,
    )
    first = held.order_by("sequence", "pk").values_list("pk", flat=True).first()
    return [first] if first else []
