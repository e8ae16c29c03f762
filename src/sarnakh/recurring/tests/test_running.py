"""From a quotation with a plan to invoices, period by period."""

import datetime as dt
from decimal import Decimal

import pytest

from sarnakh.accounts.actor import system_actor
from sarnakh.catalog.models import Product
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice
from sarnakh.lib.calendars import JALALI
from sarnakh.lib.errors import Refused
from sarnakh.mail.models import Letter
from sarnakh.recurring import nightly
from sarnakh.recurring.models import PeriodInvoice, PlanPrice, Subscription
from sarnakh.recurring.subscriptions import actions
from sarnakh.recurring.tests.factories import (
    fresh,
    log_of,
    make_plan,
    make_quotation,
    make_running,
    make_service,
    set_days,
)
from sarnakh.sales.billing.actions import create_invoices
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_lead,
    make_order,
    make_pricelist,
    make_product,
    manager,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today(subscription: Subscription) -> dt.date:
    return subscription.company.profile().today()


def invoiced(subscription: Subscription) -> list[Invoice]:
    rows = PeriodInvoice.objects.filter(subscription=subscription).order_by("number")
    return [row.invoice for row in rows if row.invoice]


# --- prices ---------------------------------------------------------------------------


def test_prices_come_from_plan_and_list_then_plan_then_list():
    by = manager()
    own, shared, listed = (make_service(by, 100) for _n in range(3))
    pricelist = make_pricelist()
    plan = make_plan()
    PlanPrice.objects.create(plan=plan, product=own, price=90)
    PlanPrice.objects.create(plan=plan, product=own, pricelist=pricelist, price=80)
    PlanPrice.objects.create(plan=plan, product=shared, price=70)
    order = make_order(
        by, line(own), line(shared), line(listed), pricelist=pricelist.pk
    )

    actions.attach(order, plan, by=by)

    assert [one.unit_price for one in lines_of(order)] == [80, 70, 100]
    lines.add(order, [line(shared)], by=by)
    assert lines_of(order)[-1].unit_price == 70


def test_without_its_plan_a_quotation_has_the_usual_price_again():
    by = manager()
    service, plan = make_service(by, 100), make_plan()
    PlanPrice.objects.create(plan=plan, product=service, price=90)
    order = make_order(by, line(service))
    subscription = actions.attach(order, plan, by=by)
    assert lines_of(order)[0].unit_price == 90

    actions.delete([subscription], by=by)

    assert lines_of(order)[0].unit_price == 100


def test_a_typed_price_stays():
    by = manager()
    service, plan = make_service(by, 100), make_plan()
    PlanPrice.objects.create(plan=plan, product=service, price=90)
    order = make_order(by, line(service, unit_price=Decimal(55)))

    actions.attach(order, plan, by=by)

    assert lines_of(order)[0].unit_price == 55


# --- confirming -----------------------------------------------------------------------


def test_a_confirmed_order_with_a_plan_runs():
    by = manager()
    plan = make_plan(count=3)
    subscription = make_running(by, line(make_service(by, 7_200_000)), plan=plan)

    assert subscription.state == "progress"
    assert subscription.starts_on == subscription.next_on == today(subscription)
    assert subscription.mrr == 2_400_000
    assert log_of(subscription) == [("new", 2_400_000)]
    # Only the room itself invoices what recurs.
    with pytest.raises(Refused):
        create_invoices([subscription.order], by=by)
    assert not Invoice.objects.exists()


def test_without_a_recurring_line_it_is_an_ordinary_order():
    by = manager()
    subscription = make_running(by, line(make_product(by)))

    assert subscription.state == "quotation"
    assert log_of(subscription) == []
    assert subscription.order.invoice_status == "to-invoice"


def test_an_ordinary_order_is_not_touched():
    by = manager()
    order = make_order(by, line(make_service(by)))
    order = orders.confirm(order, by=by)
    assert order.invoice_status == "to-invoice"


def test_a_plan_of_another_company_is_refused():
    from sarnakh.accounts.tests.factories import make_company

    by = manager()
    plan = make_plan(company=make_company(name="Other"))
    order = make_order(by, line(make_service(by)))

    with pytest.raises(Refused):
        actions.attach(order, plan, by=by)

    assert not Subscription.objects.exists()


