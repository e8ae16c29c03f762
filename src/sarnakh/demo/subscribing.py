"""Writing who has subscribed to something in a demo company."""

import datetime as dt
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.demo.stamping import Stamps
from sarnakh.recurring.models import BillingPlan
from sarnakh.recurring.subscriptions import actions as subscriptions
from sarnakh.sales.orders import actions as orders

# The first period has just begun: its invoice is made in the next night.
BEGAN = 3


def subscribe(
    customer: Contact,
    product: Product,
    quantity: int,
    seller: int,
    stamps: Stamps,
    *,
    by: Actor,
) -> None:
    """A confirmed order of so many, invoiced every month."""
    plan = BillingPlan.objects.filter(count=1, unit=BillingPlan.Unit.MONTH).first()
    if plan is None:
        return
    order = orders.create_with_lines(
        {
            "customer": customer.pk,
            "company": by.company.pk,
            "salesperson": seller,
            "template": None,
        },
        [{"product": product.pk, "quantity": Decimal(quantity)}],
        by=by,
    )
    today = by.company.profile().today()
    subscription = subscriptions.attach(
        order, plan, starts_on=today - dt.timedelta(days=BEGAN), by=by
    )
    order = orders.confirm(order, by=by)
    asked = stamps.now - dt.timedelta(days=BEGAN + 4)
    stamps.add(order, asked, maker=seller)
    stamps.event(order, "confirmed", asked + dt.timedelta(days=1))
    stamps.add(subscription, asked, maker=seller)
