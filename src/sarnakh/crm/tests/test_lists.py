"""Lists are put together from strings: nothing that people type may become markup."""

import pytest
from django.test import Client

from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    make_team,
    manager,
)

pytestmark = pytest.mark.django_db

HOSTILE = """<img src=x onerror="alert('1')">&"""
ESCAPED = "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;&amp;"


@pytest.fixture
def by():
    make_stages()
    return manager(name=f"Boss {HOSTILE}")


@pytest.fixture
def browser(by):
    client = Client()
    client.force_login(by.user)
    return client


def html(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/pipeline/?view=list", "/pipeline/?view=list&g=stage"]
)
def test_names_in_rows_are_text(by, browser, address):
    make_team(by.user)
    make_lead(by, name=HOSTILE, contact_name=HOSTILE, email=f"{HOSTILE}@example.com")
    if "g=" in address:
        address += f"&lane={make_lead(by).stage_id}"

    page = html(browser, address)

    assert "<img src=x" not in page
    assert ESCAPED in page


def test_people_and_choices_on_a_form_are_text(by, browser):
    customer = make_contact(by, name=HOSTILE)
    lead = make_lead(by, name=HOSTILE, customer=customer.pk)

    page = html(browser, f"/pipeline/{lead.pk}")

    assert "<img src=x" not in page
    assert f"Boss {ESCAPED}" in page


def test_addresses_in_menus_are_text(browser, by):
    page = html(browser, "/pipeline/?view=list&q=text:%22%3E%3Cs+id=evil%3E")

    assert "<s id=evil" not in page


def test_a_lost_lead_is_muted(by, browser):
    from sarnakh.crm.leads import actions

    lead = actions.mark_lost(make_lead(by), by=by)

    page = html(browser, "/pipeline/?view=list&f=lost")

    assert f'data-pk="{lead.pk}" class="muted"' in page
