"""Billing plans, subscriptions, their periods, and what they bring in."""

from sarnakh.recurring.models.plan import BillingPlan, CloseReason, PlanPrice
from sarnakh.recurring.models.subscription import (
    MrrChange,
    PeriodInvoice,
    Subscription,
)

__all__ = [
    "BillingPlan",
    "CloseReason",
    "MrrChange",
    "PeriodInvoice",
    "PlanPrice",
    "Subscription",
]
