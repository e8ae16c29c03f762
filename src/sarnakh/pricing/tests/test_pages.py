"""Price lists on screen."""

import pytest
from django.test import Client

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.catalog.tests.factories import make_product
from sarnakh.pricing.models import PricelistRule
from sarnakh.pricing.tests.factories import make_list

pytestmark = pytest.mark.django_db


def test_the_form_shows_the_newest_rules_and_says_where_the_others_are(client: Client):
    user = make_user(Role.SALES_MANAGER)
    product = make_product(actor_for(user))
    pricelist = make_list()
    PricelistRule.objects.bulk_create(
        PricelistRule(
            pricelist=pricelist, target="product", product=product, min_quantity=number
        )
        for number in range(103)
    )
    client.force_login(user)

    page = client.get(f"/pricelists/{pricelist.pk}").content.decode()

    assert "3 more rules" in page
    assert page.count('data-form="lines-fixed-') == 100


def test_a_price_is_added_in_the_table_of_the_form(client: Client):
    user = make_user(Role.SALES_MANAGER)
    product = make_product(actor_for(user))
    pricelist = make_list()
    client.force_login(user)

    answer = client.post(
        f"/pricelists/{pricelist.pk}/lines/fixed",
        {"add": "fixed", "product": product.pk, "fixed_price": "1,200,000"},
    )

    assert answer.status_code in (200, 302)
    rule = pricelist.rules.get()
    assert (rule.target, rule.product, rule.fixed_price) == (
        "product", product, 1_200_000,
    )  # fmt: skip