def test_the_plan_of_a_running_one_is_settled():
    by = manager()
    subscription = make_running(by)
    with pytest.raises(Refused):
        actions.change(subscription, {"plan": make_plan().pk}, by=by)
    with pytest.raises(Refused):
        actions.attach(subscription.order, make_plan(), by=by)
    with pytest.raises(Refused):
        actions.delete([subscription], by=by)
    assert fresh(subscription).plan == subscription.plan


def test_the_opportunity_learns_revenue_and_plan():
    by = manager()
    lead = make_lead(by, customer=make_contact(by).pk)
    plan = make_plan(count=3)
    make_running(by, line(make_service(by, 7_200_000)), plan=plan, opportunity=lead.pk)
    lead.refresh_from_db()
    assert lead.recurring_revenue == 7_200_000
    assert lead.recurring_plan.months == 3
    assert lead.recurring_revenue_monthly == 2_400_000


# --- invoicing ------------------------------------------------------------------------


def test_each_period_is_invoiced_once_with_its_days():
    by = manager()
    once = make_product(by, 500)
    subscription = make_running(by, line(make_service(by, 1_000)), line(once))
    start = JALALI.date(1404, 7, 1)
    subscription = set_days(subscription, start)
    system = system_actor(subscription.company)

    first = actions.invoice_period(subscription, today=start, by=system)

    assert first.untaxed == 1_500
    texts = [one.description for one in first.lines.order_by("sequence", "pk")]
    assert "۱۴۰۴/۰۷/۰۱" in texts[0]
    assert "۱۴۰۴/۰۷/۳۰" in texts[0]
    assert "\n" not in texts[1]
    subscription = fresh(subscription)
    assert JALALI.parts(subscription.next_on) == (1404, 8, 1)
    assert [one.invoiced for one in lines_of(subscription.order)] == [1, 1]
    assert subscription.order.invoice_status == "invoiced"
    with pytest.raises(Refused):
        actions.invoice_period(subscription, today=start, by=system)

    second = actions.invoice_period(subscription, today=subscription.next_on, by=system)
    assert second.untaxed == 1_000
    subscription = fresh(subscription)
    assert subscription.periods_invoiced == 2
    assert JALALI.parts(subscription.next_on) == (1404, 9, 1)
    assert subscription.order.invoice_status == "invoiced"
    assert subscription.order.amount_to_invoice == 0
    assert lines_of(subscription.order)[0].invoiced == 1


def test_an_aligned_first_period_costs_its_days():
    by = manager()
    plan = make_plan(is_aligned=True)
    subscription = make_running(by, line(make_service(by, 3_100_000)), plan=plan)
    start = JALALI.date(1404, 7, 16)
    subscription = set_days(subscription, start)
    system = system_actor(subscription.company)

    first = actions.invoice_period(subscription, today=start, by=system)
    following = fresh(subscription).next_on
    second = actions.invoice_period(subscription, today=following, by=system)

    assert JALALI.parts(following) == (1404, 8, 1)
    assert (first.untaxed, second.untaxed) == (1_550_000, 3_100_000)


def test_missed_periods_are_caught_up_one_a_run():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    day = today(subscription)
    cal = subscription.company.profile().cal
    set_days(subscription, cal.add_months(day, -2))

    assert nightly.run(subscription.company, day) == 1
    assert fresh(subscription).periods_invoiced == 1
    assert nightly.run(subscription.company, day) == 1
    assert nightly.run(subscription.company, day) == 1
    assert nightly.run(subscription.company, day) == 0
    assert fresh(subscription).periods_invoiced == 3
    assert [one.untaxed for one in invoiced(subscription)] == [1_000] * 3
    assert {one.state for one in invoiced(subscription)} == {"draft"}


def test_a_plan_may_post_its_invoices():
    by = manager()
    plan = make_plan(invoice_mode="post")
    subscription = make_running(by, line(make_service(by, 1_000)), plan=plan)
    nightly.run(subscription.company, today(subscription))
    (invoice,) = invoiced(subscription)
    assert invoice.state == "posted"
    assert invoice.number


