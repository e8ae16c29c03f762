"""Products and prices out of files."""

from decimal import Decimal

import pytest

from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor
from sarnakh.catalog.models import Product
from sarnakh.catalog.tests.factories import make_category, make_units
from sarnakh.exchange.tests.intake import imported, texts
from sarnakh.pricing.models import PricelistRule
from sarnakh.pricing.tests.factories import make_list

pytestmark = pytest.mark.django_db


def test_products_come_in_and_are_found_again_by_their_reference():
    manager = make_actor(Role.SALES_MANAGER)
    make_units()
    make_category("Furniture")
    head = ["Name", "Internal reference", "Sales price", "Cost", "Category", "Unit"]

    first = imported(
        "products",
        [head, ["Desk", "T-1", "1200000", "900000.5", "Furniture", "Dozen"]],
        manager,
    )
    again = imported(
        "products",
        [["Internal reference", "Sales price"], ["T-1", "1300000"]],
        manager,
        match="reference",
    )

    assert texts(first) == texts(again) == []
    desk = Product.objects.get()
    assert (desk.name, desk.price, desk.cost) == (
        "Desk",
        1_300_000,
        Decimal("900000.5"),
    )
    assert (desk.category.name, desk.unit.name) == ("Furniture", "Dozen")


def test_rules_of_a_price_list_come_in():
    manager = make_actor(Role.SALES_MANAGER)
    make_units()
    make_list(name="Wholesale")
    imported("products", [["Name"], ["Desk"]], manager)

    batch = imported(
        "pricelist-rules",
        [
            ["Price list", "Product", "Minimum quantity", "Fixed price"],
            ["Wholesale", "Desk", "10", "990000"],
        ],
        manager,
    )

    assert texts(batch) == []
    rule = PricelistRule.objects.get()
    assert (rule.target, rule.min_quantity, rule.fixed_price) == (
        "product", 10, 990_000,
    )  # fmt: skip
