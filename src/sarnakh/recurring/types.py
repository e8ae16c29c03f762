"""What subscriptions, plans, prices, reasons and the log of revenue are."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)
from sarnakh.recurring import access
from sarnakh.recurring.models import (
    BillingPlan,
    CloseReason,
    MrrChange,
    PlanPrice,
    Subscription,
)
from sarnakh.recurring.plans import actions as plans
from sarnakh.recurring.subscriptions import actions
from sarnakh.recurring.subscriptions.commands import (
    close,
    invoice_now,
    renewal_of,
    upsell_of,
)

TRACKED = {"is_tracked": True}
ARCHIVED = Filter(
    name="archived", label=_("Archived"), condition=[["active", "=", False]]
)


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    """The log is written by what happens."""
    raise PermissionDenied


SUBSCRIPTIONS = RecordType(
    name="subscriptions",
    model=Subscription,
    label=_("Subscription"),
    label_plural=_("Subscriptions"),
    access=access.SUBSCRIPTIONS,
    title="number",
    fields=describe(
        Subscription,
        "number",
        "order",
        "customer",
        "plan",
        "state",
        "starts_on",
        "next_on",
        "ends_on",
        "periods_invoiced",
        "mrr",
        "has_payment_exception",
        "salesperson",
        "team",
        "company",
        "close_reason",
        "close_note",
        "closed_on",
        "renewal_of",
        "upsell_of",
        "created_at",
        targets={
            "order": "orders",
            "customer": "contacts",
            "plan": "billing-plans",
            "salesperson": "users",
            "team": "teams",
            "company": "companies",
            "close_reason": "close-reasons",
            "renewal_of": "subscriptions",
            "upsell_of": "subscriptions",
        },
        plan=TRACKED,
        state=TRACKED,
        ends_on=TRACKED,
        has_payment_exception=TRACKED,
    ),
    writers=Writers(
        create=actions.create, change=actions.change, delete=actions.delete
    ),
    order=("-pk",),
    company="company",
    currency="company.currency",
    search_column="search_text",
    search_index="recurring_subscription_search",
    searchable=("number",),
    sums=("mrr", "periods_invoiced"),
    search=(
        Search(
            name="text",
            label=_("Subscription"),
            fields=("search",),
            operator="search",
        ),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="plan", label=_("Billing plan"), fields=("plan",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="team", label=_("Sales team"), fields=("team",)),
    ),
    filters=(
        Filter(
            name="mine",
            label=_("My subscriptions"),
            condition=[["salesperson", "=", "@me"]],
        ),
        Filter(
            name="live",
            label=pgettext_lazy("subscription", "Running and paused"),
            condition=[["state", "in", ["progress", "paused"]]],
            block=1,
        ),
        Filter(
            name="progress",
            label=pgettext_lazy("subscription", "In progress"),
            condition=[["state", "=", "progress"]],
            block=1,
        ),
        Filter(
            name="paused",
            label=pgettext_lazy("subscription", "Paused"),
            condition=[["state", "=", "paused"]],
            block=1,
        ),
        Filter(
            name="churned",
            label=pgettext_lazy("subscription", "Churned"),
            condition=[["state", "=", "churned"]],
            block=1,
        ),
        Filter(
            name="due",
            label=_("Invoice due"),
            condition=[["state", "=", "progress"], ["next_on", "<=", "@today"]],
            block=2,
        ),
        Filter(
            name="to-renew",
            label=_("To renew"),
            condition=[
                ["state", "in", ["progress", "paused"]],
                ["ends_on", "!=", None],
            ],
            block=2,
        ),
        Filter(
            name="exception",
            label=_("Payment exception"),
            condition=[["has_payment_exception", "=", True]],
            block=2,
        ),
    ),
    periods=(
        PeriodFilter(name="next", label=_("Next invoice"), field="next_on", block=4),
        PeriodFilter(name="starts", label=_("Start date"), field="starts_on", block=4),
        PeriodFilter(name="ends", label=_("End date"), field="ends_on", block=4),
    ),
    commands={
        "invoice": invoice_now,
        "pause": actions.pause,
        "resume": actions.resume,
        "close": close,
        "reopen": actions.reopen,
        "clear-exception": actions.clear_exception,
        "renew": renewal_of,
        "upsell": upsell_of,
    },
    has_discussion=True,
    is_importable=True,
)

MRR_CHANGES = RecordType(
    name="mrr-changes",
    model=MrrChange,
    label=_("Change of recurring revenue"),
    label_plural=_("Changes of recurring revenue"),
    access=access.MRR_CHANGES,
    title="subscription",
    fields=describe(
        MrrChange,
        "subscription",
        "day",
        "kind",
        "amount",
        "mrr",
        "company",
        targets={"subscription": "subscriptions", "company": "companies"},
        **{
            name: {"editable": False}
            for name in ("subscription", "day", "kind", "amount", "mrr", "company")
        },
    ),
    writers=Writers(create=_refuse, change=_refuse, delete=_refuse),
    order=("-day", "-pk"),
    company="company",
    currency="company.currency",
    sums=("amount",),
    search=(
        Search(name="subscription", label=_("Subscription"), fields=("subscription",)),
    ),
    filters=tuple(
        Filter(
            name=str(kind.value),
            label=kind.label,
            condition=[["kind", "=", str(kind.value)]],
            block=1,
        )
        for kind in MrrChange.Kind
    ),
    periods=(PeriodFilter(name="day", label=_("Date"), field="day", block=2),),
)

BILLING_PLANS = RecordType(
    name="billing-plans",
    model=BillingPlan,
    label=_("Billing plan"),
    label_plural=_("Billing plans"),
    access=access.PLANS,
    fields=describe(
        BillingPlan,
        "name",
        "company",
        "count",
        "unit",
        "is_aligned",
        "invoice_mode",
        "mails_invoice",
        "close_after_days",
        "is_closable",
        "may_add_products",
        "may_renew",
        "may_switch",
        "sequence",
        "active",
        targets={"company": "companies"},
    ),
    writers=plans.PLAN_WRITERS,
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(Search(name="text", label=_("Billing plan"), fields=("name",)),),
    filters=(ARCHIVED,),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)


PLAN_PRICES = RecordType(
    name="plan-prices",
    model=PlanPrice,
    label=_("Recurring price"),
    label_plural=_("Recurring prices"),
    access=access.PLAN_PRICES,
    title="product",
    fields=describe(
        PlanPrice,
        "plan",
        "sequence",
        "product",
        "pricelist",
        "price",
        targets={
            "plan": "billing-plans",
            "product": "products",
            "pricelist": "pricelists",
        },
        plan={"required": True},
        product={"required": True},
        price={"widget": "price"},
    ),
    writers=plans.PRICE_WRITERS,
    order=("sequence", "pk"),
    search=(
        Search(name="product", label=_("Product"), fields=("product",)),
        Search(name="plan", label=_("Billing plan"), fields=("plan",)),
    ),
    is_importable=True,
)

CLOSE_REASONS = RecordType(
    name="close-reasons",
    model=CloseReason,
    label=_("Close reason"),
    label_plural=_("Close reasons"),
    access=access.REASONS,
    fields=describe(CloseReason, "name", "is_public", "sequence", "active"),
    writers=Writers(
        create=plans.REASON_WRITERS.create,
        change=plans.REASON_WRITERS.change,
        delete=plans.delete_reasons,
    ),
    order=("sequence", "pk"),
    active="active",
    search=(Search(name="text", label=_("Close reason"), fields=("name",)),),
    filters=(ARCHIVED,),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)

__all__ = [
    "BILLING_PLANS",
    "CLOSE_REASONS",
    "MRR_CHANGES",
    "PLAN_PRICES",
    "SUBSCRIPTIONS",
]
