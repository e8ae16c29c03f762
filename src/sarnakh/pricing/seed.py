"""The price list that every company begins with."""

from sarnakh.accounts.models import Company
from sarnakh.pricing import shipped
from sarnakh.pricing.models import Pricelist


def seed(company: Company) -> None:
    """Make the public list in the company's currency, unless it has one already."""
    if Pricelist.objects.filter(company=company).exists():
        return
    Pricelist.objects.create(
        name=shipped.PUBLIC.in_language(company.language),
        currency=company.currency,
        company=company,
        is_company_default=True,
    )
