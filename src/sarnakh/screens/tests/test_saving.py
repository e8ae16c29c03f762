"""Creating and saving through the forms, the unlucky ways included."""

import pytest
from django.test import Client

from sarnakh.contacts.models import Contact
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    manager,
    salesperson,
)
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    make_stages()
    return manager()


@pytest.fixture
def browser(by) -> Client:
    client = Client()
    client.force_login(by.user)
    return client


def test_a_form_sent_twice_makes_one_record(browser):
    typed = {"name": "Chairs", "once": "abc", "expected_revenue": "1000"}

    first = browser.post("/pipeline/new", typed)
    second = browser.post("/pipeline/new", typed)

    assert Lead.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_form_that_was_refused_can_be_sent_again(browser):
    typed = {"name": "Chairs", "once": "abc", "expected_revenue": "many"}
    refused = browser.post("/pipeline/new", typed)

    mended = browser.post("/pipeline/new", {**typed, "expected_revenue": "5"})

    assert refused.status_code == 422
    assert mended.status_code == 302
    assert Lead.objects.get().expected_revenue == 5


def test_wrong_values_keep_what_was_typed_and_say_what_to_do(browser):
    answer = browser.post(
        "/pipeline/new",
        {"name": "Chairs", "expected_revenue": "abc", "expected_closing": "31/31"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="abc"' in page
    assert "is not an amount" in page
    assert "is not a date" in page
    assert not Lead.objects.exists()


def test_persian_digits_and_jalali_dates_are_read(browser, by):
    user = by.user
    user.calendar, user.language = "jalali", "fa"
    user.save()

    browser.post(
        "/pipeline/new",
        {
            "name": "صندلی",
            "expected_revenue": "۲٫۵ میلیون",
            "expected_closing": "۱۴۰۴/۰۴/۱۲",
        },
    )

    lead = Lead.objects.get()
    assert lead.expected_revenue == 2_500_000
    assert lead.expected_closing.isoformat() == "2025-07-03"


def test_an_unknown_customer_is_made_on_the_fly_only_when_asked_for(browser):
    typed = {"name": "Chairs", "customer__text": "Mehrasa"}

    refused = browser.post("/pipeline/new", typed)
    assert refused.status_code == 422
    assert not Contact.objects.exists()

    browser.post("/pipeline/new", {**typed, "customer__new": "1"})
    assert Lead.objects.get().customer.name == "Mehrasa"


def test_a_refused_form_leaves_no_contact_made_on_the_fly(browser):
    browser.post(
        "/pipeline/new",
        {
            "name": "Chairs",
            "customer__text": "Mehrasa",
            "customer__new": "1",
            "expected_revenue": "abc",
        },
    )

    assert not Contact.objects.exists()


def test_a_conflict_shows_both_values_and_keeps_the_typed_one(browser, by):
    lead = make_lead(by, expected_revenue=100)
    seen = lead.version
    leads.change(lead, {"expected_revenue": 200}, by=manager())

    answer = browser.post(
        f"/pipeline/{lead.pk}", {"version": seen, "expected_revenue": "300"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "300" in page
    assert "200" in page
    assert Lead.objects.get().expected_revenue == 200

    again = browser.post(
        f"/pipeline/{lead.pk}", {"version": seen + 1, "expected_revenue": "300"}
    )
    assert again.status_code == 302
    assert Lead.objects.get().expected_revenue == 300


def test_dropping_a_card_on_a_stage_that_is_gone_says_so(browser, by):
    lead = make_lead(by)
    gone = Stage.objects.create(name="Short-lived", sequence=5)
    number = gone.pk
    gone.delete()

    answer = browser.post(
        f"/pipeline/{lead.pk}/move?view=board",
        {"to": number},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code in {404, 409, 422}
    assert Lead.objects.get().stage.name == "New"


def test_deleting_a_stage_with_cards_is_refused_with_their_number(browser, by):
    make_lead(by)
    stage = Stage.objects.get(name="New")

    answer = browser.post(f"/pipeline/lanes/{stage.pk}", {"do": "delete"})

    assert answer.status_code == 409
    assert "1 record" in answer.content.decode()
    assert Stage.objects.filter(pk=stage.pk).exists()


def test_a_salesperson_has_no_stage_controls(by):
    other = Client()
    other.force_login(salesperson().user)
    stage = Stage.objects.get(name="New")

    page = other.get("/pipeline/?view=board").content.decode()
    answer = other.post(f"/pipeline/lanes/{stage.pk}", {"do": "delete"})

    assert "/pipeline/lanes" not in page
    assert answer.status_code in {403, 404}
    assert Stage.objects.filter(pk=stage.pk).exists()


def test_editing_together_writes_the_ticked_fields_to_all_or_none(browser, by):
    found = [make_lead(by), make_lead(by)]
    keys = [lead.pk for lead in found]
    other = make_contact(by)

    browser.post(
        "/pipeline/edit-many",
        {
            "pk": keys,
            "write": ["customer"],
            "customer": other.pk,
            "customer__text": other.name,
            "priority": "3",
        },
    )

    assert set(Lead.objects.values_list("customer", "priority")) == {(other.pk, 0)}


def test_hostile_names_are_text_on_every_page(browser, by):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=y>"
    lead = make_lead(by, name=evil, contact_name=evil)

    for path in (
        "/pipeline/?view=board",
        "/pipeline/?view=list",
        f"/pipeline/{lead.pk}",
        "/pipeline/?view=list&q=text:script",
        "/palette?text=script",
    ):
        page = browser.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_stars_are_set_at_once_and_the_same_star_takes_them_back(browser, by):
    lead = make_lead(by)

    browser.post(f"/pipeline/{lead.pk}/set/priority", {"value": "2"})
    assert Lead.objects.get().priority == 2
    browser.post(f"/pipeline/{lead.pk}/set/priority", {"value": "2"})
    assert Lead.objects.get().priority == 0


def test_the_history_says_what_changed(browser, by):
    lead = make_lead(by, expected_revenue=100)

    browser.post(
        f"/pipeline/{lead.pk}", {"version": lead.version, "expected_revenue": "300"}
    )

    change = Change.objects.get(record_id=lead.pk, event="edited")
    assert change.values == {"expected_revenue": [100, 300]}
