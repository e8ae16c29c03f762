"""Reading price lists: which one a customer gets, and what things cost on it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product, Unit
from sarnakh.contacts.models import Contact
from sarnakh.money.rates import price_of as price_of_currency
from sarnakh.pricing import choosing, engine
from sarnakh.pricing.engine import Price
from sarnakh.pricing.models import Pricelist, PricelistRule

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
    sheets = _sheets(pricelist, company, facts.values())
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


def _sheets(
    pricelist: Pricelist | None,
    company: Company,
    products: Iterable[engine.ProductFacts],
) -> Mapping[int | None, engine.Sheet]:
    """The list and all that it is based on, with the rules that can concern these
    products; level by level, as most lists stand on none."""
    if pricelist is None:
        return {None: engine.Sheet(None, company.currency)}
    concerning = _concerning(list(products))
    known = {pricelist.pk: pricelist}
    rules: dict[int, list[engine.Rule]] = {}
    level = [pricelist.pk]
    while level:
        found = (
            PricelistRule.objects.filter(concerning, pricelist__in=level)
            .select_related("base_pricelist", "category")
            .order_by()
        )
        for key in level:
            rules[key] = []
        for row in found:
            rules[row.pricelist_id].append(_rule(row))
            if row.base_pricelist:
                known[row.base_pricelist.pk] = row.base_pricelist
        level = [
            followed
            for followed in {rule.follows for key in level for rule in rules[key]}
            if followed is not None and followed not in rules
        ]
    return {
        key: engine.Sheet(
            key,
            known[key].currency,
            known[key].discount_policy == Pricelist.DiscountPolicy.SHOWN,
            tuple(found),
        )
        for key, found in rules.items()
    }


def _concerning(products: Sequence[engine.ProductFacts]) -> Q:
    keys = {one.pk for one in products} | {
        one.family_id for one in products if one.family_id
    }
    categories = {
        int(part) for one in products for part in one.path.strip("/").split("/") if part
    }
    targets = PricelistRule.Target
    return (
        Q(target=targets.ALL)
        | Q(target__in=(targets.PRODUCT, targets.VARIANT), product__in=keys)
        | Q(target=targets.CATEGORY, category__in=categories)
    )


def _rule(row: PricelistRule) -> engine.Rule:
    return engine.Rule(
        pk=row.pk,
        target=row.target,
        product_id=row.product_id,
        path=row.category.path if row.category else "",
        min_quantity=row.min_quantity,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        computation=row.computation,
        fixed_price=row.fixed_price,
        percent=row.percent,
        base=row.base,
        base_list=row.base_pricelist_id,
        rounding_step=row.rounding_step,
        surcharge=row.surcharge,
        min_margin=row.min_margin,
        max_margin=row.max_margin,
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
