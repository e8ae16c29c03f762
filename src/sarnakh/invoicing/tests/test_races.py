"""Ten people at the same documents in the same moment."""

import pytest

from sarnakh.crm.tests.test_races import together
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.invoices.numbers import place_in
from sarnakh.invoicing.models import Allocation, Invoice, Payment
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.tests.factories import biller, journal, make_draft, make_posted

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_people_post_and_numbers_have_no_hole():
    by = biller()
    people = [biller(by.company) for _n in range(10)]
    drafts = [make_draft(by) for _n in range(30)]

    def work(number: int) -> None:
        for draft in drafts[number::10]:
            invoices.post([draft], by=people[number])

    results = together(*[lambda n=n: work(n) for n in range(10)])

    assert [r for r in results if isinstance(r, Exception)] == []
    places = sorted(
        place_in(n) for n in Invoice.objects.values_list("number", flat=True)
    )
    assert places == list(range(1, 31))


def test_ten_people_post_the_same_invoice_once():
    by = biller()
    people = [biller(by.company) for _n in range(10)]
    draft = make_draft(by)

    results = together(
        *[
            lambda p=p: invoices.post([Invoice.objects.get(pk=draft.pk)], by=p)[0]
            for p in people
        ]
    )

    assert {r.number for r in results} == {"INV/1405/00001"}
    assert make_posted(by).number == "INV/1405/00002"


def test_two_people_pay_the_same_invoice_and_it_is_not_paid_twice():
    by = biller()
    book = journal(by.company)
    people = [biller(by.company) for _n in range(4)]
    invoice = make_posted(by)

    results = together(
        *[lambda p=p: payments.register([invoice], journal=book, by=p) for p in people]
    )

    assert len([r for r in results if not isinstance(r, Exception)]) == 1
    assert Payment.objects.count() == 1
    assert sum(Allocation.objects.values_list("amount", flat=True)) == 1000
    invoice.refresh_from_db()
    assert (invoice.residual, invoice.payment_state) == (0, "paid")


def test_one_credit_for_two_invoices_is_used_once():
    by = biller()
    first = make_posted(by)
    (payment,) = payments.register(
        [first], journal=journal(by.company), amount=1700, by=by
    )
    others = [make_posted(by, customer=first.customer) for _n in range(2)]

    together(*[lambda o=o: payments.allocate(o, payment, by=by) for o in others])

    used = Allocation.objects.filter(payment=payment).values_list("amount", flat=True)
    assert sum(used) <= 1700
    payment.refresh_from_db()
    assert payment.unallocated == 1700 - sum(used)


def test_the_same_token_on_two_connections_pays_once():
    by = biller()
    book = journal(by.company)
    invoice = make_posted(by)

    together(
        *[
            lambda: payments.register(
                [invoice], journal=book, amount=100, once="same", by=by
            )
            for _n in range(3)
        ]
    )

    invoice.refresh_from_db()
    assert invoice.residual == 900
    assert Payment.objects.count() == 1
