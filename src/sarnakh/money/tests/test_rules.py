"""What may be written about taxes, positions, terms and rates, and by whom."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor, make_company
from sarnakh.catalog.models import Product, Unit, UnitCategory
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.money.errors import NestedGroup, OtherCompany, TaxInUse
from sarnakh.money.models import CurrencyRate, PaymentTerm, Tax
from sarnakh.money.tests.factories import make_position, make_tax, make_term
from sarnakh.money.types import (
    MAPPINGS,
    POSITIONS,
    RATES,
    ROUNDINGS,
    TAXES,
    TERM_LINES,
    TERMS,
)
from sarnakh.records import guarded
from sarnakh.records.errors import InUse, InvalidValues

pytestmark = pytest.mark.django_db


@pytest.fixture
def accountant():
    return make_actor(Role.ACCOUNTANT)


def create(record_type, by, **values):
    return guarded.create(record_type, [values], by=by)[0]


def change(record_type, record, by, **values):
    return guarded.change(record_type, record.pk, values, by=by)


def invoice_line(company, tax):
    from sarnakh.contacts.models import Contact
    from sarnakh.invoicing.models import Journal

    customer = Contact.objects.create(name="Arya")
    journal = Journal.objects.create(company=company, name="Sales", code="INV")
    invoice = Invoice.objects.create(
        company=company, customer=customer, journal=journal, currency="IRR"
    )
    line = InvoiceLine.objects.create(invoice=invoice)
    line.taxes.add(tax)
    return line


# --- taxes --------------------------------------------------------------------------


def test_accountants_and_sales_managers_make_taxes_of_their_company(accountant):
    tax = create(TAXES, accountant, name="VAT 12 %", amount=Decimal(12))

    assert (tax.company, tax.kind, tax.use) == (accountant.company, "percent", "sale")
    manager = make_actor(Role.SALES_MANAGER)
    assert create(TAXES, manager, name="Duty", amount=Decimal(6)).amount == 6
    for role in (Role.SALES_ALL, Role.BILLING):
        with pytest.raises(PermissionDenied):
            create(TAXES, make_actor(role), name="Mine")
    assert Tax.objects.count() == 2


def test_taxes_of_other_companies_are_out_of_sight(accountant):
    foreign = make_tax(make_company(), 5)

    with pytest.raises(Http404):
        change(TAXES, foreign, accountant, amount=Decimal(1))
    with pytest.raises(PermissionDenied):
        create(TAXES, accountant, name="X", company=foreign.company_id)
    foreign.refresh_from_db()
    assert foreign.amount == 5


def test_an_included_tax_affects_later_ones_unless_said_otherwise(accountant):
    tax = create(TAXES, accountant, name="A", is_included=True)
    plain = create(TAXES, accountant, name="B", is_included=True, affects_later=False)

    assert (tax.affects_later, plain.affects_later) == (True, False)
    assert not change(TAXES, tax, accountant, is_included=False).affects_later


def test_a_tax_on_documents_keeps_its_computation(accountant):
    tax = make_tax(accountant.company, 10)
    invoice_line(accountant.company, tax)

    for values in ({"amount": Decimal(12)}, {"is_included": True}, {"kind": "fixed"}):
        with pytest.raises(TaxInUse):
            change(TAXES, tax, accountant, **values)
    with pytest.raises(InUse):
        guarded.delete(TAXES, [tax.pk], by=accountant)
    tax.refresh_from_db()
    assert (tax.amount, tax.is_included) == (10, False)
    assert change(TAXES, tax, accountant, active=False, label="VAT").label == "VAT"


def test_a_tax_of_products_is_archived_not_deleted(accountant):
    tax = make_tax(accountant.company, 10)
    category = UnitCategory.objects.create(name="Pieces")
    unit = Unit.objects.create(name="Piece", category=category)
    Product.objects.create(name="Chair", unit=unit).taxes.add(tax)

    with pytest.raises(InUse):
        guarded.delete(TAXES, [tax.pk], by=accountant)
    assert change(TAXES, tax, accountant, amount=Decimal(11)).amount == 11


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "division", "amount": Decimal(100)}, "amount"),
        ({"amount": Decimal(-100)}, "amount"),
        (
            {"valid_from": dt.date(2026, 2, 1), "valid_until": dt.date(2026, 1, 1)},
            "valid_until",
        ),
        ({"kind": "group"}, "children"),
    ],
)
def test_what_cannot_be_computed_is_refused(accountant, values, field):
    with pytest.raises(InvalidValues) as refusal:
        create(TAXES, accountant, name="Odd", **values)

    assert set(refusal.value.errors) == {field}
    assert not Tax.objects.exists()


def test_groups_hold_plain_taxes_of_their_company(accountant):
    one, two = make_tax(accountant.company, 6), make_tax(accountant.company, 10)
    group = create(
        TAXES, accountant, name="Both", kind="group", children=[one.pk, two.pk]
    )

    assert set(group.children.all()) == {one, two}
    with pytest.raises(NestedGroup):
        create(TAXES, accountant, name="Over", kind="group", children=[group.pk])
    foreign = make_tax(make_company(), 5)
    with pytest.raises(OtherCompany):
        change(TAXES, group, accountant, children=[foreign.pk])
    with pytest.raises(NestedGroup):
        change(TAXES, one, accountant, kind="group", children=[two.pk])


# --- fiscal positions ---------------------------------------------------------------


def test_countries_are_typed_by_name_or_code(accountant):
    position = create(
        POSITIONS, accountant, name="Gulf", countries="امارات متحدهٔ عربی، sa, Qatar"
    )

    assert position.countries == "AE SA QA"
    with pytest.raises(InvalidValues):
        change(POSITIONS, position, accountant, countries="Atlantis")


def test_a_mapping_stays_within_the_company(accountant):
    tax = make_tax(accountant.company, 10)
    position = make_position(accountant.company)
    values = {"position": position.pk, "source": tax.pk, "destination": None}

    create(MAPPINGS, accountant, **values)

    with pytest.raises(InvalidValues):
        create(MAPPINGS, accountant, **values)
    with pytest.raises(OtherCompany):
        create(
            MAPPINGS,
            accountant,
            **{**values, "destination": make_tax(make_company(), 0).pk},
        )
    assert position.mappings.count() == 1


# --- terms --------------------------------------------------------------------------


def test_new_terms_are_due_at_once_and_a_new_part_takes_what_is_left(accountant):
    term = create(TERMS, accountant, name="30 now, 70 later")
    first = term.lines.get()

    change(TERM_LINES, first, accountant, percent=Decimal(30))
    second = create(TERM_LINES, accountant, term=term.pk, days=60)

    assert (first.percent, second.percent) == (100, 70)
    with pytest.raises(InvalidValues):
        change(TERM_LINES, second, accountant, percent=Decimal(101))


def test_shared_terms_are_everybodys_and_others_out_of_sight(accountant):
    shared, foreign = make_term(None), make_term(make_company())

    assert change(TERMS, shared, accountant, name="Month").name == "Month"
    with pytest.raises(Http404):
        change(TERMS, foreign, accountant, name="Month")
    assert PaymentTerm.objects.get(pk=foreign.pk).name == "30 days"


# --- rates and rounding -------------------------------------------------------------


def test_a_rate_counts_from_its_day_once(accountant):
    values = {
        "company": accountant.company.pk,
        "currency": "USD",
        "date": dt.date(2026, 1, 1),
        "price": Decimal("612345.678901234567"),
    }

    made = create(RATES, accountant, **values)

    assert CurrencyRate.objects.get(pk=made.pk).price == pytest.approx(
        Decimal("612345.678901"), abs=Decimal("0.00001")
    )
    for wrong in ({}, {"price": Decimal(0)}, {"currency": "IRR"}):
        with pytest.raises(InvalidValues):
            create(RATES, accountant, **{**values, **wrong})
    assert CurrencyRate.objects.count() == 1


def test_a_rounding_needs_a_step(accountant):
    assert create(ROUNDINGS, accountant, name="Thousand", step=1_000).method
    with pytest.raises(InvalidValues):
        create(ROUNDINGS, accountant, name="None", step=0)
