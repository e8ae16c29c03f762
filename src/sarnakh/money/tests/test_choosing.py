"""Which taxes a line gets, by date, company and fiscal position."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from sarnakh.accounts.tests.factories import make_company
from sarnakh.catalog.models import Product, Unit, UnitCategory
from sarnakh.lib.calendars import JALALI
from sarnakh.money.models import CurrencyRate, Tax
from sarnakh.money.rates import NoRate, convert, convert_amount, price_of
from sarnakh.money.seed import seed
from sarnakh.money.taxes.queries import (
    default_sale_tax,
    default_taxes,
    mapped,
    position_for,
    rules,
)
from sarnakh.money.tests.factories import make_position, make_tax

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@dataclass
class Address:
    country: str = "IR"
    state: str = ""
    zip: str = ""
    tax_number: str = ""


@pytest.fixture
def company():
    return make_company()


def make_product(*taxes, name="Chair"):
    category, _ = UnitCategory.objects.get_or_create(name="Pieces")
    unit, _ = Unit.objects.get_or_create(name="Piece", category=category)
    product = Product.objects.create(name=name, unit=unit)
    product.taxes.set(taxes)
    return product


# --- dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (JALALI.date(1402, 12, 29), 9),
        (JALALI.date(1403, 1, 1), 10),
        (JALALI.date(1405, 8, 30), 10),
        (JALALI.date(1394, 1, 1), 9),
        (JALALI.date(1393, 12, 29), 8),
        (JALALI.date(1391, 6, 1), 5),
        (JALALI.date(1389, 12, 29), 3),
    ],
)
def test_irans_rate_follows_the_date_of_the_document(company, day, rate):
    seed(company)
    product = make_product(default_sale_tax(company, TODAY))

    (key,) = default_taxes([product], company, day)[product.pk]

    assert Tax.objects.get(pk=key).amount == rate
    assert default_sale_tax(company, day).amount == rate


def test_a_new_rate_is_only_a_new_row(company):
    seed(company)
    product = make_product(default_sale_tax(company, TODAY))
    first_day = JALALI.date(1406, 1, 1)
    make_tax(company, 12, name="VAT 12 %", series="vat", valid_from=first_day)

    before = default_taxes([product], company, first_day - dt.timedelta(1))
    after = default_taxes([product], company, first_day)

    assert Tax.objects.get(pk=before[product.pk][0]).amount == 10
    assert Tax.objects.get(pk=after[product.pk][0]).amount == 12


def test_archived_taxes_are_no_default(company):
    tax = make_tax(company, 5, active=False)
    product = make_product(tax)

    assert default_taxes([product], company, TODAY) == {product.pk: []}
    assert rules([tax.pk])[tax.pk].amount == 5


# --- companies ----------------------------------------------------------------------


def test_taxes_come_from_the_nearest_company_that_has_any():
    parent = make_company(name="Holding")
    branch = make_company(name="Branch", parent=parent)
    stranger = make_company(name="Stranger")
    of_parent, of_branch = make_tax(parent, 9), make_tax(branch, 10)
    both = make_product(of_parent, of_branch, make_tax(stranger, 1))
    inherited = make_product(of_parent, name="Table")
    bare = make_product(name="Shelf")

    assert default_taxes([both, inherited, bare], branch, TODAY) == {
        both.pk: [of_branch.pk],
        inherited.pk: [of_parent.pk],
        bare.pk: [],
    }


def test_the_number_of_statements_does_not_grow(company, django_assert_max_num_queries):
    seed(company)
    tax = default_sale_tax(company, TODAY)
    position = make_position(company, (tax, None))
    products = [make_product(tax, name=f"Product {n}") for n in range(30)]

    with django_assert_max_num_queries(3):
        found = default_taxes(products, company, TODAY, position)

    assert set(map(tuple, found.values())) == {()}


# --- fiscal positions ---------------------------------------------------------------


def test_a_tax_becomes_another_several_or_none(company):
    old, other = make_tax(company, 10), make_tax(company, 5)
    one, two = make_tax(company, 3), make_tax(company, 4)
    several = make_position(company, (old, one), (old, two))
    none = make_position(company, (old, None))

    assert mapped([old.pk, other.pk], several) == [one.pk, two.pk, other.pk]
    assert mapped([old.pk, other.pk], none) == [other.pk]
    assert mapped([old.pk], None) == [old.pk]


def test_a_mapping_outlives_a_change_of_the_rate(company):
    nine = make_tax(company, 9, series="vat", valid_until=dt.date(2024, 3, 19))
    ten = make_tax(company, 10, series="vat", valid_from=dt.date(2024, 3, 20))
    export = make_tax(company, 0)
    position = make_position(company, (nine, export))
    product = make_product(ten)

    assert mapped([ten.pk], position) == [export.pk]
    assert default_taxes([product], company, TODAY, position) == {
        product.pk: [export.pk]
    }
    back = make_position(company, (export, nine))
    assert mapped([export.pk], back, TODAY) == [ten.pk]


def test_the_narrowest_position_wins(company):
    everywhere = make_position(company, name="Everywhere", is_automatic=True)
    gulf = make_position(
        company, name="Gulf", is_automatic=True, countries="AE SA QA", sequence=9
    )
    emirates = make_position(
        company, name="UAE", is_automatic=True, countries="AE", sequence=30
    )
    dubai = make_position(
        company, is_automatic=True, countries="AE", state="دبی", sequence=40
    )
    make_position(company, countries="AE", state="دبی", zip_from="1", zip_to="9")

    def found(**address):
        return position_for(None, Address(**address), company)

    assert found(country="IR") == everywhere
    assert found(country="SA") == gulf
    assert found(country="AE") == emirates
    assert found(country="AE", state="دبي") == dubai


def test_postal_codes_are_compared_as_numbers(company):
    zone = make_position(
        company,
        is_automatic=True,
        countries="IR",
        zip_from="79400-00000",
        zip_to="7959999999",
    )

    assert position_for(None, Address(zip="۷۹۴۱۵۵۵۵۵۵"), company) == zone
    assert position_for(None, Address(zip="1234567890"), company) is None
    assert position_for(None, Address(), company) is None


def test_positions_that_need_a_number_come_first_for_those_who_have_one(company):
    plain = make_position(company, is_automatic=True, countries="AE")
    registered = make_position(company, is_automatic=True, needs_tax_number=True)
    customer = Address(country="AE", tax_number="100")

    assert position_for(customer, None, company) == registered
    assert position_for(Address(country="AE"), None, company) == plain


def test_what_somebody_has_set_wins(company):
    make_position(company, is_automatic=True)
    own = make_position(company)

    assert position_for(Address(), None, company, own=own) == own


# --- groups -------------------------------------------------------------------------


def test_the_rule_of_a_group_knows_its_children(company):
    children = make_tax(company, 6), make_tax(company, 10)
    group = make_tax(company, 0, kind="group")
    group.children.set(children)

    found = rules([group.pk])

    assert [rule.amount for rule in found[group.pk].children] == [6, 10]
    assert set(found) == {group.pk, *(child.pk for child in children)}


# --- rates --------------------------------------------------------------------------


def make_rate(company, currency, day, price):
    CurrencyRate.objects.create(
        company=company, currency=currency, date=day, price=Decimal(price)
    )


def test_the_latest_rate_of_the_company_comes_before_shared_ones(company):
    make_rate(None, "USD", dt.date(2026, 1, 5), "550000")
    make_rate(company, "USD", dt.date(2026, 1, 1), "600000")
    make_rate(company, "USD", dt.date(2026, 2, 1), "700000")

    assert price_of("USD", company, dt.date(2026, 1, 20)) == 600_000
    assert price_of("USD", company, dt.date(2026, 2, 1)) == 700_000
    assert price_of("IRR", company, dt.date(2026, 2, 1)) == 1


def test_shared_rates_are_quotients(company):
    make_rate(None, "EUR", dt.date(2026, 1, 1), "1.2")
    make_rate(None, "IRR", dt.date(2026, 1, 1), "0.000002")

    assert price_of("EUR", company, TODAY) == 600_000
    assert price_of("USD", company, TODAY) == 500_000
    assert convert(Decimal(2), "EUR", "USD", company, TODAY) == Decimal("2.4")
    assert convert_amount(1_050, "USD", "IRR", company, TODAY) == 5_250_000


def test_without_a_rate_nothing_is_converted(company):
    with pytest.raises(NoRate):
        price_of("USD", company, TODAY)
    make_rate(company, "USD", TODAY + dt.timedelta(1), "600000")
    with pytest.raises(NoRate):
        price_of("USD", company, TODAY)
