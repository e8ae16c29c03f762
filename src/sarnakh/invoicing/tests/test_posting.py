"""Posting: numbers, dates, parts, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.invoicing.errors import (
    HasCredit,
    LeavesGap,
    NegativeTotal,
    NotDeletable,
    NotDraft,
    NothingToInvoice,
    OtherYear,
    PeriodLocked,
)
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.journals import actions as journals
from sarnakh.invoicing.journals.queries import chains
from sarnakh.invoicing.models import Installment, Invoice, Journal
from sarnakh.invoicing.tests.factories import (
    DAY,
    accountant,
    biller,
    journal,
    line,
    make_draft,
    make_posted,
    make_term,
    vat,
)
from sarnakh.money.models import CashRounding, TradeSettings
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db


def test_a_draft_knows_its_amounts():
    by = biller()
    tax = vat(by.company)
    draft = make_draft(by, line(187_500, tax, quantity=7, discount=Decimal("12.5")))

    assert (draft.untaxed, draft.tax, draft.total) == (1_148_438, 114_844, 1_263_282)
    assert draft.company_total == 1_263_282
    assert draft.state == "draft"
    assert draft.number == ""


@pytest.mark.parametrize(
    ("rounding", "tax", "total"),
    [("line", 2_358, 25_932), ("document", 2_357, 25_931)],
)
def test_tax_is_rounded_as_the_company_says(rounding: str, tax: int, total: int):
    by = biller()
    TradeSettings.objects.create(company=by.company, tax_rounding=rounding)
    rate = vat(by.company)
    draft = make_draft(by, *[line(p, rate) for p in (12_345, 6_785, 4_444)])

    assert (draft.untaxed, draft.tax, draft.total) == (23_574, tax, total)


def test_posting_gives_numbers_of_the_companys_year():
    by = biller()

    first, second = make_posted(by), make_posted(by)
    gregorian = biller(make_company(calendar="gregorian"))
    other = make_posted(gregorian)

    assert (first.number, second.number) == ("INV/1405/00001", "INV/1405/00002")
    assert other.number == "INV/2026/00001"
    assert first.payment_reference == "INV/1405/00001"
    assert (first.residual, first.payment_state) == (1000, "not-paid")
    assert first.accounting_date == first.due_date == DAY


def test_posting_twice_has_one_effect():
    by = biller()
    invoice = make_posted(by)
    version = invoice.version
    history = Change.objects.count()

    again = invoices.post([invoice], by=by)[0]

    assert (again.number, again.version) == (invoice.number, version)
    assert Change.objects.count() == history


def test_credit_notes_have_a_chain_of_their_own():
    by = biller()
    invoice = make_posted(by)
    note = invoices.credit(invoice, by=by)

    posted = invoices.post([note], by=by)[0]

    assert posted.number == "RINV/1405/00001"
    assert make_posted(by).number == "INV/1405/00002"


def test_each_year_begins_anew():
    by = biller()
    make_posted(by)

    before = make_posted(by, invoice_date=dt.date(2026, 3, 20))
    assert before.number == "INV/1404/00001"


def test_no_line_no_posting():
    by = biller()
    draft = make_draft(by, line(0, kind="note"))

    with pytest.raises(NothingToInvoice):
        invoices.post([draft], by=by)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", "")


def test_a_negative_total_is_refused_and_wastes_no_number():
    by = biller()
    with pytest.raises(NegativeTotal):
        make_posted(by, line(-5))
    assert make_posted(by).number == "INV/1405/00001"


def test_all_or_none():
    by = biller()
    good, bad = make_draft(by), make_draft(by, line(-5))

    with pytest.raises(NegativeTotal):
        invoices.post([good, bad], by=by)

    assert set(Invoice.objects.values_list("state", "number")) == {("draft", "")}


def test_only_billing_posts():
    by = biller()
    draft = make_draft(by)
    seller = actor_for(make_user(Role.SALES_MANAGER, company=by.company))

    with pytest.raises(PermissionDenied):
        invoices.post([draft], by=seller)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_locked_books_move_the_date_to_the_first_open_day():
    by = biller()
    book = journal(by.company, "sale")
    Journal.objects.filter(pk=book.pk).update(locked_until=dt.date(2026, 9, 30))

    invoice = make_posted(by)

    assert invoice.invoice_date == DAY
    assert invoice.accounting_date == dt.date(2026, 10, 1)


def test_a_future_date_waits_and_posts_itself(monkeypatch):
    from sarnakh.invoicing import jobs

    by = biller()
    today = by.company.profile().today()
    day = today + dt.timedelta(days=3)
    draft = invoices.post([make_draft(by, invoice_date=day)], by=by)[0]
    assert (draft.state, draft.posts_on, draft.number) == ("draft", day, "")

    assert jobs.post_due() == 0
    Invoice.objects.filter(pk=draft.pk).update(
        posts_on=today, invoice_date=today, accounting_date=today
    )
    assert jobs.post_due() == 1
    assert jobs.post_due() == 0
    draft.refresh_from_db()
    assert (draft.state, draft.posts_on) == ("posted", None)


def test_a_part_that_fails_does_not_stop_the_others():
    from sarnakh.invoicing import jobs

    by = biller()
    today = by.company.profile().today()
    bad = make_draft(by, line(-5), invoice_date=today)
    good = make_draft(by, invoice_date=today)
    Invoice.objects.update(posts_on=today)

    assert jobs.post_due() == 1
    assert Invoice.objects.get(pk=good.pk).state == "posted"
    assert Invoice.objects.get(pk=bad.pk).state == "draft"


def test_terms_make_parts_and_the_last_takes_the_balance():
    by = biller()
    term = make_term(by.company, {"percent": 30}, {"percent": 70, "days": 60})
    invoice = make_posted(by, line(7_654_321), payment_term=term)

    parts = list(Installment.objects.values_list("due_date", "amount"))
    assert parts == [
        (DAY, 2_296_296),
        (DAY + dt.timedelta(days=60), 5_358_025),
    ]
    assert invoice.due_date == DAY + dt.timedelta(days=60)


@pytest.mark.parametrize(
    ("calendar", "due"),
    [("jalali", dt.date(2026, 10, 2)), ("gregorian", dt.date(2026, 10, 10))],
)
def test_month_ends_are_those_of_the_companys_calendar(calendar: str, due: dt.date):
    by = biller(make_company(calendar=calendar))
    term = make_term(by.company, {"percent": 100, "days": 10, "delay": "month-end"})

    assert make_posted(by, payment_term=term).due_date == due


def test_reset_keeps_the_number_and_posting_again_takes_it():
    by = accountant()
    invoice = make_posted(by)
    make_posted(by)

    draft = invoices.reset_to_draft(invoice, by=by)
    assert (draft.state, draft.number) == ("draft", "INV/1405/00001")
    assert draft.residual == 0
    assert not Installment.objects.filter(invoice=draft).exists()

    again = invoices.post([draft], by=by)[0]
    assert (again.state, again.number) == ("posted", "INV/1405/00001")
    assert make_posted(by).number == "INV/1405/00003"


def test_reset_takes_an_accountant():
    by = biller()
    invoice = make_posted(by)

    with pytest.raises(PermissionDenied):
        invoices.reset_to_draft(invoice, by=by)
    invoice.refresh_from_db()
    assert invoice.state == "posted"


def test_closed_books_are_not_opened_by_a_reset():
    by = accountant()
    invoice = make_posted(by)
    Journal.objects.update(locked_until=DAY)

    with pytest.raises(PeriodLocked):
        invoices.reset_to_draft(invoice, by=by)
    invoice.refresh_from_db()
    assert invoice.state == "posted"


def test_the_date_has_to_fit_the_year_of_the_number():
    by = accountant()
    draft = invoices.reset_to_draft(make_posted(by), by=by)
    invoices.change(
        draft,
        {
            "invoice_date": dt.date(2026, 3, 1),
            "accounting_date": dt.date(2026, 3, 1),
        },
        by=by,
    )

    with pytest.raises(OtherYear):
        invoices.post([draft], by=by)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_posted_content_cannot_be_edited_but_who_answers_for_it_can():
    by = biller()
    invoice = make_posted(by)

    with pytest.raises(NotDraft):
        invoices.change(invoice, {"reference": "X"}, by=by)
    invoice.refresh_from_db()
    assert invoice.reference == ""

    changed = invoices.change(invoice, {"salesperson": by.user_id}, by=by)
    assert changed.salesperson_id == by.user_id


def test_the_last_number_can_be_deleted_and_is_given_again():
    by = accountant()
    first, last = make_posted(by), make_posted(by)
    with pytest.raises(NotDeletable):
        invoices.delete([last], by=by)
    invoices.reset_to_draft(last, by=by)

    invoices.delete([last], by=by)

    assert make_posted(by).number == "INV/1405/00002"
    assert Invoice.objects.filter(pk=first.pk).exists()


def test_a_gap_takes_an_accountant_and_is_reported():
    by = accountant()
    person = biller(by.company)
    first, _second = make_posted(by), make_posted(by)
    third = make_posted(by)
    draft = invoices.reset_to_draft(_second, by=by)

    with pytest.raises(LeavesGap):
        invoices.delete([draft], by=person)
    assert Invoice.objects.count() == 3

    invoices.delete([draft], by=by)
    (chain,) = chains([by.company.pk])
    assert chain.missing == ["INV/1405/00002"]
    assert (chain.first, chain.last, chain.count) == (1, 3, 2)
    assert {first.number, third.number} == {"INV/1405/00001", "INV/1405/00003"}


def test_several_last_numbers_can_be_deleted_together():
    by = accountant()
    made = [make_posted(by) for _place in range(3)]
    drafts = [invoices.reset_to_draft(one, by=by) for one in made[1:]]

    invoices.delete(drafts, by=biller(by.company))

    assert make_posted(by).number == "INV/1405/00002"


def test_the_first_number_can_be_chosen_by_an_accountant():
    by = accountant()
    book = journal(by.company, "sale")

    with pytest.raises(PermissionDenied):
        journals.set_first_number(book, year=1405, number=7, by=biller(by.company))
    journals.set_first_number(book, year=1405, number=41, by=by)

    assert make_posted(by).number == "INV/1405/00041"
    assert make_posted(by).number == "INV/1405/00042"
    assert chains([by.company.pk])[0].missing == []


def test_a_cancelled_draft_can_come_back():
    by = biller()
    draft = make_draft(by)

    assert invoices.cancel(draft, by=by).state == "cancelled"
    with pytest.raises(NotDraft):
        invoices.post([draft], by=by)
    assert invoices.reset_to_draft(draft, by=by).state == "draft"
    with pytest.raises(NotDraft):
        invoices.cancel(make_posted(by), by=by)


def test_cash_rounding_adds_a_line_or_changes_the_biggest_tax():
    by = biller()
    tax = vat(by.company)
    by_line = CashRounding.objects.create(name="Thousands", step=1000)
    by_tax = CashRounding.objects.create(name="Tax", step=1000, strategy="tax")

    draft = make_draft(by, line(123_456, tax), cash_rounding=by_line)
    assert (draft.untaxed, draft.tax, draft.total) == (123_654, 12_346, 136_000)
    assert draft.rounding == 198
    assert draft.lines.filter(is_rounding=True).get().subtotal == 198

    other = make_draft(by, line(123_456, tax), cash_rounding=by_tax)
    assert (other.untaxed, other.tax, other.total) == (123_456, 12_544, 136_000)
    assert not other.lines.filter(is_rounding=True).exists()


def test_parts_are_rounded_to_the_step_and_the_last_takes_the_balance():
    by = biller()
    term = make_term(by.company, {"percent": 30}, {"percent": 70, "days": 60})
    step = CashRounding.objects.create(name="Thousands", step=1000)

    make_posted(by, line(7_654_321), payment_term=term, cash_rounding=step)

    amounts = list(Installment.objects.values_list("amount", flat=True))
    assert amounts == [2_296_000, 5_358_000]


def test_a_zero_invoice_is_paid():
    by = biller()
    assert make_posted(by, line(0)).payment_state == "paid"


def test_credit_and_new_draft():
    by = biller()
    tax = vat(by.company)
    invoice = make_posted(by, line(1000, tax))

    draft = invoices.credit(invoice, again=True, reason="Wrong price", by=by)

    invoice.refresh_from_db()
    note = invoice.reversals.get()
    assert (invoice.residual, invoice.payment_state) == (0, "reversed")
    assert (note.state, note.number, note.residual) == ("posted", "RINV/1405/00001", 0)
    assert (note.company_total, note.reason) == (-1100, "Wrong price")
    assert (draft.state, draft.kind, draft.total) == ("draft", "invoice", 1100)
    with pytest.raises(HasCredit):
        invoices.credit(invoice, again=True, by=by)


def test_a_second_click_on_credit_finds_the_first_draft():
    by = biller()
    invoice = make_posted(by)

    first = invoices.credit(invoice, by=by)
    second = invoices.credit(invoice, by=by)

    assert first.pk == second.pk
    assert Invoice.objects.filter(kind="credit-note").count() == 1


def test_a_credit_of_a_paid_invoice_remains_as_credit():
    from sarnakh.invoicing.payments import actions as payments

    by = biller()
    invoice = make_posted(by)
    payments.register([invoice], journal=journal(by.company), date=DAY, by=by)
    note = invoices.credit(invoice, by=by)

    posted = invoices.post([note], by=by)[0]

    invoice.refresh_from_db()
    assert invoice.payment_state == "paid"
    assert (posted.residual, posted.payment_state) == (1000, "not-paid")
    assert posted.company_residual == -1000
