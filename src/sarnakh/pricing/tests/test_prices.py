"""Prices out of the database."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor
from sarnakh.catalog.models import Product
from sarnakh.catalog.tests.factories import make_category, make_product, make_units
from sarnakh.contacts.models import Contact
from sarnakh.money.models import CurrencyRate
from sarnakh.money.rates import NoRate
from sarnakh.pricing import queries
from sarnakh.pricing.models import Pricelist
from sarnakh.pricing.tests.factories import make_list

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC)


@pytest.fixture
def manager() -> Actor:
    return make_actor(Role.SALES_MANAGER)


def ask(product: Product, quantity: int = 1, *, by: Actor, on: Any = None, **more: Any):
    return queries.price_of(
        product,
        Decimal(quantity),
        more.pop("unit", product.unit),
        pricelist=on,
        currency=more.pop("currency", "IRR"),
        company=by.company,
        at=AT,
    )


def test_without_a_list_the_sales_price_holds(manager: Actor):
    product = make_product(manager, price=Decimal(187_500))
    dozen = make_units()["Dozen"]
    assert ask(product, by=manager).unit_price == 187_500
    assert ask(product, by=manager, unit=dozen).unit_price == 2_250_000


def test_the_worked_formula(manager: Actor):
    product = make_product(manager, price=Decimal(1_237_000))
    on = make_list(
        {
            "computation": "formula",
            "percent": 8,
            "rounding_step": 10_000,
            "surcharge": -100,
        }
    )
    assert ask(product, by=manager, on=on).unit_price == 1_139_900


def test_discounts_of_two_lists_are_shown_as_one(manager: Actor):
    product = make_product(manager, price=Decimal(1_000))
    below = make_list(
        {"computation": "percent", "percent": 12}, discount_policy="shown"
    )
    on = make_list(
        {
            "computation": "percent",
            "percent": 5,
            "base": "pricelist",
            "base_pricelist": below,
        },
        discount_policy="shown",
    )
    found = ask(product, by=manager, on=on)
    assert (found.unit_price, found.discount) == (1_000, Decimal("16.4"))


def test_a_rule_for_a_category_holds_for_what_lies_below(manager: Actor):
    above = make_category()
    below = make_category(parent=above)
    inside = make_product(manager, category=below.pk)
    outside = make_product(manager, category=make_category().pk)
    on = make_list({"target": "category", "category": above, "fixed_price": 70})
    assert ask(inside, by=manager, on=on).unit_price == 70
    assert ask(outside, by=manager, on=on).unit_price == 1


def test_prices_are_exchanged_by_the_rates_of_the_day(manager: Actor):
    product = make_product(manager, price=Decimal(1_000_000))
    on = make_list(currency="USD")
    with pytest.raises(NoRate):
        ask(product, by=manager, on=on, currency="USD")
    for day, price in ((1, 400_000), (20, 500_000), (28, 600_000)):
        CurrencyRate.objects.create(
            currency="USD", date=dt.date(2026, 3, day), price=price
        )
    assert ask(product, by=manager, on=on, currency="USD").unit_price == 2
    assert ask(product, by=manager, on=on).unit_price == 1_000_000


@pytest.mark.parametrize("depth", [1, 2])
def test_ten_and_a_hundred_prices_cost_the_same_statements(manager: Actor, depth: int):
    on = make_list({"computation": "percent", "percent": 10})
    for _level in range(depth - 1):
        on = make_list(
            {
                "computation": "percent",
                "percent": 10,
                "base": "pricelist",
                "base_pricelist": on,
            }
        )
    category = make_category()
    made = [make_product(manager, price=100, category=category.pk) for _n in range(100)]

    def statements(count: int) -> int:
        products = list(Product.objects.filter(pk__in=[one.pk for one in made[:count]]))
        unit = make_units()["Unit"]
        with CaptureQueriesContext(
            connection,
        ) as found:
            prices = queries.prices(
                [(product, Decimal(2), unit) for product in products],
                pricelist=on,
                currency="IRR",
                company=manager.company,
                at=AT,
            )
        assert len(prices) == count
        return len(found)

    assert statements(10) == statements(100) == 2 + depth


# --- whose list -------------------------------------------------------------------


def customer(country: str = "") -> Contact:
    return Contact.objects.create(name="Customer", country=country)


def test_a_customer_without_any_list_has_none(manager: Actor):
    assert queries.pricelist_for(customer(), manager.company) is None


def test_the_own_list_comes_first_then_the_country_then_everybodys(manager: Actor):
    company = manager.company
    everybody = make_list(sequence=1)
    gulf = make_list(sequence=2, countries="AE QA")
    own = make_list(sequence=3)

    def chosen(country: str, own_list: Pricelist | None = None) -> Pricelist | None:
        return queries.pricelist_for(customer(country), company, own=own_list)

    assert chosen("IR") == everybody
    assert chosen("QA") == gulf
    assert chosen("QA", own) == own
    own.active = False
    own.save()
    assert chosen("QA", own) == gulf


def test_without_a_list_for_everybody_the_default_comes_before_the_first(
    manager: Actor,
):
    first = make_list(sequence=1, countries="AE")
    default = make_list(
        sequence=2, countries="QA", company=manager.company, is_company_default=True
    )
    assert queries.pricelist_for(customer("IR"), manager.company) == default
    default.active = False
    default.save()
    assert queries.pricelist_for(customer("IR"), manager.company) == first


def test_lists_of_other_companies_are_out_of_the_question(manager: Actor):
    from sarnakh.accounts.tests.factories import make_company

    theirs = make_list(company=make_company())
    assert queries.pricelist_for(customer(), manager.company) is None
    assert queries.pricelist_for(customer(), manager.company, own=theirs) is None
