"""Reading products."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.catalog.errors import NotSold, OfOtherCompany
from sarnakh.catalog.models import AttributeValue, Product
from sarnakh.records import rows
from sarnakh.records.types import by_model

if TYPE_CHECKING:
    from django.db.models import QuerySet


def sellable(actor: Actor, company: Company) -> "QuerySet[Product]":
    """What new lines of a document of the company may offer, unit and category with
    it: for sale, not archived, no family, the company's or shared."""
    return (
        rows.visible(by_model(Product), actor)
        .filter(
            Q(company=None) | Q(company=company),
            active=True,
            is_sold=True,
            has_variants=False,
        )
        .select_related("unit", "category")
    )


def check_new(products: Iterable[Product], company: Company) -> None:
    """Refuse what a new line of the company's document cannot take: NotSold,
    OfOtherCompany."""
    for product in products:
        if not product.is_sold or not product.active or product.has_variants:
            raise NotSold(product)
    check_company(products, company)


def check_company(products: Iterable[Product], company: Company) -> None:
    """Refuse products of other companies, on new and old lines alike."""
    for product in products:
        if product.company_id not in (None, company.pk):
            raise OfOtherCompany(product)


def line_values(product: Product) -> "QuerySet[AttributeValue]":
    """Values of the product that make no variants and are chosen on the line."""
    family = product.family or product
    return family.values.filter(attribute__makes_variants=False)