def test_delivered_quantities_are_billed_afterwards_and_begin_again():
    by = manager()
    service = make_service(by, 100, invoice_policy="delivered")
    subscription = make_running(by, line(service, 1))
    day = today(subscription)
    system = system_actor(subscription.company)
    assert actions.invoice_period(subscription, today=day, by=system) is None
    (one,) = lines_of(subscription.order)
    lines.change(one, {"delivered": Decimal(7)}, by=by)

    subscription = fresh(subscription)
    invoice = actions.invoice_period(
        subscription, today=subscription.next_on, by=system
    )

    assert invoice.untaxed == 700
    assert lines_of(subscription.order)[0].delivered == 0


def test_a_credited_period_may_be_invoiced_again():
    by = manager()
    plan = make_plan(invoice_mode="post")
    subscription = make_running(by, line(make_service(by, 1_000)), plan=plan)
    day = today(subscription)
    system = system_actor(subscription.company)
    invoice = actions.invoice_period(subscription, today=day, by=system)
    invoices.cancel(invoices.reset_to_draft(invoice, by=system), by=system)

    again = actions.invoice_period(fresh(subscription), today=day, by=system)

    assert again.pk != invoice.pk
    assert again.untaxed == 1_000
    assert fresh(subscription).periods_invoiced == 1


def test_a_payment_exception_keeps_it_from_being_invoiced():
    by = manager()
    subscription = make_running(by)
    subscription = actions.change(subscription, {"has_payment_exception": True}, by=by)
    assert nightly.run(subscription.company, today(subscription)) == 0
    with pytest.raises(Refused):
        actions.invoice_period(subscription, by=by)
    actions.clear_exception(subscription, by=by)
    assert nightly.run(subscription.company, today(subscription)) == 1


def test_one_that_fails_leaves_the_others_be(monkeypatch: pytest.MonkeyPatch):
    by = manager()
    bad = make_running(by)
    good = make_running(by)
    real = actions.invoice_period

    def fail(subscription: Subscription, **given: object) -> object:
        if subscription.pk == bad.pk:
            raise RuntimeError("no")
        return real(subscription, **given)

    monkeypatch.setattr(nightly.actions, "invoice_period", fail)
    assert nightly.run(good.company, today(good)) == 1
    assert fresh(good).periods_invoiced == 1
    assert fresh(bad).periods_invoiced == 0


# --- closing --------------------------------------------------------------------------


def test_unpaid_for_twelve_days_closes_on_the_thirteenth():
    by = manager()
    plan = make_plan(invoice_mode="post", close_after_days=12)
    subscription = make_running(by, line(make_service(by, 1_000)), plan=plan)
    first = JALALI.date(1404, 7, 1)
    subscription = set_days(subscription, first)
    nightly.run(subscription.company, first)

    nightly.run(subscription.company, JALALI.date(1404, 7, 12))
    assert fresh(subscription).state == "progress"
    nightly.run(subscription.company, JALALI.date(1404, 7, 13))

    subscription = fresh(subscription)
    assert subscription.state == "churned"
    assert subscription.close_reason.code == "unpaid"
    assert log_of(subscription) == [("new", 1_000), ("churn", -1_000)]


def test_the_end_of_the_contract_closes_it():
    by = manager()
    start = JALALI.date(1404, 7, 1)
    subscription = make_running(by, starts_on=start, ends_on=JALALI.date(1404, 7, 30))
    nightly.run(subscription.company, start)
    nightly.run(subscription.company, JALALI.date(1404, 7, 30))
    assert fresh(subscription).state == "progress"
    nightly.run(subscription.company, JALALI.date(1404, 8, 1))
    subscription = fresh(subscription)
    assert subscription.state == "churned"
    assert subscription.close_reason.code == "end"
    assert subscription.periods_invoiced == 1


def test_closing_needs_a_reason_and_has_one_effect():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    with pytest.raises(Refused):
        actions.close(subscription, by=by)
    actions.close(subscription, note="Moved away", by=by)
    actions.close(subscription, note="Again", by=by)
    subscription = fresh(subscription)
    assert (subscription.state, subscription.close_note) == ("churned", "Moved away")
    assert subscription.mrr == 0
    assert log_of(subscription) == [("new", 1_000), ("churn", -1_000)]


