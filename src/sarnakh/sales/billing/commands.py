"""The button and the API's command that invoice an order."""

from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.sales.billing.creating import create_invoices
from sarnakh.sales.models import Order


def create_invoice(
    order: Order,
    *,
    how: str = "regular",
    percent: float | None = None,
    amount: int | None = None,
    deduct: bool = True,
    once: str = "",
    by: Actor,
) -> Order:
    """Make draft invoices of an order. `amount` is in smallest units with tax."""
    create_invoices(
        [order],
        how=how,
        amount=Decimal(str(percent)) if how == "percent" and percent else amount,
        deduct=deduct,
        once=once,
        by=by,
    )
    order.refresh_from_db()
    return order
