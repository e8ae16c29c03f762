"""Two at one subscription in the same moment, on two connections."""

import pytest

from sarnakh.accounts.actor import system_actor
from sarnakh.crm.tests.test_races import together
from sarnakh.invoicing.models import Invoice
from sarnakh.recurring import nightly
from sarnakh.recurring.models import PeriodInvoice, Subscription
from sarnakh.recurring.subscriptions import actions
from sarnakh.recurring.tests.factories import (
    fresh,
    log_of,
    make_running,
    make_service,
)
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, manager

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_make_one_invoice():
    subscription = make_running(manager())
    day = subscription.next_on
    together(
        lambda: nightly.run(subscription.company, day),
        lambda: nightly.run(subscription.company, day),
        lambda: actions.invoice_period(
            Subscription.objects.get(pk=subscription.pk),
            today=day,
            by=system_actor(subscription.company),
        ),
    )
    assert Invoice.objects.count() == 1
    assert PeriodInvoice.objects.count() == 1
    assert fresh(subscription).periods_invoiced == 1


def test_two_people_close_once():
    first, second = manager(), manager()
    subscription = make_running(first, line(make_service(first, 1_000)))
    together(
        lambda: actions.close(subscription, note="One", by=first),
        lambda: actions.close(subscription, note="Two", by=second),
    )
    assert log_of(subscription) == [("new", 1_000), ("churn", -1_000)]


def test_renewing_and_invoicing_at_once_bill_no_day_twice():
    by = manager()
    subscription = make_running(by)
    nightly.run(subscription.company, subscription.next_on)
    following = fresh(subscription).next_on
    twin = actions.renew(fresh(subscription), by=by)

    together(
        lambda: orders.confirm(Order.objects.get(pk=twin.pk), by=by),
        lambda: nightly.run(subscription.company, following),
    )

    nightly.run(subscription.company, following)
    rows = PeriodInvoice.objects.filter(invoice__isnull=False)
    days = list(rows.order_by("first_day").values_list("first_day", flat=True))
    assert len(days) == len(set(days)) == 2
    assert fresh(subscription).state == "renewed"
