"""What people see of subscriptions."""

import pytest
from django.test import Client

from sarnakh.api import keys
from sarnakh.api.tests.scene import Api
from sarnakh.crm.tests.factories import manager
from sarnakh.invoicing.models import Invoice
from sarnakh.recurring import nightly, seed
from sarnakh.recurring.models import BillingPlan, CloseReason, Subscription
from sarnakh.recurring.report import queries
from sarnakh.recurring.subscriptions import actions
from sarnakh.recurring.tests.factories import (
    fresh,
    make_plan,
    make_running,
    make_service,
)
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, lines_of, make_order

pytestmark = pytest.mark.django_db


def browser_of(by) -> Client:
    browser = Client()
    browser.force_login(by.user)
    return browser


def test_a_quotation_gets_its_plan_from_the_dialog():
    by = manager()
    order = make_order(by, line(make_service(by)))
    plan = make_plan(name="Every month")
    browser = browser_of(by)
    page = browser.get(f"/quotations/{order.pk}").content.decode()
    assert "ask-recurrence" in page
    assert "Every month" in page

    answer = browser.post(
        f"/quotations/{order.pk}/press/recurrence",
        {"plan": plan.pk, "starts_on": "", "ends_on": ""},
    )

    assert answer.status_code == 302
    subscription = Subscription.objects.get(order=order)
    assert (subscription.plan, subscription.state) == (plan, "quotation")
    browser.post(f"/quotations/{order.pk}/press/recurrence", {"plan": ""})
    assert not Subscription.objects.exists()


