"""What a company begins with."""

import datetime as dt

import pytest

from sarnakh.accounts import actions
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.administration.seed import seed_companies
from sarnakh.lib.calendars import JALALI
from sarnakh.money.models import PaymentTerm, Tax, TradeSettings
from sarnakh.money.seed import seed
from sarnakh.money.terms.plan import parts
from sarnakh.money.terms.queries import rule

pytestmark = pytest.mark.django_db


def counts(company):
    return (
        Tax.objects.filter(company=company).count(),
        PaymentTerm.objects.filter(company=company).count(),
        TradeSettings.objects.filter(company=company).count(),
    )


def test_the_first_company_has_taxes_and_terms():
    actions.set_up(company="آریا", name="سارا", email="sara@arya.ir")

    company = Company.objects.get()
    assert counts(company) == (9, 9, 1)
    assert TradeSettings.of(company).default_tax.name == "ارزش افزوده فروش ۱۰٪"
    assert list(
        Tax.objects.filter(company=company, active=True).values_list("name", flat=True)
    ) == ["ارزش افزوده فروش ۹٪", "ارزش افزوده فروش ۱۰٪", "نرخ صفر", "معاف"]


def test_later_companies_get_those_of_their_country():
    boss = make_user(Role.ADMINISTRATOR)

    made = actions.create_company(
        {"name": "Riyadh", "country": "SA", "language": "ar", "currency": "SAR"},
        by=actor_for(boss),
    )

    assert TradeSettings.of(made).default_tax.amount == 15
    assert counts(made) == (4, 9, 1)


@pytest.mark.parametrize(
    ("country", "rate"), [("AE", 5), ("EG", 14), ("OM", 5), ("BH", 10)]
)
def test_rates_of_other_countries(country, rate):
    company = make_company(country=country, language="en")
    seed(company)

    assert TradeSettings.of(company).default_tax.amount == rate
    assert TradeSettings.of(company).default_tax.name == f"VAT {rate}%"


def test_where_there_is_no_vat_there_is_no_default():
    company = make_company(country="KW", language="en")
    seed(company)

    assert TradeSettings.of(company).default_tax is None
    assert counts(company) == (2, 9, 1)


def test_seeding_again_changes_nothing():
    company = make_company()
    seed(company)
    before = counts(company)
    Tax.objects.filter(company=company, amount=10).update(name="My VAT")

    seed(company)
    seed_companies()

    assert counts(company) == before
    assert Tax.objects.filter(name="My VAT").count() == 1


def test_the_seeded_terms_do_what_their_names_say():
    company = make_company(language="en")
    seed(company)
    on = JALALI.date(1405, 6, 20)

    def due(name):
        term = PaymentTerm.objects.get(company=company, name=name)
        return parts(7_654_321, rule(term), on, JALALI)

    assert due("Immediate payment") == [(on, 7_654_321)]
    assert due("45 days") == [(on + dt.timedelta(45), 7_654_321)]
    assert due("End of following month") == [(JALALI.date(1405, 7, 30), 7_654_321)]
    assert due("10 days after end of next month") == [
        (JALALI.date(1405, 8, 10), 7_654_321)
    ]
    assert due("30% now, balance 60 days") == [
        (on, 2_296_296),
        (on + dt.timedelta(60), 5_358_025),
    ]
    early = rule(PaymentTerm.objects.get(company=company, name="2/7 net 30"))
    assert (early.early_percent, early.early_days) == (2, 7)
