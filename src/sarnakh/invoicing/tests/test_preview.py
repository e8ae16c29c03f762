"""The customer's page of an invoice, and its papers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.papers import parts
from sarnakh.invoicing.papers.invoices import invoice_pdf, official, official_pdf
from sarnakh.invoicing.papers.receipts import receipt_pdf, statement_pdf
from sarnakh.invoicing.payments import actions as paying
from sarnakh.invoicing.tests.factories import (
    DAY,
    accountant,
    biller,
    journal,
    line,
    make_company,
    make_customer,
    make_draft,
    make_posted,
    vat,
)
from sarnakh.mail.models import Letter
from sarnakh.portal import links
from sarnakh.portal.models import PaymentAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    """Somebody who bills."""
    return biller(make_company(name="Azar Wood", country="IR"))


@pytest.fixture
def invoice(by: Actor) -> Invoice:
    """Posted: 1,200,000 and 10 % on top."""
    customer = make_customer(name="Diba", language="en", email="buyer@diba.example")
    found = make_posted(by, line(1_200_000, vat(by.company)), customer=customer)
    return Invoice.objects.get(pk=found.pk)


@pytest.fixture
def browser() -> Client:
    """A customer's."""
    return Client(raise_request_exception=False)


def address(invoice: Invoice, action: str = "") -> str:
    """The path of the customer's page."""
    invoice.refresh_from_db()
    url = links.url("invoice", invoice, "invoices")
    return url[url.index("/p/") :] + action


def test_a_posted_invoice_is_shown_and_a_draft_is_not(by, invoice, browser):
    answer = browser.get(address(invoice))
    assert answer.status_code == 200
    assert invoice.number in answer.content.decode()
    assert browser.get(address(make_draft(by))).status_code == 404


def test_a_link_to_an_invoice_opens_no_order(invoice, browser):
    wrong = links.token("order", "orders", invoice.pk, invoice.link_generation)
    assert browser.get(f"/p/{wrong}/").status_code == 404


def test_paying_online_settles_the_invoice_once(invoice, browser, by, settings):
    settings.PAYMENT_PROVIDERS = ["demo"]
    journal(by.company)
    browser.post(address(invoice, "pay"), {"provider": "demo"})
    attempt = PaymentAttempt.objects.get()
    assert attempt.amount == 1_320_000
    browser.post(f"/bank/{attempt.opaque}", {"answer": "pay"})
    for _number in range(2):
        browser.get(f"/pay/{attempt.opaque}")
    invoice.refresh_from_db()
    assert (invoice.residual, invoice.payment_state) == (0, "paid")
    assert Payment.objects.count() == 1
    again = browser.post(address(invoice, "pay"), {"provider": "demo"})
    assert again.status_code == 422


def test_an_announced_transfer_is_confirmed_by_the_house(invoice, browser, by):
    bank = journal(by.company)
    bank.account_number = "IR06"
    bank.save()
    browser.post(address(invoice, "transfer"), {"account": bank.pk, "note": "77"})
    attempt = PaymentAttempt.objects.get()
    assert attempt.state == "pending"
    more = browser.post(
        address(invoice, "transfer"), {"account": bank.pk, "note": "78"}
    )
    assert more.status_code == 422, "all of it is announced already"
    inside = Client()
    inside.force_login(by.user)
    inside.post(f"/payments/{attempt.pk}/confirm")
    invoice.refresh_from_db()
    assert invoice.residual == 0


def test_an_announced_payment_that_never_came_is_due_again(invoice, browser, by):
    bank = journal(by.company)
    bank.account_number = "IR06"
    bank.save()
    browser.post(address(invoice, "transfer"), {"account": bank.pk, "note": "77"})
    attempt = PaymentAttempt.objects.get()
    inside = Client()
    inside.force_login(by.user)
    inside.post(f"/payments/{attempt.pk}/reject")
    attempt.refresh_from_db()
    assert attempt.state == "rejected"
    invoice.refresh_from_db()
    assert invoice.residual == 1_320_000
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_papers_are_set_in_every_language(by, language):
    customer = make_customer(name="شرکت دیبا", language=language)
    made = make_posted(by, line(1_000, vat(by.company)), customer=customer)
    made = Invoice.objects.get(pk=made.pk)
    assert parts.reader_of(made.customer, made.company).language == language
    assert invoice_pdf(made).startswith(b"%PDF-")
    (payment,) = paying.register(
        [made], journal=journal(by.company), amount=500, date=DAY, by=by
    )
    assert receipt_pdf(payment).startswith(b"%PDF-")
    day = DAY + dt.timedelta(days=90)
    assert statement_pdf(customer, by.company, day).startswith(b"%PDF-")


def test_the_official_layout_adds_up_in_rials_and_words(by):
    made = make_posted(
        by,
        line(2_000_000, vat(by.company), quantity=3, discount=Decimal(5)),
        line(500_000, quantity=2),
    )
    made = Invoice.objects.get(pk=made.pk)
    paper = official(made)
    sums = paper.rows[-1]
    assert sums.kind == "sum"
    assert list(sums.cells) == [
        "۷٬۰۰۰٬۰۰۰",
        "۳۰۰٬۰۰۰",
        "۶٬۷۰۰٬۰۰۰",
        "۵۷۰٬۰۰۰",
        "۷٬۲۷۰٬۰۰۰",
    ]
    assert paper.in_words == "هفت میلیون و دویست و هفتاد هزار ریال"
    assert official_pdf(made).startswith(b"%PDF-")


def test_toman_is_shown_on_papers_but_never_on_the_official_one(by):
    by.company.shows_toman = True
    by.company.save()
    customer = make_customer(language="fa")
    made = make_posted(by, line(73_215), customer=customer)
    made = Invoice.objects.get(pk=made.pk)
    reader = parts.reader_of(made.customer, made.company)
    assert parts.amount_text(made.total, "IRR", reader) == "۷٬۳۲۱٫۵"
    assert official(made).rows[-1].cells[-1] == "۷۳٬۲۱۵"


def test_printing_and_sending_need_the_right_to_see_it(invoice, by, browser):
    inside = Client()
    inside.force_login(by.user)
    assert inside.get(f"/invoicing/print/{invoice.pk}").content.startswith(b"%PDF-")
    official_one = inside.get(f"/invoicing/print/{invoice.pk}?official=1")
    assert official_one.content.startswith(b"%PDF-")
    statement = inside.get(f"/invoicing/statements/{invoice.customer_id}")
    assert statement.content.startswith(b"%PDF-")
    assert browser.get(f"/invoicing/print/{invoice.pk}").status_code == 302

    elsewhere = Client()
    elsewhere.force_login(biller(make_company()).user)
    assert elsewhere.get(f"/invoicing/print/{invoice.pk}").status_code == 404

    sent = inside.post(
        f"/mail/write/invoice/{invoice.pk}",
        {"to": "a@b.example", "subject": "Invoice", "body": "<p>Hi</p>"},
    )
    assert sent.status_code == 302
    invoice.refresh_from_db()
    assert invoice.sent_at is not None
    assert Letter.objects.get().files.get().media_type == "application/pdf"


def test_a_reset_invoice_closes_its_page(invoice, by, browser):
    path = address(invoice)
    invoices.reset_to_draft(invoice, by=accountant(by.company))
    assert browser.get(path).status_code == 404
