"""Ages, statements, what is owed, what teams invoiced; reminders; rights."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.crm.tests.factories import make_team
from sarnakh.invoicing import buckets, queries
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.invoices import numbers
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.reminders.actions import follow_up
from sarnakh.invoicing.tests.factories import (
    DAY,
    accountant,
    biller,
    journal,
    line,
    make_customer,
    make_posted,
    make_term,
    vat,
)
from sarnakh.invoicing.types import INVOICES, PAYMENTS
from sarnakh.records import rows

DB = pytest.mark.django_db


@pytest.mark.parametrize(
    ("late", "column"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4),
     (120, 4), (121, 5)],
)  # fmt: skip
def test_columns_of_ages(late: int, column: int):
    assert buckets.bucket(DAY - dt.timedelta(days=late), DAY) == column


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=6), st.integers(0, 10**13))
def test_open_parts_make_up_the_residual(amounts: list[int], residual: int):
    residual = min(residual, sum(amounts))
    parts = [(DAY + dt.timedelta(days=n), a) for n, a in enumerate(amounts)]

    found = buckets.open_parts(parts, residual)

    assert sum(amount for _day, amount in found) == residual
    assert all(amount > 0 for _day, amount in found)


@given(st.sets(st.integers(1, 200), min_size=1))
def test_holes_and_numbers_make_up_the_chain(places: set[int]):
    last = max(places)
    gaps = numbers.holes(sorted(places), last)
    missing = {n for start, end in gaps for n in range(start, end + 1)}
    assert missing | places == set(range(min(places), last + 1))
    assert not missing & places


def ages(by, on: dt.date, **values):
    """All that the person sees."""
    return queries.ageing(
        on,
        invoices=rows.visible(INVOICES, by),
        payments=rows.visible(PAYMENTS, by),
        **values,
    )


@DB
def test_ages_of_installments_credits_and_payments():
    by = biller()
    customer = make_customer()
    term = make_term(by.company, {"percent": 30}, {"percent": 70, "days": 60})
    invoice = make_posted(by, line(1000), customer=customer, payment_term=term)

    (debtor,) = ages(by, DAY + dt.timedelta(days=40))
    assert debtor.amounts == [700, 0, 300, 0, 0, 0]
    (debtor,) = ages(by, DAY + dt.timedelta(days=40), basis="invoice")
    assert debtor.amounts == [0, 0, 1000, 0, 0, 0]

    payments.register(
        [invoice],
        journal=journal(by.company),
        amount=400,
        date=DAY + dt.timedelta(days=41),
        by=by,
    )
    # What was paid later was open on the day.
    (debtor,) = ages(by, DAY + dt.timedelta(days=40))
    assert debtor.amounts == [700, 0, 300, 0, 0, 0]
    (debtor,) = ages(by, DAY + dt.timedelta(days=41))
    assert debtor.amounts == [600, 0, 0, 0, 0, 0]

    payments.register(
        [make_posted(by, line(10), customer=customer)],
        journal=journal(by.company),
        amount=110,
        date=DAY,
        by=by,
    )
    (debtor,) = ages(by, DAY + dt.timedelta(days=41))
    assert debtor.amounts == [600, 0, -100, 0, 0, 0]


@DB
def test_ages_cost_a_fixed_number_of_statements():
    by = biller()
    counts = []
    for number in (2, 12):
        for _n in range(number):
            make_posted(by)
        with CaptureQueriesContext(connection) as seen:
            ages(by, DAY)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


@DB
def test_the_account_of_a_customer():
    by = biller()
    customer = make_customer()
    before = make_posted(
        by, line(500), customer=customer, invoice_date=DAY - dt.timedelta(days=40)
    )
    invoice = make_posted(by, line(1000), customer=customer)
    payments.register(
        [before, invoice],
        journal=journal(by.company),
        amount=1490,
        is_grouped=True,
        settles_fully=True,
        date=DAY + dt.timedelta(days=2),
        by=by,
    )

    found = queries.statement(
        customer, by.company, DAY - dt.timedelta(days=10), DAY + dt.timedelta(days=10)
    )

    assert found.opening == 500
    assert [(e.kind, e.debit, e.credit, e.balance) for e in found.entries] == [
        ("invoice", 1000, 0, 1500),
        ("payment", 0, 1490, 10),
        ("write-off", 0, 10, 0),
    ]
    assert found.closing == 0 == queries.owed(customer, by.company).total


@DB
def test_what_a_firm_owes():
    by = biller()
    firm = make_customer()
    person = make_customer(parent=firm)
    make_posted(by, line(1000), customer=person)
    payments.register(
        [make_posted(by, line(100), customer=firm)],
        journal=journal(by.company),
        amount=300,
        by=by,
    )

    late = queries.owed(firm, by.company, DAY + dt.timedelta(days=5))
    assert (late.total, late.overdue) == (800, 1000)
    assert queries.owed(person, by.company, DAY).overdue == 0
    assert queries.owed(firm, make_company(), DAY).total == 0


@DB
def test_what_teams_invoiced_in_a_month():
    by = accountant()
    ours, theirs = make_team(), make_team()
    tax = vat(by.company)
    start, end = dt.date(2026, 8, 23), DAY
    paid = make_posted(by, line(1000, tax), team=ours)
    make_posted(by, line(300, tax), team=ours)
    make_posted(by, line(70), team=theirs)
    make_posted(by, line(5000), team=ours, invoice_date=dt.date(2026, 8, 22))
    note = invoices.credit(paid, date=DAY, by=by)
    invoices.post([note], by=by)

    with CaptureQueriesContext(connection) as seen:
        found = queries.invoiced_by_team([ours.pk, theirs.pk], start, end)
    assert found == {ours.pk: 300, theirs.pk: 70}
    assert len(seen) == 1
    # Paid ones: the reversed invoice and its credit note, which cancel out.
    assert queries.invoiced_by_team([ours.pk], start, end, "paid") == {ours.pk: 0}


@DB
def test_overdue_invoices_are_followed_up_once_for_each_level():
    by = biller()
    activity_seed.seed()
    seller = make_user(Role.SALES_OWN, company=by.company)
    today = by.company.profile().today()

    def owed_since(days: int, **values) -> Invoice:
        day = today - dt.timedelta(days=days)
        return make_posted(by, invoice_date=day, **values)

    owed_since(2, salesperson=seller)
    late = owed_since(11, salesperson=seller)
    owed_since(11)

    assert follow_up() == 1
    assert follow_up() == 0
    activity = Activity.objects.get()
    assert (activity.record_id, activity.user_id) == (late.pk, seller.pk)

    Invoice.objects.filter(pk=late.pk).update(due_date=today - dt.timedelta(days=25))
    assert follow_up() == 1
    assert follow_up() == 0


MATRIX = {
    # role: (reads others' invoices, writes invoices, writes journals)
    Role.SALES_OWN: (False, False, False),
    Role.SALES_ALL: (True, False, False),
    Role.SALES_MANAGER: (True, False, False),
    Role.BILLING: (True, True, False),
    Role.ACCOUNTANT: (True, True, True),
}


@DB
@pytest.mark.parametrize("role", sorted(MATRIX))
def test_who_sees_and_writes_what(role: Role):
    by = biller()
    owner = make_user(Role.SALES_OWN, company=by.company)
    invoice = make_posted(by, salesperson=owner)
    actor = actor_for(make_user(role, company=by.company))
    reads, writes, keeps = MATRIX[role]

    def seen(verb: str) -> bool:
        return rows.visible(INVOICES, actor, verb).filter(pk=invoice.pk).exists()

    assert seen("read") == reads
    assert seen("write") == writes
    from sarnakh.invoicing.types import JOURNALS

    assert rows.may(JOURNALS, actor, "write") == keeps
    assert rows.may(PAYMENTS, actor, "create") == writes


@DB
def test_other_companies_are_out_of_sight():
    by = biller()
    make_posted(by)
    stranger = accountant(make_company())
    assert not rows.visible(INVOICES, stranger).exists()
    assert not Payment.objects.exists()
