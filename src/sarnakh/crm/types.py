"""What leads, stages, lost reasons and recurring plans are."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.activities.filters import activity_filters
from sarnakh.contacts.countries import COUNTRIES
from sarnakh.crm import access
from sarnakh.crm.leads import actions
from sarnakh.crm.leads.filling import follows
from sarnakh.crm.models import Lead, LeadTally, LostReason, RecurringPlan, Stage
from sarnakh.crm.stages import actions as stages
from sarnakh.discussion.queries import unread_ids
from sarnakh.records import actions as plain
from sarnakh.records.kinds import Kind
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

TRACKED = {"is_tracked": True}

MOST_UNREAD = 1_000


def _unread(actor: Actor) -> list[Any]:
    """Leads with a message that the actor has not looked at."""
    keys = list(unread_ids("leads", actor)[:MOST_UNREAD])
    return [["id", "in", keys]]


LEADS = RecordType(
    name="leads",
    model=Lead,
    label=_("Opportunity"),
    label_plural=_("Opportunities"),
    access=access.LEADS,
    fields=describe(
        Lead,
        "name",
        "kind",
        "customer",
        "company_name",
        "contact_name",
        "title",
        "job_position",
        "email",
        "phone",
        "mobile",
        "website",
        "stage",
        "probability",
        "expected_revenue",
        "prorated_revenue",
        "recurring_revenue",
        "recurring_plan",
        "recurring_revenue_monthly",
        "expected_closing",
        "priority",
        "tags",
        "salesperson",
        "team",
        "company",
        "street",
        "street2",
        "city",
        "state",
        "zip",
        "country",
        "language",
        "campaign",
        "medium",
        "source",
        "referred_by",
        "lost_reason",
        "description",
        "email_cc",
        "email_quality",
        "phone_quality",
        "automated_probability",
        "is_won",
        "active",
        "tone",
        "properties",
        "created_at",
        "created_by",
        "updated_at",
        "date_open",
        "date_closed",
        "date_conversion",
        "date_last_stage_update",
        "days_to_assign",
        "days_to_close",
        "activity_today_from",
        "activity_overdue_from",
        targets={
            "customer": "contacts",
            "stage": "stages",
            "recurring_plan": "recurring-plans",
            "tags": "tags",
            "salesperson": "users",
            "created_by": "users",
            "team": "teams",
            "company": "companies",
            "campaign": "campaigns",
            "medium": "mediums",
            "source": "sources",
            "lost_reason": "lost-reasons",
        },
        # An empty name is filled from the customer.
        name={"required": False},
        kind=TRACKED,
        customer=TRACKED,
        company_name=TRACKED,
        contact_name=TRACKED,
        email={"widget": "email", **TRACKED},
        phone={"widget": "phone", **TRACKED},
        mobile={"widget": "phone"},
        website={"widget": "url"},
        country={"kind": Kind.CHOICE, "choices": tuple(COUNTRIES)},
        stage=TRACKED,
        probability={"widget": "percent"},
        automated_probability={"widget": "percent"},
        expected_revenue=TRACKED,
        recurring_revenue=TRACKED,
        priority={"widget": "stars"},
        salesperson=TRACKED,
        team=TRACKED,
        lost_reason=TRACKED,
        active=TRACKED,
        tone={"widget": "tone"},
    ),
    writers=Writers(create=actions.create, change=actions.change, delete=plain.delete),
    order=("-priority", "-pk"),
    active="active",
    company="company",
    currency="company.currency",
    search_column="search_text",
    search_index="crm_lead_search",
    searchable=("name", "company_name", "contact_name", "email"),
    sort_columns={"name": "sort_key"},
    follows=follows,
    handover=frozenset({"salesperson", "team", "company"}),
    properties_owner="team",
    sums=("expected_revenue", "recurring_revenue_monthly"),
    tally=LeadTally,
    search=(
        Search(
            name="text",
            label=_("Opportunity"),
            fields=("search",),
            operator="search",
        ),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="tag", label=_("Tag"), fields=("tags",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="team", label=_("Sales team"), fields=("team",)),
        Search(name="stage", label=_("Stage"), fields=("stage",)),
        Search(name="country", label=_("Country"), fields=("country",)),
        Search(name="city", label=_("City"), fields=("city",)),
        Search(
            name="phone",
            label=_("Phone or mobile"),
            fields=("phone", "mobile"),
            operator="phone",
        ),
    ),
    filters=(
        Filter(
            name="mine", label=_("My pipeline"), condition=[["salesperson", "=", "@me"]]
        ),
        Filter(
            name="unassigned",
            label=_("Unassigned"),
            condition=[["salesperson", "=", None]],
        ),
        Filter(
            name="open",
            label=_("Open opportunities"),
            condition=[["is_won", "=", False], ["active", "=", True]],
        ),
        Filter(name="unread", label=_("Unread messages"), condition=_unread, block=1),
        Filter(
            name="won",
            label=pgettext_lazy("filter", "Won"),
            condition=[["active", "=", True], ["is_won", "=", True]],
            block=3,
        ),
        Filter(
            name="lost",
            label=pgettext_lazy("filter", "Lost"),
            condition=[["active", "=", False], ["probability", "=", 0]],
            block=3,
        ),
        Filter(
            name="overdue",
            label=_("Overdue"),
            condition=[["date_closed", "=", None], ["expected_closing", "<", "@today"]],
            block=4,
        ),
        Filter(
            name="archived",
            label=_("Archived"),
            condition=[["active", "=", False]],
            block=5,
        ),
        *activity_filters(6),
    ),
    periods=(
        PeriodFilter(
            name="created", label=_("Creation date"), field="created_at", block=2
        ),
        PeriodFilter(
            name="closed", label=_("Closed date"), field="date_closed", block=2
        ),
        PeriodFilter(
            name="closing",
            label=_("Expected closing"),
            field="expected_closing",
            block=2,
        ),
    ),
    commands={
        "mark-won": actions.mark_won,
        "mark-lost": actions.mark_lost,
        "restore": actions.restore,
        "move": actions.move,
    },
    has_discussion=True,
    has_activities=True,
    is_importable=True,
)

STAGES = RecordType(
    name="stages",
    model=Stage,
    label=_("Stage"),
    label_plural=_("Stages"),
    access=access.STAGES,
    fields=describe(
        Stage,
        "name",
        "sequence",
        "is_won",
        "is_folded",
        "team",
        "requirements",
        "stale_after_days",
        targets={"team": "teams"},
    ),
    writers=Writers(create=stages.create, change=stages.change, delete=stages.delete),
    order=("sequence", "name", "pk"),
    search=(Search(name="text", label=_("Stage"), fields=("name",)),),
    quick_values=lambda name, actor: {"name": name},
)

LOST_REASONS = RecordType(
    name="lost-reasons",
    model=LostReason,
    label=_("Lost reason"),
    label_plural=_("Lost reasons"),
    access=access.LOST_REASONS,
    fields=describe(LostReason, "name", "active"),
    writers=plain.plain_writers(LostReason),
    active="active",
    search=(Search(name="text", label=_("Lost reason"), fields=("name",)),),
    quick_values=lambda name, actor: {"name": name},
)

RECURRING_PLANS = RecordType(
    name="recurring-plans",
    model=RecurringPlan,
    label=_("Recurring plan"),
    label_plural=_("Recurring plans"),
    access=access.RECURRING_PLANS,
    fields=describe(RecurringPlan, "name", "months", "sequence", "active"),
    writers=plain.plain_writers(RecurringPlan),
    order=("sequence", "pk"),
    active="active",
    search=(Search(name="text", label=_("Recurring plan"), fields=("name",)),),
)
