"""Legal numbers of contacts: a doubt is said, never refused."""

import pytest

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.identifiers import doubts
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.contacts.models import Contact
from sarnakh.contacts.types import CONTACTS
from sarnakh.records import guarded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"national_id": "0499370899"}, set()),
        ({"national_id": "0499370898"}, {"national_id"}),
        ({"national_id": "14007650912", "is_company": True}, set()),
        ({"national_id": "0499370899", "is_company": True}, {"national_id"}),
        ({"economic_number": "12"}, {"economic_number"}),
        ({"zip": "123", "country": "IR"}, {"zip"}),
        ({"zip": "123", "national_id": "5", "country": "AE"}, set()),
        ({}, set()),
    ],
)
def test_what_is_doubted(values, fields):
    contact = Contact(name="Sara", **values)

    assert set(doubts(contact, is_company=contact.is_company)) == fields


def test_the_form_warns_and_saves(client):
    user = make_user(Role.SALES_MANAGER)
    by = actor_for(user)
    contact = guarded.create(
        CONTACTS, [{"name": "Sara", "national_id": "1234567890"}], by=by
    )[0]
    client.force_login(user)

    page = client.get(f"/contacts/{contact.pk}").content.decode()

    assert page.count("“1234567890” is no national code") == 1


def test_addresses_stand_below_their_contact(client):
    user = make_user(Role.SALES_MANAGER)
    by = actor_for(user)
    parent = guarded.create(
        CONTACTS, [{"name": "Arya", "is_company": True, "city": "Tehran"}], by=by
    )[0]
    client.force_login(user)
    client.post(
        f"/contacts/{parent.pk}/lines/addresses",
        {"add": "delivery", "name": "Warehouse", "city": "Karaj"},
    )

    child = Contact.objects.get(parent=parent)
    assert (child.address_kind, child.city) == ("delivery", "Karaj")
    page = client.get(f"/contacts/{parent.pk}").content.decode()
    assert "Warehouse" in page
