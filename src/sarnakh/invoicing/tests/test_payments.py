"""Payments: what they settle, write off, leave over; cheques; taking back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.invoicing.documents import outstanding
from sarnakh.invoicing.errors import (
    AmountNotPositive,
    BadSayad,
    ChequeNeeds,
    ChequeStep,
    ChequeTwice,
    DoNotFit,
    NothingDue,
    NotPosted,
    ReferenceTwice,
    TooMuch,
    WrongJournal,
)
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Allocation, Invoice, Payment
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.payments.actions import Cheque
from sarnakh.invoicing.tests.factories import (
    DAY,
    accountant,
    biller,
    journal,
    line,
    make_customer,
    make_draft,
    make_posted,
    make_term,
    vat,
)

pytestmark = pytest.mark.django_db
CHEQUE = {"number": "1200", "due": DAY + dt.timedelta(days=30)}


def state_of(invoice: Invoice) -> tuple[str, int]:
    """How it stands with the money."""
    found = Invoice.objects.get(pk=invoice.pk)
    return found.payment_state, found.residual


def pay(invoice: Invoice, by, **values):
    """One payment."""
    given = {"journal": journal(invoice.company), "date": DAY, **values}
    return payments.register([invoice], by=by, **given)[0]


def test_all_of_it():
    by = biller()
    invoice = make_posted(by, line(1000, vat(by.company)))

    payment = pay(invoice, by)

    assert (payment.number, payment.amount, payment.unallocated) == (
        "BNK/1405/00001",
        1100,
        0,
    )
    assert state_of(invoice) == ("paid", 0)


def test_a_part_and_then_the_rest():
    by = biller()
    invoice = make_posted(by)

    pay(invoice, by, amount=300)
    assert state_of(invoice) == ("partial", 700)
    pay(invoice, by)
    assert state_of(invoice) == ("paid", 0)
    assert sum(Allocation.objects.values_list("amount", flat=True)) == 1000
    with pytest.raises(NothingDue):
        pay(invoice, by)
    assert Payment.objects.count() == 2


def test_a_second_click_pays_once():
    by = biller()
    invoice = make_posted(by)

    first = payments.register(
        [invoice], journal=journal(by.company), amount=300, once="x", by=by
    )
    second = payments.register(
        [invoice], journal=journal(by.company), amount=300, once="x", by=by
    )

    assert [one.pk for one in first] == [one.pk for one in second]
    assert state_of(invoice) == ("partial", 700)


def test_less_can_be_enough():
    by = biller()
    invoice = make_posted(by)

    payment = pay(invoice, by, amount=990, settles_fully=True, label="Bank charges")

    assert state_of(invoice) == ("paid", 0)
    written = Allocation.objects.get(is_write_off=True)
    assert (written.amount, written.label) == (10, "Bank charges")
    payment.refresh_from_db()
    assert payment.unallocated == 0


def test_more_is_a_credit_that_another_invoice_can_use():
    by = biller()
    customer = make_customer()
    invoice = make_posted(by, customer=customer)
    payment = pay(invoice, by, amount=1500)
    assert payment.unallocated == 500

    other = make_posted(by, customer=customer)
    (credit,) = outstanding(other)
    assert (credit["pk"], credit["amount"]) == (payment.pk, 500)
    payments.add_credit(other, payment=payment.pk, by=by)

    assert state_of(other) == ("partial", 500)
    payment.refresh_from_db()
    assert payment.unallocated == 0
    with pytest.raises(NothingDue):
        payments.add_credit(other, payment=payment.pk, by=by)


def test_a_firm_owes_together_and_strangers_do_not():
    by = biller()
    firm = make_customer()
    person = make_customer(parent=firm)
    payment = pay(make_posted(by, customer=firm), by, amount=1500)
    of_person, of_stranger = make_posted(by, customer=person), make_posted(by)

    payments.allocate(of_person, payment, by=by)
    with pytest.raises(DoNotFit):
        payments.allocate(of_stranger, payment, by=by)
    assert state_of(of_stranger) == ("not-paid", 1000)


def test_an_allocation_can_be_taken_back():
    by = biller()
    invoice = make_posted(by)
    payment = pay(invoice, by)
    allocation = Allocation.objects.get()

    payments.unallocate(allocation, by=by)
    payments.unallocate(allocation, by=by)

    assert state_of(invoice) == ("not-paid", 1000)
    payment.refresh_from_db()
    assert payment.unallocated == 1000


@pytest.mark.parametrize("what", [payments.cancel, payments.reset_to_draft])
def test_cancelling_a_payment_opens_the_invoice(what):
    by = biller()
    invoice = make_posted(by)
    payment = pay(invoice, by)

    what(payment, by=by)
    what(payment, by=by)

    assert state_of(invoice) == ("not-paid", 1000)
    assert not Allocation.objects.exists()
    payment.refresh_from_db()
    assert (payment.unallocated, payment.number) == (0, "BNK/1405/00001")


def test_resetting_an_invoice_frees_its_payment():
    by = accountant()
    invoice = make_posted(by)
    payment = pay(invoice, by)

    invoices.reset_to_draft(invoice, by=by)

    payment.refresh_from_db()
    assert payment.unallocated == 1000
    assert state_of(invoice) == ("not-paid", 0)


def test_one_payment_for_several_settles_the_oldest_first():
    by = biller()
    customer = make_customer()
    late = make_posted(by, customer=customer, due_date=DAY + dt.timedelta(days=60))
    early = make_posted(by, customer=customer, due_date=DAY + dt.timedelta(days=5))

    (payment,) = payments.register(
        [late, early],
        journal=journal(by.company),
        date=DAY,
        amount=1200,
        is_grouped=True,
        by=by,
    )

    assert state_of(early) == ("paid", 0)
    assert state_of(late) == ("partial", 800)
    assert payment.amount == 1200


def test_not_grouped_each_has_its_own():
    by = biller()
    documents = [make_posted(by), make_posted(by)]

    made = payments.register(documents, journal=journal(by.company), date=DAY, by=by)

    assert [one.amount for one in made] == [1000, 1000]
    assert len({one.customer_id for one in made}) == 2
    with pytest.raises(DoNotFit):
        payments.register(
            [make_posted(by), make_posted(by)],
            journal=journal(by.company),
            is_grouped=True,
            by=by,
        )


@pytest.mark.parametrize(
    ("tax", "amount"), [("reduced", 1078_000), ("never", 1080_000)]
)
def test_early_payment_saves(tax: str, amount: int):
    by = biller()
    term = make_term(
        by.company,
        {"percent": 100, "days": 30},
        early_percent=Decimal(2),
        early_days=7,
        early_tax=tax,
    )
    invoice = make_posted(by, line(1_000_000, vat(by.company)), payment_term=term)

    late = DAY + dt.timedelta(days=8)
    payment = pay(invoice, by, date=late, amount=amount)
    assert state_of(invoice) == ("partial", 1_100_000 - amount)
    payments.cancel(payment, by=by)

    payment = pay(invoice, by, date=DAY + dt.timedelta(days=7))
    assert payment.amount == amount
    assert state_of(invoice) == ("paid", 0)


def test_vat_on_the_discounted_base_from_the_start():
    by = biller()
    term = make_term(
        by.company,
        {"percent": 100, "days": 30},
        early_percent=Decimal(2),
        early_days=7,
        early_tax="always",
    )
    invoice = make_posted(by, line(1_000_000, vat(by.company)), payment_term=term)

    assert (invoice.tax, invoice.total) == (98_000, 1_098_000)
    assert pay(invoice, by).amount == 1_078_000


def test_a_cheque_is_under_way_until_it_is_cleared():
    by = biller()
    invoice = make_posted(by)
    payment = pay(
        invoice,
        by,
        journal=journal(by.company, "cheque"),
        cheque=Cheque(sayad_id="۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۶", **CHEQUE),
    )
    assert (payment.sayad_id, payment.cheque_state) == ("1234567890123456", "received")
    assert state_of(invoice) == ("in-payment", 0)

    payments.move_cheque(payment, to="deposited", by=by)
    assert state_of(invoice) == ("in-payment", 0)
    payments.move_cheque(payment, to="cleared", by=by)
    payments.move_cheque(payment, to="cleared", by=by)
    assert state_of(invoice) == ("paid", 0)
    with pytest.raises(ChequeStep):
        payments.move_cheque(payment, to="bounced", by=by)


def test_a_cheque_that_bounces_opens_the_invoice_and_alerts_who_sold():
    by = biller()
    activity_seed.seed()
    seller = make_user(Role.SALES_OWN, company=by.company)
    invoice = make_posted(by, salesperson=seller)
    payment = pay(
        invoice, by, journal=journal(by.company, "cheque"), cheque=Cheque(**CHEQUE)
    )
    payments.move_cheque(payment, to="deposited", by=by)

    payments.move_cheque(payment, to="bounced", by=by)

    assert state_of(invoice) == ("not-paid", 1000)
    activity = Activity.objects.get(record_type="invoices")
    assert activity.user_id == seller.pk
    found = Payment.objects.get(pk=payment.pk)
    assert (found.state, found.unallocated) == ("cancelled", 0)

    payments.move_cheque(payment, to="deposited", by=by)
    found.refresh_from_db()
    assert (found.state, found.unallocated) == ("posted", 1000)


@pytest.mark.parametrize(
    ("cheque", "error"),
    [
        (Cheque(number="", due=DAY), ChequeNeeds),
        (Cheque(number="1", due=None), ChequeNeeds),
        (Cheque(number="1", due=DAY, sayad_id="123"), BadSayad),
        (Cheque(number="1", due=DAY, sayad_id="12345678901234567"), BadSayad),
        (Cheque(number="1", due=DAY, sayad_id="123456789012345x"), BadSayad),
    ],
)
def test_cheques_that_are_incomplete(cheque: Cheque, error: type[Exception]):
    by = biller()
    invoice = make_posted(by)
    with pytest.raises(error):
        pay(invoice, by, journal=journal(by.company, "cheque"), cheque=cheque)
    assert state_of(invoice) == ("not-paid", 1000)
    assert not Payment.objects.exists()


def test_a_cheque_pays_once():
    by = biller()
    cheque = Cheque(sayad_id="1234567890123456", **CHEQUE)
    book = journal(by.company, "cheque")
    pay(make_posted(by), by, journal=book, cheque=cheque)

    with pytest.raises(ChequeTwice):
        pay(make_posted(by), by, journal=book, cheque=cheque)
    assert Payment.objects.count() == 1


def test_an_outside_reference_counts_once():
    by = biller()
    pay(make_posted(by), by, external_reference="TX-1")
    second = make_posted(by)

    with pytest.raises(ReferenceTwice):
        pay(second, by, external_reference="TX-1")
    assert state_of(second) == ("not-paid", 1000)


def test_what_cannot_be_paid():
    by = biller()
    elsewhere = make_company()
    draft = make_draft(by)
    with pytest.raises(NotPosted):
        pay(draft, by)
    invoice = make_posted(by)
    with pytest.raises(WrongJournal):
        pay(invoice, by, journal=journal(elsewhere))
    with pytest.raises(WrongJournal):
        pay(invoice, by, journal=journal(by.company, "sale"))
    with pytest.raises(AmountNotPositive):
        pay(invoice, by, amount=0)
    with pytest.raises(PermissionDenied):
        pay(invoice, actor_for(make_user(Role.SALES_MANAGER, company=by.company)))
    assert not Payment.objects.exists()


def test_more_than_there_is_cannot_be_allocated():
    by = biller()
    customer = make_customer()
    payment = pay(make_posted(by, customer=customer), by, amount=1100)
    other = make_posted(by, customer=customer)

    with pytest.raises(TooMuch):
        payments.allocate(other, payment, amount=101, by=by)
    assert state_of(other) == ("not-paid", 1000)


def test_a_credit_note_can_be_paid_back():
    by = biller()
    invoice = make_posted(by)
    pay(invoice, by)
    note = invoices.post([invoices.credit(invoice, by=by)], by=by)[0]

    refund = pay(note, by)

    assert (refund.is_refund, refund.amount) == (True, 1000)
    assert state_of(note) == ("paid", 0)


def test_an_advance_payment_is_used_for_the_oldest():
    by = biller()
    customer = make_customer()
    (payment,) = payments.create(
        [
            {
                "customer": customer.pk,
                "journal": journal(by.company).pk,
                "amount": 1500,
                "date": DAY,
            }
        ],
        by=by,
    )
    assert (payment.state, payment.number, payment.unallocated) == ("draft", "", 0)
    payment = payments.post(payment, by=by)
    payments.post(payment, by=by)
    assert (payment.number, payment.unallocated) == ("BNK/1405/00001", 1500)
    first = make_posted(by, customer=customer)
    second = make_posted(by, customer=customer, due_date=DAY + dt.timedelta(days=20))

    payments.use_for_oldest(payment, by=by)

    assert state_of(first) == ("paid", 0)
    assert state_of(second) == ("partial", 500)
