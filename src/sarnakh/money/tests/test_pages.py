"""Forms of taxes, positions and terms, with their lines."""

from decimal import Decimal

import pytest

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.money.screens import SCREENS
from sarnakh.money.tests.factories import make_position, make_tax, make_term, samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user(Role.ACCOUNTANT)


@pytest.fixture
def browser(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
def test_every_form_opens(browser, user, screen):
    record = samples(actor_for(user))[screen.type.name]

    assert browser.get(f"/{screen.slug}/{record.pk}").status_code == 200
    assert browser.get(f"/{screen.slug}/new").status_code == 200
    assert browser.get(f"/{screen.slug}/").status_code == 200


def test_parts_of_terms_are_edited_on_their_form(browser, user):
    term = make_term(user.company)
    first = term.lines.get()
    at = f"/payment-terms/{term.pk}"

    browser.post(f"{at}/lines/lines/{first.pk}", {"percent": "۳۰"})
    assert "30 %" in browser.get(at).content.decode()
    browser.post(f"{at}/lines/lines", {"add": "part", "days": "60"})

    assert list(term.lines.order_by("sequence").values_list("percent", "days")) == [
        (Decimal(30), 30),
        (Decimal(70), 60),
    ]
    assert "add up to" not in browser.get(at).content.decode()


def test_a_position_offers_only_taxes_of_its_company(browser, user):
    tax, export = make_tax(user.company, 10), make_tax(user.company, 0)
    position = make_position(user.company)

    browser.post(
        f"/fiscal-positions/{position.pk}/lines/mappings",
        {"add": "mapping", "source": tax.pk, "destination": export.pk},
    )

    mapping = position.mappings.get()
    assert (mapping.source, mapping.destination) == (tax, export)
