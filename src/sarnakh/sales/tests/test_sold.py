"""What was sold keeps its type."""

import pytest

from sarnakh.catalog.errors import KindIsFixed
from sarnakh.catalog.types import PRODUCTS
from sarnakh.records import guarded
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, make_order, make_product, manager

pytestmark = pytest.mark.django_db


def test_a_type_may_change_on_a_quotation_and_not_after_the_sale():
    by = manager()
    product = make_product(by)
    order = make_order(by, line(product))
    guarded.change(PRODUCTS, product.pk, {"kind": "service"}, by=by)

    orders.confirm(order, by=by)

    with pytest.raises(KindIsFixed):
        guarded.change(PRODUCTS, product.pk, {"kind": "consumable"}, by=by)
    product.refresh_from_db()
    assert product.kind == "service"
