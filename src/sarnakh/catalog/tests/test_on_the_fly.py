"""A product from its name alone."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor
from sarnakh.catalog.models import Product
from sarnakh.catalog.products import actions as products
from sarnakh.catalog.products.queries import sellable
from sarnakh.money.models import Tax, TaxGroup, TradeSettings

pytestmark = pytest.mark.django_db


def test_a_salesperson_types_a_name_and_can_sell_it():
    seller = make_actor(Role.SALES_OWN)
    group = TaxGroup.objects.create(name="VAT")
    vat = Tax.objects.create(name="9 %", company=seller.company, amount=9, group=group)
    TradeSettings.objects.create(
        company=seller.company, invoice_policy="delivered", default_tax=vat
    )

    made = products.create_quickly("میز چوبی", by=seller)

    assert (made.kind, made.is_sold, made.price) == ("consumable", True, Decimal(1))
    assert made.invoice_policy == "delivered"
    assert made.unit.size == "reference"
    assert list(made.taxes.all()) == [vat]
    assert list(sellable(seller, seller.company)) == [made]


def test_the_company_may_keep_salespeople_from_making_products():
    seller = make_actor(Role.SALES_OWN)
    TradeSettings.objects.create(
        company=seller.company, salespeople_make_products=False
    )

    with pytest.raises(PermissionDenied):
        products.create_quickly("Chair", by=seller)

    assert not Product.objects.exists()
    manager = make_actor(Role.SALES_MANAGER, company=seller.company)
    assert products.create_quickly("Chair", by=manager).name == "Chair"


def test_others_cannot_make_products():
    with pytest.raises(PermissionDenied):
        products.create_quickly("Chair", by=make_actor(Role.STOCK))
