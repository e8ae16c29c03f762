"""Products on screen."""

import pytest
from django.test import Client

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.catalog.tests.factories import make_attribute, make_product
from sarnakh.money.models import Tax, TaxGroup

pytestmark = pytest.mark.django_db


def make_tax(company: Company) -> Tax:
    group = TaxGroup.objects.create(name="VAT")
    return Tax.objects.create(name="VAT", company=company, amount=10, group=group)


def test_taxes_of_another_company_are_neither_shown_nor_lost(client: Client):
    user = make_user(Role.SALES_MANAGER)
    ours, theirs = make_tax(user.company), make_tax(make_company())
    product = make_product(actor_for(user), taxes=[ours.pk])
    product.taxes.add(theirs)
    client.force_login(user)

    page = client.get(f"/products/{product.pk}")
    assert [tax.pk for tax in page.context["inputs"]["taxes"].items] == [ours.pk]
    answer = client.post(
        f"/products/{product.pk}",
        {
            "name": product.name,
            "price": "2,500",
            "taxes": [ours.pk],
            "taxes__shown": "1",
            "version": product.version,
        },
    )

    assert answer.status_code == 302
    product.refresh_from_db()
    assert product.price == 2_500
    assert set(product.taxes.all()) == {ours, theirs}


def test_lists_show_families_and_variants_apart(client: Client):
    user = make_user(Role.SALES_MANAGER)
    red = make_attribute("Colour", "Red")[0]
    shirt = make_product(actor_for(user), name="Shirt", values=[red.pk])
    variant = shirt.variants.get()
    client.force_login(user)

    families = client.get("/products/").context["records"]
    variants = client.get("/product-variants/").context["records"]

    assert [record.pk for record in families] == [shirt.pk]
    assert [record.pk for record in variants] == [variant.pk]
    assert client.get(f"/products/{variant.pk}").status_code == 200


def test_the_cost_is_not_on_pages_of_those_who_sell_only_their_own(client: Client):
    manager = make_user(Role.SALES_MANAGER)
    product = make_product(actor_for(manager), cost=4_711, price=9_999)
    client.force_login(make_user(Role.SALES_OWN, company=manager.company))
    for path in ("/products/", f"/products/{product.pk}", "/products/?o=cost"):
        page = client.get(path).content.decode()
        assert "9,999" in page
        assert "4,711" not in page
