"""Reading price lists: which one a customer gets, and what things cost on it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, Unit
from sarnakh.contacts.models import Contact
from sarnakh.money.rates import price_of as price_of_currency
from sarnakh.pricing import choosing, engine
from sarnakh.pricing.engine import Price
from sarnakh.pricing.models import Pricelist
from sarnakh.pricing.sheets import read

__all__ = ["Price", "Request", "price_of", "pricelist_for", "prices"]

# What one unit of a currency costs in the company's currency on that day.
Rates = Callable[[str, Company, dt.date], Decimal]


@dataclass(frozen=True)
class Request:
    """So many of a product in a unit; `extra` is what values chosen on the line
    add to the sales price."""

    product: Product
    quantity: Decimal
    unit: Unit
    extra: Decimal = Decimal(0)


def pricelist_for(
    contact: Contact | None, company: Company, *, own: Pricelist | None = None
) -> Pricelist | None:
    """The list for a customer of the company (spec sales §5.2); one statement.

    `own` is the list that the company set on this customer. None means: sales
    prices in the company's currency.
    """
    found = {
        one.pk: one
        for one in Pricelist.objects.filter(
            Q(company=None) | Q(company=company), active=True
        ).order_by("sequence", "pk")
    }
    choice = choosing.chosen(
        [
            choosing.ListFacts(
                one.pk,
                tuple(one.countries.split()),
                one.is_company_default and one.company_id == company.pk,
            )
            for one in found.values()
        ],
        own=own.pk if own else None,
        country=contact.country if contact else "",
    )
    return found[choice.pk] if choice else None


def prices(
    requests: Sequence[Request | tuple[Product, Decimal, Unit]],
    *,
    pricelist: Pricelist | None,
    currency: str,
    company: Company,
    at: dt.datetime,
    rates: Rates = price_of_currency,
) -> list[Price]:
    """Unit price and discount of each request, in the order of the requests.

    However many are asked for: one statement for the rules and one for every list
    further down the chain, and up to two for units and categories that the products
    do not bring along. `currency` is the document's; `at` its date and time.
    """
    wanted = [one if isinstance(one, Request) else Request(*one) for one in requests]
    if not wanted:
        return []
    products = {id(one.product): one.product for one in wanted}
    prefetch_related_objects(list(products.values()), "unit", "category")
    facts = {key: _facts(product) for key, product in products.items()}
    sheets = read(pricelist, company, list(facts.values()))
    book = engine.Book(sheets, company.currency, at, _exchange(company, at, rates))
    sheet = sheets[pricelist.pk if pricelist else None]
    return [
        engine.shown(
            engine.Wanted(facts[id(one.product)], one.quantity, one.unit, one.extra),
            sheet,
            book,
            currency,
        )
        for one in wanted
    ]


def price_of(
    product: Product,
    quantity: Decimal,
    unit: Unit,
    *,
    pricelist: Pricelist | None,
    currency: str,
    company: Company,
    at: dt.datetime,
) -> Price:
    """The price of one thing."""
    return prices(
        [(product, quantity, unit)],
        pricelist=pricelist,
        currency=currency,
        company=company,
        at=at,
    )[0]


def _facts(product: Product) -> engine.ProductFacts:
    category = product.category
    return engine.ProductFacts(
        pk=product.pk,
        price=product.price,
        cost=product.cost,
        unit=product.unit,
        family_id=product.family_id,
        path=category.path if category else "",
    )


def _exchange(company: Company, at: dt.datetime, rates: Rates) -> engine.Exchange:
    """Currencies by way of the company's; each is looked up once."""
    known: dict[str, Decimal] = {company.currency: Decimal(1)}
    day = company.profile().local(at).date()

    def in_home(currency: str) -> Decimal:
        if currency not in known:
            known[currency] = rates(currency, company, day)
        return known[currency]

    return lambda source, target: in_home(source) / in_home(target)
