"""The page that takes the demo away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.crm.models import Lead
from sarnakh.demo import actions, logins, queries

pytestmark = pytest.mark.django_db
PAGE = "/demo/remove"
OURS = {
    "company": "Real Ltd",
    "name": "Sara Real",
    "email": "sara@real.example",
    "language": "en",
}


@pytest.fixture(autouse=True)
def small(room: Path, db: None) -> Iterator[None]:
    """The English company alone: quick to load."""
    actions.load(("en",))
    yield
    logins.forget()


def entered(client: Client, email: str = "nora@alderbyte.example") -> Client:
    client.force_login(User.objects.get(email=email))
    return client


def test_the_page_names_what_goes(client: Client) -> None:
    page = entered(client).get(PAGE)
    assert page.status_code == 200
    assert "Alder &amp; Byte Interiors" in page.content.decode()


def test_one_click_leads_to_the_password_of_the_real_company(client: Client) -> None:
    answer = entered(client).post(PAGE, OURS)
    assert answer.status_code == 302
    assert not queries.is_loaded()
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert User.objects.get().email == "sara@real.example"
    assert client.get(PAGE).status_code == 302


def test_an_incomplete_form_removes_nothing(client: Client) -> None:
    answer = entered(client).post(PAGE, {**OURS, "email": "nobody"})
    assert answer.status_code == 422
    assert Lead.objects.count() == 40


def test_salespeople_may_not(client: Client) -> None:
    answer = entered(client, "miles@alderbyte.example").post(PAGE, OURS)
    assert answer.status_code == 403
    assert Lead.objects.count() == 40


def test_a_refusal_is_said_on_the_page(client: Client) -> None:
    company = Company.objects.create(name="Real Ltd", language="en")
    make_user(Role.SALES_OWN, company=company)
    answer = entered(client).post(PAGE)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert queries.is_loaded()


def test_a_real_manager_stays_logged_in(client: Client) -> None:
    company = Company.objects.create(name="Real Ltd", language="en")
    boss = make_user(Role.ADMINISTRATOR, company=company)
    client.force_login(boss)
    answer = client.post(PAGE, follow=True)
    assert answer.status_code == 200
    assert not queries.is_loaded()
    assert client.get(PAGE).status_code == 404
