"""How subscriptions, plans, prices and reasons look."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import actions as plain
from sarnakh.recurring.models import Subscription
from sarnakh.recurring.offers import BUTTONS
from sarnakh.recurring.types import (
    BILLING_PLANS,
    CLOSE_REASONS,
    MRR_CHANGES,
    PLAN_PRICES,
    SUBSCRIPTIONS,
)
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Banner,
    Bulk,
    Lines,
    Screen,
    Section,
    SmartButton,
    Step,
)

State = Subscription.State
DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
    role=Role.SALES_MANAGER,
)


def progress(one: Subscription, actor: Actor) -> list[Step]:
    """Quotation, in progress; paused, renewed or churned in its place."""
    if one.state == State.UPSELL:
        return [Step(label=one.get_state_display(), is_current=True)]
    last = State.PROGRESS if one.state == State.QUOTATION else State(one.state)
    steps = [State.QUOTATION, State.PROGRESS]
    if last not in steps:
        steps.append(last)
    place = steps.index(State(one.state))
    return [
        Step(label=name.label, is_current=number == place, is_past=number < place)
        for number, name in enumerate(steps)
    ]


def banners(one: Subscription, actor: Actor) -> list[Banner]:
    """What keeps it from being invoiced, and when it ends."""
    found = []
    if one.has_payment_exception and one.is_live:
        text = _now("A payment is unclear: nothing is invoiced until it is cleared.")
        found.append(Banner(text=text, tone="bad"))
    if one.ends_on and one.is_live:
        text = _now("Ends on %(day)s.") % {"day": actor.profile.date_text(one.ends_on)}
        found.append(Banner(text=text, tone="info"))
    return found


def fixes(one: Subscription | None, actor: Actor) -> set[str]:
    """Settled once it runs."""
    if one is None:
        return set()
    if one.state == State.QUOTATION:
        return {"order"}
    return {"order", "plan", "starts_on"}


def hides(one: Subscription | None, actor: Actor) -> set[str]:
    """Fields that say nothing yet."""
    if one is None:
        return {"number", "customer", "salesperson", "team", "company", "next_on",
                "periods_invoiced", "mrr", "close_reason", "close_note", "closed_on",
                "renewal_of", "upsell_of", "has_payment_exception"}  # fmt: skip
    found = set()
    for name in ("close_reason", "closed_on", "renewal_of", "upsell_of"):
        if getattr(one, f"{name}_id", getattr(one, name, None)) is None:
            found.add(name)
    if not one.close_note:
        found.add("close_note")
    return found


def _order_url(one: Subscription) -> str:
    from django.urls import reverse

    return reverse("quotations:record", args=[one.order_id])


def _invoices(one: Subscription, actor: Actor) -> int:
    return one.periods.exclude(invoice=None).count()


def _invoices_url(one: Subscription) -> str:
    from sarnakh.recurring.offers import list_of

    keys = sorted(
        one.periods.exclude(invoice=None).values_list("invoice_id", flat=True)
    )
    return list_of("invoices", [["id", "in", keys or [0]]])


def _log_url(one: Subscription) -> str:
    from sarnakh.recurring.offers import list_of

    return list_of("mrr-changes", [["subscription", "=", one.pk]])


SUBSCRIPTION_LIST = Screen(
    slug="subscriptions",
    type=SUBSCRIPTIONS,
    title=_("Subscriptions"),
    condition=[["state", "!=", "upsell"]],
    defaults=("live",),
    pages=(
        List(
            columns=("number", "customer", "plan", "salesperson", "next_on", "mrr",
                     "state"),
            optional=("starts_on", "ends_on", "periods_invoiced", "team", "company",
                      "has_payment_exception", "close_reason", "closed_on",
                      "renewal_of", "order", "created_at"),
        ),
    ),
    groups=("state", "plan", "salesperson", "team", "customer", "next_on", "starts_on",
            "close_reason", "company"),
    sections=(
        Section(
            _("Subscription"),
            ("order", "customer", "plan", "starts_on", "ends_on", "renewal_of",
             "upsell_of"),
        ),
        Section(
            _("Invoicing"),
            ("next_on", "periods_invoiced", "mrr", "has_payment_exception",
             "salesperson", "team", "close_reason", "close_note", "closed_on"),
        ),
    ),
    buttons=BUTTONS,
    smart_buttons=(
        SmartButton(
            name="order",
            label=_("Sales order"),
            icon="receipt",
            count=lambda one, actor: 1,
            url=_order_url,
            rank=10,
        ),
        SmartButton(
            name="invoices",
            label=_("Invoices"),
            icon="file-invoice",
            count=_invoices,
            url=_invoices_url,
            hides_zero=True,
            rank=20,
        ),
        SmartButton(
            name="log",
            label=_("Changes of recurring revenue"),
            icon="chart-bar",
            count=lambda one, actor: one.changes.count(),
            url=_log_url,
            hides_zero=True,
            rank=30,
        ),
    ),
    progress=progress,
    banners=banners,
    fixes=fixes,
    hides=hides,
    may_edit=lambda one: one.state not in {State.RENEWED, State.CHURNED, State.UPSELL},
    may_delete=lambda one: one.state == State.QUOTATION,
    bulk=(EXPORT,),
    panels=("discussion",),
    empty=_("Confirmed orders with a billing plan. Give a quotation its plan with "
            "“Recurrence”."),
)  # fmt: skip

MRR_LIST = Screen(
    slug="mrr-changes",
    type=MRR_CHANGES,
    title=_("Changes of recurring revenue"),
    pages=(
        List(
            columns=("day", "subscription", "kind", "amount", "mrr"),
            optional=("company",),
        ),
    ),
    groups=("kind", "day", "subscription", "company"),
    bulk=(EXPORT,),
    empty=_("New, larger, smaller and lost subscriptions appear here."),
)

BILLING_PLAN_LIST = Screen(
    slug="billing-plans",
    type=BILLING_PLANS,
    title=_("Billing plans"),
    pages=(
        List(
            columns=("name", "count", "unit", "invoice_mode", "close_after_days",
                     "company", "active"),
            optional=("is_aligned", "mails_invoice", "is_closable", "may_renew",
                      "may_switch", "may_add_products"),
        ),
    ),
    header=("name",),
    sections=(
        Section(_("Period"), ("count", "unit", "is_aligned", "company", "active")),
        Section(_("Invoicing"), ("invoice_mode", "mails_invoice", "close_after_days")),
        Section(
            _("Customers themselves"),
            ("is_closable", "may_add_products", "may_renew", "may_switch"),
        ),
    ),
    lines=(
        Lines(
            name="prices",
            label=_("Recurring prices"),
            type=PLAN_PRICES,
            parent="plan",
            columns=("product", "pricelist", "price"),
            adds=(Add("price", _("Add a price")),),
            narrows=lambda field, plan, actor, found: offered(field, found),
            empty=_("What products cost for one period of this plan."),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("How often subscriptions are invoiced, and how."),
)  # fmt: skip


def offered(field: str, found: Any) -> Any:
    """Only products that recur have recurring prices."""
    if field == "product":
        return found.filter(is_recurring=True, is_sold=True)
    return found


PRICE_LIST = Screen(
    slug="plan-prices",
    type=PLAN_PRICES,
    title=_("Recurring prices"),
    pages=(List(columns=("plan", "product", "pricelist", "price")),),
    groups=("plan", "product", "pricelist"),
    sections=(
        Section(_("Recurring price"), ("plan", "product", "pricelist", "price")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What products cost for one period of a plan."),
)
REASON_LIST = Screen(
    slug="close-reasons",
    type=CLOSE_REASONS,
    title=_("Close reasons"),
    pages=(List(columns=("name", "is_public", "active")),),
    header=("name",),
    sections=(Section(_("Close reason"), ("is_public", "active")),),
    bulk=(EXPORT, DELETE),
    empty=_("Why customers end their subscriptions."),
)
SCREENS = (SUBSCRIPTION_LIST, BILLING_PLAN_LIST, PRICE_LIST, REASON_LIST, MRR_LIST)