def test_closing_at_the_end_runs_until_what_is_invoiced_is_over():
    by = manager()
    subscription = make_running(by)
    day = today(subscription)
    nightly.run(subscription.company, day)
    actions.close(subscription, note="Enough", at_end=True, by=by)
    subscription = fresh(subscription)
    assert subscription.state == "progress"
    assert subscription.ends_on == subscription.next_on - DAY
    assert nightly.run(subscription.company, subscription.next_on) == 0
    subscription = fresh(subscription)
    assert (subscription.state, subscription.close_note) == ("churned", "Enough")


def test_managers_open_a_closed_one_again():
    from django.core.exceptions import PermissionDenied

    from sarnakh.sales.tests.factories import salesperson

    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    actions.close(subscription, note="Error", by=by)
    with pytest.raises(PermissionDenied):
        actions.reopen(subscription, by=salesperson())
    subscription = actions.reopen(subscription, by=by)
    assert subscription.state == "progress"
    assert subscription.next_on == today(subscription)
    assert log_of(subscription)[-1] == ("new", 1_000)


def test_what_is_paused_is_not_invoiced_but_counted():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    day = today(subscription)
    cal = subscription.company.profile().cal
    subscription = set_days(subscription, cal.add_months(day, -3) + DAY)
    actions.pause(subscription, by=by)
    assert nightly.run(subscription.company, day) == 0
    assert fresh(subscription).mrr == 1_000

    subscription = actions.resume(subscription, by=by)

    # What was missed stays free.
    assert subscription.next_on >= day
    assert subscription.periods_invoiced == 0
    assert log_of(subscription) == [("new", 1_000)]


def test_a_cancelled_order_ends_its_subscription():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    orders.cancel(subscription.order, by=by)
    subscription = fresh(subscription)
    assert (subscription.state, subscription.mrr) == ("churned", 0)
    assert subscription.close_reason.code == "cancelled"


def test_other_quantities_are_logged():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    (one,) = lines_of(subscription.order)
    lines.change(one, {"quantity": Decimal(3)}, by=by)
    lines.change(lines_of(subscription.order)[0], {"quantity": Decimal(2)}, by=by)
    assert log_of(subscription) == [
        ("new", 1_000), ("expansion", 2_000), ("contraction", -1_000),
    ]  # fmt: skip
    assert fresh(subscription).mrr == 2_000


# --- renewing and adding --------------------------------------------------------------


def renewed(by, subscription: Subscription):
    nightly.run(subscription.company, today(subscription))
    return actions.renew(fresh(subscription), by=by)


def test_renewing_needs_an_invoiced_period():
    by = manager()
    subscription = make_running(by)
    with pytest.raises(Refused):
        actions.renew(subscription, by=by)
    assert subscription.renewals.count() == 0


def test_a_renewal_takes_over_where_the_old_one_ends():
    by = manager()
    subscription = make_running(
        by, line(make_service(by, 1_000)), line(make_product(by, 50))
    )
    twin = renewed(by, subscription)
    assert actions.renew(fresh(subscription), by=by).pk == twin.pk
    assert [one.unit_price for one in lines_of(twin)] == [1_000]
    lines.change(lines_of(twin)[0], {"quantity": Decimal(2)}, by=by)
    following = fresh(subscription).next_on

    orders.confirm(twin, by=by)

    old, new = fresh(subscription), fresh(twin.subscription)
    assert (old.state, old.next_on, old.mrr) == ("renewed", None, 0)
    assert (new.state, new.starts_on, new.next_on) == ("progress", following, following)
    assert log_of(old) == [("new", 1_000), ("transfer", -1_000)]
    assert log_of(new) == [("transfer", 1_000), ("expansion", 1_000)]
    # Nothing more of the old one, and the new one from the day after.
    assert nightly.run(old.company, following) == 1
    assert fresh(old).periods_invoiced == 1
    assert fresh(new).periods_invoiced == 1


def test_a_cancelled_renewal_leaves_the_old_one_running():
    by = manager()
    subscription = make_running(by)
    twin = renewed(by, subscription)
    orders.cancel(twin, by=by)
    assert fresh(subscription).state == "progress"
    assert actions.renew(fresh(subscription), by=by).pk != twin.pk