def test_the_form_of_the_order_invoices_renews_pauses_and_closes():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    reason = CloseReason.objects.create(name="Dear")
    address = f"/orders/{subscription.order_id}"
    browser = browser_of(by)
    page = browser.get(address).content.decode()
    assert f"{address}/press/invoice-period" in page
    assert "renew-subscription" not in page

    answer = browser.post(f"{address}/press/invoice-period")

    invoice = Invoice.objects.get()
    assert answer["Location"] == f"/invoices/{invoice.pk}"
    page = browser.get(address).content.decode()
    assert "renew-subscription" in page
    assert "press/invoice-period" not in page
    browser.post(f"{address}/press/pause")
    assert fresh(subscription).state == "paused"
    browser.post(f"{address}/press/resume")
    assert fresh(subscription).state == "progress"
    renewal = browser.post(f"{address}/press/renew-subscription")
    assert renewal["Location"].startswith("/quotations/")
    assert browser.get(renewal["Location"]).status_code == 200
    browser.post(
        f"{address}/press/close-subscription",
        {"reason": reason.pk, "note": "", "when": "now"},
    )
    assert fresh(subscription).close_reason == reason


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_lists_forms_and_the_report_open(language: str):
    by = manager()
    by.user.language = language
    by.user.save()
    subscription = make_running(by, line(make_service(by, 1_000)))
    closed = make_running(by, line(make_service(by, 500)))
    actions.close(closed, note="Gone", by=by)
    nightly.run(subscription.company, subscription.next_on)
    browser = browser_of(by)
    for address in (
        "/subscriptions/", f"/subscriptions/{subscription.pk}",
        f"/subscriptions/{closed.pk}", "/subscriptions/new", "/billing-plans/",
        f"/billing-plans/{subscription.plan_id}", "/billing-plans/new",
        "/close-reasons/", "/plan-prices/", "/mrr-changes/", "/recurring/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 200, address
    shown = browser.get("/subscriptions/").context["records"]
    assert [one.pk for one in shown] == [subscription.pk]


def test_a_blank_form_makes_a_subscription_of_a_quotation():
    by = manager()
    order = make_order(by, line(make_service(by)))
    plan = make_plan()
    page = browser_of(by).get("/subscriptions/new")
    once = page.context["once"]
    answer = browser_of(by).post(
        "/subscriptions/new",
        {"order": order.pk, "plan": plan.pk, "once": once, "version": "0"},
    )
    assert answer.status_code == 302
    assert Subscription.objects.get().order == order


def test_the_report_counts_what_comes_in_and_what_was_lost():
    by = manager()
    kept = make_running(by, line(make_service(by, 1_000)))
    lost = make_running(by, line(make_service(by, 500)))
    actions.close(lost, note="Gone", by=by)

    found = queries.report(by)

    assert (found.mrr, found.arr, found.count) == (1_000, 12_000, 1)
    assert len(found.months) == 12
    last = found.months[-1]
    assert last.is_running
    assert (last.before, last.after) == (0, 1_000)
    assert last.moved == {"new": 1_500, "churn": -500}
    assert [(plan.pk, plan.count, plan.mrr) for plan in found.plans] == [
        (kept.plan_id, 1, 1_000)
    ]
    (cohort,) = found.cohorts
    assert (cohort.count, cohort.kept) == (2, [100])


def test_every_figure_opens_what_it_counts():
    by = manager()
    subscription = make_running(by, line(make_service(by, 1_000)))
    browser = browser_of(by)
    page = browser.get("/recurring/").context
    listed = browser.get(page["live_url"]).context["records"]
    assert [one.pk for one in listed] == [subscription.pk]
    month = browser.get(page["bars"][-1].url).context["records"]
    assert [one.amount for one in month] == [1_000]
    new = browser.get(page["bars"][-1].cells[0][1]).context["records"]
    assert [one.kind for one in new] == ["new"]
    assert not browser.get(page["churn_url"]).context["records"]


def test_a_plan_in_use_keeps_its_period():
    by = manager()
    subscription = make_running(by)
    plan = subscription.plan
    browser = browser_of(by)
    form = {"name": plan.name, "count": "3", "unit": "month", "version": plan.version,
            "invoice_mode": "draft", "close_after_days": "0"}  # fmt: skip
    browser.post(f"/billing-plans/{plan.pk}", form)
    assert BillingPlan.objects.get(pk=plan.pk).count == 1


def test_seeding_twice_changes_nothing():
    by = manager()
    seed.seed(by.company)
    seed.seed(by.company)
    assert BillingPlan.objects.count() == 3
    assert CloseReason.objects.count() == 7


def test_reasons_of_the_system_stay():
    by = manager()
    seed.seed(by.company)
    reason = CloseReason.objects.get(code="end")
    browser_of(by).post(f"/close-reasons/{reason.pk}/delete")
    assert CloseReason.objects.filter(pk=reason.pk).exists()


def test_copying_and_resetting_leave_one_subscription():
    by = manager()
    subscription = make_running(by)
    twin = orders.duplicate(subscription.order, by=by)
    assert not Subscription.objects.filter(order=twin).exists()
    assert len(lines_of(twin)) == 1
    orders.cancel(subscription.order, by=by)
    order = orders.reset_to_quotation(subscription.order, by=by)
    assert fresh(subscription).state == "quotation"
    orders.confirm(order, by=by)
    assert fresh(subscription).state == "progress"


def test_programs_make_invoice_and_close_subscriptions():
    by = manager()
    _key, written = keys.create("test", scope="write", by=by)
    api = Api(written)
    order = make_order(by, line(make_service(by, 1_000)))
    plan = make_plan()
    reason = CloseReason.objects.create(name="Dear")

    made = api.post("/subscriptions", {"order": order.pk, "plan": plan.pk})

    assert made.status_code == 201, made.content
    path = f"/subscriptions/{made.json()['id']}"
    assert made.json()["state"] == "quotation"
    api.post(f"/orders/{order.pk}/actions/confirm")
    billed = api.post(f"{path}/actions/invoice")
    assert billed.json()["periods_invoiced"] == 1
    assert api.post(f"{path}/actions/invoice").status_code == 422
    assert api.post(f"{path}/actions/renew").status_code == 200
    assert Subscription.objects.get(renewal_of=made.json()["id"]).state == "quotation"
    closed = api.post(f"{path}/actions/close", {"reason": reason.pk})
    assert closed.json()["close_reason"] == {"id": reason.pk, "name": "Dear"}
    assert api.delete(path).status_code == 422
