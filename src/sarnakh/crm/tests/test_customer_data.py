"""What leads and customers tell each other; specification crm 1.4 and 1.5."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.contacts.people import actions as people
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    salesperson,
)
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues

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


def test_many_new_leads_give_their_data_back_with_few_statements(by):
    def take_in(customers) -> int:
        rows = [
            {"name": f"Deal {n}", "customer": one.pk, "phone": f"0912000000{n}"}
            for n, one in enumerate(customers)
        ]
        with CaptureQueriesContext(connection) as seen:
            leads.create_quietly(rows, by=by)
        return len(seen)

    few = take_in([make_contact(by, email="a@mehr.ir")])
    customers = [make_contact(by, email="b@mehr.ir") for _ in range(6)]
    many = take_in(customers)

    for number, customer in enumerate(customers):
        customer.refresh_from_db()
        assert customer.phone == f"0912000000{number}"
        assert customer.phone_e164 == f"+98912000000{number}"
        assert customer.email == "b@mehr.ir"
        [last, _made] = plain.history(customer, CONTACTS)
        assert (last.event, last.version) == ("edited", customer.version)
        assert last.values == {"phone": [None, f"0912000000{number}"]}
    assert many <= few


def test_of_two_new_leads_of_one_customer_the_later_one_counts(by):
    customer = make_contact(by, email="old@mehr.ir")
    rows = [
        {"name": name, "customer": customer.pk, "email": f"{name}@mehr.ir"}
        for name in ("first", "second")
    ]

    made = leads.create_quietly(rows, by=by)

    customer.refresh_from_db()
    assert customer.email == "second@mehr.ir"
    assert [
        change.values.get("email") for change in plain.history(customer, CONTACTS)
    ] == [
        ["first@mehr.ir", "second@mehr.ir"],
        ["old@mehr.ir", "first@mehr.ir"],
        None,
    ]
    for lead in made:
        lead.refresh_from_db()
        assert lead.email == "second@mehr.ir"


def test_a_refused_correction_leaves_all_as_it_was(by):
    customer, other = make_contact(by), make_contact(by)
    too_long = "x" * 300 + "@mehr.ir"

    with pytest.raises(InvalidValues):
        people.correct_many(
            [(customer, {"phone": "021 1"}), (other, {"email": too_long})], by=by
        )

    customer.refresh_from_db()
    assert customer.phone == ""


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