def test_a_renewal_of_what_was_closed_is_not_confirmed():
    by = manager()
    subscription = make_running(by)
    twin = renewed(by, subscription)
    actions.close(subscription, note="Gone", by=by)
    with pytest.raises(Refused):
        orders.confirm(twin, by=by)
    twin.refresh_from_db()
    assert twin.state == "draft"
    with pytest.raises(Refused):
        actions.reopen(fresh(subscription), by=by)


def test_an_upsell_costs_the_rest_of_the_period_and_recurs_in_full(
    monkeypatch: pytest.MonkeyPatch,
):
    by = manager()
    service = make_service(by, 3_100_000)
    subscription = make_running(by, line(service))
    first = JALALI.date(1404, 7, 1)
    subscription = set_days(subscription, first)
    nightly.run(subscription.company, first)
    middle = JALALI.date(1404, 7, 16)
    monkeypatch.setattr("sarnakh.lib.profile.Profile.today", lambda *_a: middle)

    twin = actions.upsell(fresh(subscription), by=by)

    (one,) = lines_of(twin)
    assert (one.quantity, one.unit_price) == (0, 1_550_000)
    lines.change(one, {"quantity": Decimal(1)}, by=by)
    other = make_service(by, 300)
    lines.add(twin, [line(other)], by=by)
    assert lines_of(twin)[1].unit_price == 150
    orders.confirm(twin, by=by)

    twin.refresh_from_db()
    assert (twin.untaxed, twin.invoice_status) == (1_550_150, "to-invoice")
    (invoice,) = create_invoices([twin], by=by)
    assert invoice.untaxed == 1_550_150
    assert [(o.quantity, o.unit_price) for o in lines_of(subscription.order)] == [
        (2, 3_100_000), (1, 300),
    ]  # fmt: skip
    subscription = fresh(subscription)
    assert subscription.mrr == 6_200_300
    assert [kind for kind, _amount in log_of(subscription)] == [
        "new", "expansion", "expansion",
    ]  # fmt: skip
    nightly.run(subscription.company, subscription.next_on)
    assert invoiced(subscription)[-1].untaxed == 6_200_300
    assert twin.subscription.state == "upsell"


def test_goods_of_an_upsell_are_delivered_once():
    by = manager()
    goods = make_product(by, 1_000, kind="storable", is_recurring=True)
    assert Product.objects.get(pk=goods.pk).is_goods
    subscription = make_running(by, line(goods))
    nightly.run(subscription.company, today(subscription))
    twin = actions.upsell(fresh(subscription), by=by)
    (one,) = lines_of(twin)
    assert one.unit_price == 1_000
    lines.change(one, {"quantity": Decimal(2)}, by=by)
    orders.confirm(twin, by=by)
    assert not twin.order_deliveries.exists()
    assert lines_of(subscription.order)[0].quantity == 3


def test_a_subscription_follows_the_head_of_its_order():
    by = manager()
    subscription = make_quotation(by, make_plan())
    customer = make_contact(by, name="Another")
    orders.change(subscription.order, {"customer": customer.pk}, by=by)
    assert fresh(subscription).customer == customer


def test_posted_invoices_leave_by_mail_where_the_plan_says_so():
    by = manager()
    customer = make_contact(by, name="Reader", email="reader@example.com")
    plan = make_plan(invoice_mode="post", mails_invoice=True)
    subscription = make_running(
        by, line(make_service(by, 1_000)), plan=plan, customer=customer
    )

    nightly.run(subscription.company, today(subscription))
    nightly.run(subscription.company, today(subscription))

    (invoice,) = invoiced(subscription)
    letter = Letter.objects.get()
    assert (letter.recipient, letter.record_id) == ("reader@example.com", invoice.pk)


def test_a_locked_parent_takes_no_upsell():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    nightly.run(subscription.company, today(subscription))
    twin = actions.upsell(fresh(subscription), by=by)
    lines.change(lines_of(twin)[0], {"quantity": Decimal(1)}, by=by)
    orders.lock(subscription.order, by=by)

    with pytest.raises(Refused):
        orders.confirm(twin, by=by)

    twin.refresh_from_db()
    assert twin.state == "draft"
    assert lines_of(subscription.order)[0].quantity == 1
