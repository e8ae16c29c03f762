"""Templates, optional products, discounts, reminders, defaults."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.money.models import PaymentTerm
from sarnakh.records.models import Change
from sarnakh.sales import errors, reminders
from sarnakh.sales.discounts import spread
from sarnakh.sales.discounts.actions import discount
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderOption, QuotationTemplate
from sarnakh.sales.offers import actions as offers
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_lead,
    make_order,
    make_pricelist,
    make_product,
    make_tax,
    make_template,
    make_terms,
    manager,
    set_trade,
)

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_in_each_company():
    from sarnakh.accounts.actor import actor_for
    from sarnakh.accounts.roles import Role
    from sarnakh.accounts.tests.factories import make_company, make_user

    by = manager()
    theirs = make_company()
    other = actor_for(make_user(Role.SALES_MANAGER, company=theirs))

    first, second = make_order(by), make_order(by)
    elsewhere = make_order(other)

    assert (first.number, second.number) == ("S00001", "S00002")
    assert elsewhere.number == "S00001"
    assert elsewhere.company == theirs


def test_a_new_quotation_takes_what_was_agreed():
    by = manager()
    prices = make_pricelist()
    term = PaymentTerm.objects.create(name="30 days")
    firm = make_contact(by, language="fa")
    invoices = make_contact(
        by, parent=firm.pk, address_kind="invoice", is_company=False
    )
    door = make_contact(by, parent=firm.pk, address_kind="delivery", is_company=False)
    make_terms(firm, by.company, pricelist=prices, payment_term=term)
    set_trade(by.company, validity_days=14, asks_payment=True, prepayment_percent=30,
              terms="<p>Ours</p>", terms_mode="text")  # fmt: skip

    order = make_order(by, customer=firm)

    assert (order.invoice_address, order.delivery_address) == (invoices, door)
    assert (order.pricelist, order.payment_term) == (prices, term)
    assert order.expires_on == by.company.profile().today() + dt.timedelta(days=14)
    assert (order.asks_payment, order.prepayment_percent) == (True, 30)
    assert order.terms == "<p>Ours</p>"
    assert order.salesperson_id == by.user_id


def test_terms_as_a_link_lead_to_the_public_page():
    by = manager()
    set_trade(by.company, terms="<p>Ours</p>", terms_mode="link")

    order = make_order(by)

    assert f"/sales/terms/{by.company.pk}" in order.terms


def test_no_validity_means_no_expiry():
    by = manager()
    set_trade(by.company, validity_days=0)

    assert make_order(by).expires_on is None


# --- templates ------------------------------------------------------------------------


def test_a_template_replaces_lines_and_options_at_prices_of_the_list():
    by = manager()
    door, handle = make_product(by, 1_000), make_product(by, 80, name="Handle")
    template = make_template(
        {"kind": "section", "description": "Doors"},
        {"product": door, "unit": door.unit, "quantity": Decimal(3),
         "description": "A good door"},
        {"product": handle, "unit": handle.unit, "is_option": True},
        validity_days=5, asks_payment=True, prepayment_percent=20,
    )  # fmt: skip
    half = make_pricelist({"computation": "percent", "percent": 50})
    order = make_order(by, line(make_product(by)), pricelist=half.pk)

    order = orders.change(order, {"template": template.pk}, by=by)

    section, one = lines_of(order)
    assert (section.description, one.description) == ("Doors", "A good door")
    assert (one.quantity, one.unit_price) == (3, 500)
    assert [str(option) for option in order.options.all()] == ["Handle"]
    assert order.options.get().unit_price == 40
    assert order.expires_on == by.company.profile().today() + dt.timedelta(days=5)
    assert (order.asks_payment, order.prepayment_percent) == (True, 20)
    assert Order.objects.get(pk=order.pk).total == 1_500


def test_the_default_template_fills_new_quotations():
    by = manager()
    door = make_product(by, 1_000)
    [template] = offers.create([{"name": "Usual", "is_company_default": True}], by=by)
    offers.create_lines([{"template": template.pk, "product": door.pk}], by=by)

    order = make_order(by)

    assert order.template == template
    assert order.total == 1_000
    offers.change(template, {"active": False}, by=by)
    assert not QuotationTemplate.objects.get().is_company_default
    assert make_order(by).template is None


def test_an_option_becomes_a_line_with_its_frozen_price():
    by = manager()
    prices = make_pricelist(
        {"min_quantity": 5, "computation": "percent", "percent": 50}
    )
    handle = make_product(by, 80)
    order = make_order(by, pricelist=prices.pk)
    [option] = options.create([{"order": order.pk, "product": handle.pk}], by=by)

    options.add_to_order(option, by=by)

    [one] = lines_of(order)
    assert (one.unit_price, one.is_option) == (80, True)
    assert lines.change(one, {"quantity": 5}, by=by).unit_price == 80
    with pytest.raises(options.AlreadyAdded):
        options.add_to_order(OrderOption.objects.get(), by=by)


def test_confirmed_orders_take_no_options():
    by = manager()
    order = make_order(by)
    [option] = options.create(
        [{"order": order.pk, "product": make_product(by).pk}], by=by
    )
    orders.confirm(order, by=by)

    with pytest.raises(errors.WrongState):
        options.add_to_order(option, by=by)
    assert not lines_of(order)


# --- discounts ------------------------------------------------------------------------


def test_a_discount_on_all_lines_and_back():
    by = manager()
    order = make_order(by, line(make_product(by, 1_000), discount=50),
                       line(make_product(by, 100)))  # fmt: skip

    assert discount(order, how="lines", amount=10, by=by).total == 990
    assert discount(order, how="lines", amount=-10, by=by).total == 1_210
    assert discount(order, how="lines", amount=0, by=by).total == 1_100
    from sarnakh.records.errors import InvalidValues

    with pytest.raises(InvalidValues):
        discount(order, how="lines", amount=101, by=by)


def test_a_global_percentage_is_a_line_for_each_set_of_taxes():
    by = manager()
    vat = make_tax(by.company, 10, name="VAT")
    order = make_order(
        by,
        line(make_product(by, 2_000_000, taxes=[vat]), 3),
        line(make_product(by, 1_000_000)),
    )

    order = discount(order, how="percent", amount=15, by=by)

    taxed, exempt = lines_of(order)[-2:]
    assert (taxed.unit_price, exempt.unit_price) == (-900_000, -150_000)
    assert taxed.description == "Discount: 15% (VAT)"
    assert (order.untaxed, order.tax, order.total) == (5_950_000, 510_000, 6_460_000)
    assert taxed.product == exempt.product


def test_a_fixed_amount_without_tax_or_spread():
    by = manager()
    vat = make_tax(by.company, 10)
    wanted = [line(make_product(by, 3_000, taxes=[vat])), line(make_product(by, 1_000))]

    one = discount(make_order(by, *wanted), how="fixed", amount=400, by=by)
    other = discount(
        make_order(by, *wanted), how="fixed", amount=400, spreads=True, by=by
    )

    assert (one.untaxed, one.tax) == (3_600, 300)
    assert (other.untaxed, other.tax) == (3_600, 270)
    assert [found.unit_price for found in lines_of(other)[-2:]] == [-300, -100]


def test_nothing_cannot_be_discounted():
    by = manager()

    with pytest.raises(errors.NothingToDiscount):
        discount(make_order(by), how="percent", amount=10, by=by)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.decimals(1, 10**6, places=2), min_size=1, max_size=6),
    st.decimals(1, 10**6, places=2),
)
def test_a_spread_amount_is_the_amount_exactly(amounts: list, wanted: Decimal):
    parts = [spread.Part((n,), amount) for n, amount in enumerate(amounts)]

    found = spread.spread(parts, wanted, step=Decimal("0.01"))

    assert sum(part.amount for part in found) == -wanted


# --- reminders ------------------------------------------------------------------------


def test_expiring_and_unanswered_quotations_are_reminded_of_once():
    by = manager()
    activity_seed.seed()
    today = by.company.profile().today()
    soon = make_order(by, expires_on=today + dt.timedelta(days=3))
    make_order(by, expires_on=today + dt.timedelta(days=4))
    sent = orders.mark_sent(
        make_order(by, expires_on=today + dt.timedelta(days=30)), by=by
    )
    Change.objects.filter(event="sent", record_id=sent.pk).update(
        at=dt.datetime.now(dt.UTC) - dt.timedelta(days=8)
    )

    assert reminders.remind(by.company, today) == 2
    assert reminders.remind(by.company, today) == 0

    found = Activity.objects.filter(record_type="orders")
    assert {one.record_id for one in found} == {soon.pk, sent.pk}
    assert {one.user_id for one in found} == {by.user_id}
    assert Order.objects.get(pk=soon.pk).activity_today_from is not None


# --- from opportunities ---------------------------------------------------------------


def test_a_quotation_takes_over_what_the_opportunity_knows():
    from sarnakh.sales.opportunities.actions import quote, quote_for
    from sarnakh.sources.models import Campaign, Tag

    by = manager()
    campaign = Campaign.objects.create(name="Nowruz")
    tag = Tag.objects.create(name="Hot", name_key="hot")
    lead = make_lead(by, company_name="Aria", email="a@aria.ir",
                     campaign=campaign.pk, tags=[tag.pk])  # fmt: skip

    assert quote_for(lead, how="nothing", by=by) is None
    order = quote_for(lead, how="create", by=by)

    assert order.customer.name == "Aria"
    assert (order.campaign, list(order.tags.all())) == (campaign, [tag])
    assert order.origin == lead.name
    lead.refresh_from_db()
    assert quote(lead, by=by).customer == order.customer
