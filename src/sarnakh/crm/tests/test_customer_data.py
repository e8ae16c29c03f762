"""What leads and customers tell each other; specification crm 1.4 and 1.5."""

import pytest

from sarnakh.contacts.people import actions as people
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    salesperson,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    make_stages()
    return salesperson()


def test_the_customer_fills_the_lead(by):
    customer = make_contact(
        by, name="Mehr", email="info@mehr.ir", phone="021 8888 1234", city="Tehran"
    )

    lead = make_lead(by, name="", customer=customer.pk)

    assert lead.name == "Mehr's opportunity"
    assert (lead.company_name, lead.email) == ("Mehr", "info@mehr.ir")
    assert lead.city == "Tehran"


def test_given_values_win_and_an_address_comes_whole_or_not_at_all(by):
    customer = make_contact(by, street="Azadi 12", city="Tehran", zip="12345")

    lead = make_lead(by, customer=customer.pk, city="Qom", email="own@deal.ir")

    assert (lead.street, lead.city, lead.zip) == ("", "Qom", "")
    assert lead.email == "own@deal.ir"


def test_a_new_email_on_the_lead_goes_to_its_customer(by):
    customer = make_contact(by, email="old@mehr.ir")
    lead = make_lead(by, customer=customer.pk)

    leads.change(lead, {"email": "new@mehr.ir"}, by=by)

    customer.refresh_from_db()
    assert customer.email == "new@mehr.ir"


def test_another_spelling_of_the_same_phone_does_not_travel(by):
    customer = make_contact(by, phone="+98 21 8888 1234", country="IR")
    lead = make_lead(by, customer=customer.pk)

    leads.change(lead, {"phone": "۰۲۱۸۸۸۸۱۲۳۴"}, by=by)

    customer.refresh_from_db()
    assert customer.phone == "+98 21 8888 1234"


def test_the_customers_new_phone_goes_to_its_leads_but_clearing_does_not(by):
    customer = make_contact(by, phone="021 8888 1234")
    lead = make_lead(by, customer=customer.pk)

    people.change(customer, {"phone": "021 7777 1234"}, by=by)
    lead.refresh_from_db()
    assert lead.phone == "021 7777 1234"

    people.change(customer, {"phone": ""}, by=by)
    lead.refresh_from_db()
    assert lead.phone == "021 7777 1234"


def test_removing_the_customer_erases_nothing(by):
    customer = make_contact(by, email="info@mehr.ir")
    lead = make_lead(by, customer=customer.pk)

    lead = leads.change(lead, {"customer": None}, by=by)

    assert lead.email == "info@mehr.ir"


def test_persian_digits_make_an_international_number(by):
    lead = make_lead(by, phone="۰۹۱۲۱۲۳۴۵۶۷")

    assert lead.phone_e164 == "+989121234567"
    assert lead.phone_quality == "correct"


def test_quality_of_broken_contact_data_is_said(by):
    lead = make_lead(by, phone="12", email="not an address")

    assert lead.phone_quality == "incorrect"
    assert lead.email_quality == "incorrect"


@pytest.mark.parametrize(
    ("email", "criterion"),
    [("a@shop.ir", "@shop.ir"), ("a@gmail.com", "a@gmail.com"), ("word", "word")],
)
def test_the_domain_criterion_knows_free_mailboxes(by, email, criterion):
    assert make_lead(by, email=email).email_domain_criterion == criterion
