"""Pages of invoicing: forms, dialogs, ages, numbers."""

import datetime as dt
import re

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice, Journal, Payment
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.tests.factories import (
    DAY,
    accountant,
    biller,
    journal,
    line,
    make_customer,
    make_draft,
    make_posted,
    vat,
)

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(by.user)
    return client


def test_a_draft_is_posted_paid_and_credited_by_hand():
    by = biller()
    client = browser(by)
    draft = make_draft(by, line(1000, vat(by.company)))
    journal(by.company)
    page = client.get(f"/invoices/{draft.pk}")
    assert page.status_code == 200
    assert "Add a product" in page.content.decode()

    assert client.post(f"/invoices/{draft.pk}/press/post").status_code == 302
    page = client.get(f"/invoices/{draft.pk}").content.decode()
    assert "INV/1405/00001" in page
    assert "Register payment" in page
    assert "Add a product" not in page
    token = re.search(r'name="once" value="([^"]+)"', page)
    assert token
    given = {
        "journal": Journal.objects.get(kind="bank").pk,
        "amount": "400",
        "date": "1405/06/21",
        "rest": "open",
        "once": token[1],
    }
    for _click in range(2):
        answer = client.post(f"/invoices/{draft.pk}/press/register-payment", given)
        assert answer.status_code == 302

    draft.refresh_from_db()
    assert draft.residual == 700
    assert Payment.objects.get().date == dt.date(2026, 9, 12)
    answer = client.post(
        f"/invoices/{draft.pk}/press/credit", {"reason": "Damaged", "how": "once"}
    )
    note = Invoice.objects.get(kind="credit-note")
    assert answer["Location"].endswith(f"/invoices/{note.pk}")
    assert note.reason == "Damaged"


def test_lines_are_typed_into_the_form():
    by = biller()
    client = browser(by)
    draft = make_draft(by)

    answer = client.post(
        f"/invoices/{draft.pk}/lines/lines",
        {"add": "product", "description": "Table", "quantity": "2",
         "unit_price": "500"},
    )  # fmt: skip

    assert answer.status_code in {200, 302}
    draft.refresh_from_db()
    assert (draft.lines.count(), draft.total) == (2, 2000)


def test_several_are_paid_together_from_the_list():
    by = biller()
    client = browser(by)
    customer = make_customer()
    documents = [make_posted(by, customer=customer) for _n in range(2)]
    keys = [one.pk for one in documents]
    asked = client.post("/invoices/bulk/pay", {"pk": keys, "state": "view=list"})
    assert asked.status_code == 200
    token = re.search(r'name="once" value="([^"]+)"', asked.content.decode())
    assert token

    client.post(
        "/invoices/bulk/pay",
        {
            "pk": keys,
            "state": "view=list",
            "sure": "1",
            "journal": journal(by.company).pk,
            "is_grouped": "1",
            "once": token[1],
        },
    )

    assert Payment.objects.get().amount == 2000


def test_a_credit_is_added_and_taken_back_on_the_form():
    by = biller()
    client = browser(by)
    customer = make_customer()
    (payment,) = payments.register(
        [make_posted(by, customer=customer)],
        journal=journal(by.company),
        amount=1500,
        by=by,
    )
    invoice = make_posted(by, customer=customer)
    page = client.get(f"/invoices/{invoice.pk}").content.decode()
    assert "Outstanding credits" in page

    client.post(f"/invoices/{invoice.pk}/press/add-credit", {"payment": payment.pk})
    invoice.refresh_from_db()
    assert invoice.residual == 500
    allocation = invoice.allocations.get()
    client.post(f"/invoicing/invoices/{invoice.pk}/unallocate/{allocation.pk}")
    invoice.refresh_from_db()
    assert invoice.residual == 1000


def test_sellers_look_and_billing_acts():
    by = biller()
    seller = make_user(Role.SALES_OWN, company=by.company)
    mine = make_posted(by, salesperson=seller)
    others = make_posted(by, salesperson=by.user)
    client = Client()
    client.force_login(seller)

    page = client.get(f"/invoices/{mine.pk}")
    assert page.status_code == 200
    assert "Register payment" not in page.content.decode()
    assert client.get(f"/invoices/{others.pk}").status_code == 404
    assert client.post(f"/invoices/{mine.pk}/press/cancel").status_code == 403
    assert client.post(f"/invoices/{mine.pk}/press/reset-to-draft").status_code == 403
    mine.refresh_from_db()
    assert mine.state == "posted"


def test_the_reset_is_for_accountants():
    person, keeper = biller(), accountant()
    invoice = make_posted(person)

    page = browser(person).get(f"/invoices/{invoice.pk}").content.decode()
    assert "Reset to draft" not in page
    page = browser(keeper).get(f"/invoices/{invoice.pk}").content.decode()
    assert "Reset to draft" in page


def test_ages_as_a_page_and_as_files():
    by = accountant()
    client = browser(by)
    customer = make_customer(name="=SUM(A1)")
    make_posted(by, line(1000), customer=customer)

    page = client.get("/invoicing/ageing", {"on": "1405/08/01"})
    assert page.status_code == 200
    assert "1,000" in page.content.decode()
    opened = client.get("/invoicing/ageing", {"open": customer.pk})
    assert "INV/1405/00001" in opened.content.decode()
    table = client.get("/invoicing/ageing", {"as": "csv"}).content.decode("utf-8-sig")
    assert "'=SUM(A1)" in table
    assert client.get("/invoicing/ageing", {"as": "xlsx"}).content[:2] == b"PK"
    assert client.get("/invoicing/ageing", {"on": "nonsense"}).status_code == 200


def test_chains_tell_what_is_missing():
    by = accountant()
    client = browser(by)
    _one, two, _three = (make_posted(by) for _n in range(3))
    invoices.delete([invoices.reset_to_draft(two, by=by)], by=by)

    page = client.get("/invoicing/numbers").content.decode()
    assert "INV/1405/00002" in page
    book = Journal.objects.get(kind="sale")
    client.post(
        f"/invoicing/numbers/{book.pk}/first",
        {"year": "۱۴۰۴", "number": "۵۰", "kind": "invoice"},
    )
    old = make_posted(by, invoice_date=dt.date(2026, 3, 1))
    assert old.number == "INV/1404/00050"


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_every_page_opens_in_every_language(language: str):
    by = accountant(language=language)
    client = browser(by)
    invoice = make_posted(by)
    (payment,) = payments.register(
        [invoice], journal=journal(by.company), date=DAY, amount=10, by=by
    )
    for path in (
        "/invoices/", f"/invoices/{invoice.pk}", "/invoices/new", "/payments/",
        f"/payments/{payment.pk}", "/payments/new", "/journals/",
        f"/journals/{payment.journal_id}", "/invoice-lines/",
        f"/invoice-lines/{invoice.lines.get().pk}", "/payment-allocations/",
        "/invoicing/ageing", "/invoicing/numbers",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
