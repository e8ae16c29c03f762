"""How leads, opportunities and their settings look."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.crm import card
from sarnakh.crm.duplicates.queries import similar_count
from sarnakh.crm.leads import actions
from sarnakh.crm.leads.celebration import celebration
from sarnakh.crm.models import Lead, LostReason, Stage
from sarnakh.crm.stages import actions as stages
from sarnakh.crm.stages import queries as stage_queries
from sarnakh.crm.types import LEADS, LOST_REASONS, RECURRING_PLANS, STAGES
from sarnakh.discussion.queries import unread_counts
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.records.properties import queries as properties
from sarnakh.screens.look import Look
from sarnakh.screens.pages.board import Board
from sarnakh.screens.pages.list import List
from sarnakh.screens.properties import shown as shown_property
from sarnakh.screens.screen import Bulk, Button, Screen, Section, SmartButton, Tab
from sarnakh.teams.queries import sales_settings


def stages_of_board(look: Look, holding: Sequence[int]) -> list[Stage]:
    """Global stages, those of the actor's main team, and any that hold records."""
    return list(stage_queries.on_board(look.actor.team_ids[:1], holding))


def decorate(look: Look, leads: list[Any]) -> None:
    """What cards say besides their fields: unread messages, staleness."""
    unread = unread_counts(LEADS, [lead.pk for lead in leads], look.actor)
    added = properties.on_cards("teams", {lead.team_id for lead in leads})
    for lead in leads:
        lead.unread = unread.get(lead.pk, 0)
        lead.on_card = [
            (definition.label, text)
            for definition in added.get(lead.team_id, ())
            if (text := shown_property(definition, lead.properties, look.actor))
        ]


def shows_recurring(look: Look) -> bool:
    """Whether heads show a second sum."""
    return sales_settings(look.actor).uses_recurring_revenue


def steps(lead: Lead, actor: Actor) -> list[Stage]:
    """The stages of the status bar: global ones and those of the lead's team."""
    if lead.kind != Lead.Kind.OPPORTUNITY or not lead.active:
        return []
    found = list(stage_queries.on_board([lead.team_id or 0], [lead.stage_id or 0]))
    place = next((i for i, s in enumerate(found) if s.pk == lead.stage_id), -1)
    for index, stage in enumerate(found):
        stage.is_past = index < place  # type: ignore[attr-defined]
    return found


def ribbon(lead: Lead) -> tuple[str, Any] | None:
    """Won or lost, across the corner."""
    if lead.is_lost:
        return ("lost", pgettext_lazy("ribbon", "Lost"))
    if lead.probability >= 100:
        return ("won", pgettext_lazy("ribbon", "Won"))
    return None


def celebrates(lead: Lead, event: str, *, by: Actor) -> str:
    """What to say after a win; nothing after other moves."""
    if not (lead.active and lead.is_won and event in {"mark-won", "move"}):
        return ""
    found = celebration(lead, by=by)
    return found.message if found else ""


def lost_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Reason and closing note from the dialog."""
    from django.utils.html import linebreaks

    reason = given.get("reason", "")
    note = given.get("note", "").strip()
    found = (
        rows.visible(LOST_REASONS, actor).filter(pk=int(reason)).first()
        if reason.isascii() and reason.isdigit()
        else None
    )
    return {
        "reason": found.pk if found else None,
        "note": linebreaks(note, autoescape=True) if note else "",
    }


def is_opportunity(lead: Lead) -> bool:
    """Won and lost are buttons of opportunities."""
    return lead.kind == Lead.Kind.OPPORTUNITY


def hides(lead: Lead | None, actor: Actor) -> set[str]:
    """Recurring amounts while that feature is off; a reason while nothing is lost."""
    hidden = set()
    if not sales_settings(actor).uses_recurring_revenue:
        hidden |= {"recurring_revenue", "recurring_plan"}
    if lead is None or not lead.is_lost:
        hidden.add("lost_reason")
    return hidden


BUTTONS = (
    Button(
        command="mark-won",
        label=pgettext_lazy("button", "Won"),
        icon="trophy",
        visible=lambda lead: (
            is_opportunity(lead) and lead.active and lead.probability < 100
        ),
    ),
    Button(
        command="mark-lost",
        label=pgettext_lazy("button", "Lost"),
        icon="mood-sad",
        visible=lambda lead: not lead.is_lost,
        asks="crm/lost.html",
        reads=lost_answers,
        done=lambda lead, actor: _now("Marked as lost."),
    ),
    Button(
        command="restore",
        label=_("Restore"),
        icon="refresh",
        is_primary=True,
        visible=lambda lead: lead.is_lost,
        done=lambda lead, actor: _now("Restored."),
    ),
)
BULK = (
    EXPORT,
    Bulk(
        name="won",
        label=pgettext_lazy("button", "Won"),
        icon="trophy",
        run=actions.mark_many_won,
    ),
    Bulk(
        name="lost",
        label=pgettext_lazy("button", "Lost"),
        icon="mood-sad",
        run=actions.mark_many_lost,
        asks="crm/lost.html",
        reads=lost_answers,
    ),
    Bulk(
        name="delete",
        label=_("Delete"),
        icon="trash",
        run=plain.delete_many,
        verb="delete",
        role=Role.SALES_MANAGER,
    ),
)
LEAD_BOARD = Board(
    lane="stage",
    card=card.draw,
    shows=(
        "name",
        "tone",
        "priority",
        "expected_revenue",
        "company_name",
        "contact_name",
        "active",
        "probability",
        "properties",
        "team_id",
        "activity_today_from",
        "activity_overdue_from",
        "date_last_stage_update",
        "customer__name",
        "salesperson_id",
        "salesperson__name",
        "company__currency",
        "stage__stale_after_days",
    ),
    words=("tags",),
    total="expected_revenue",
    second_total="recurring_revenue_monthly",
    shows_second=shows_recurring,
    lanes=stages_of_board,
    bar=("activity_today_from", "activity_overdue_from"),
    quick=("customer", "name", "email", "phone", "expected_revenue", "priority"),
    quick_template="crm/quick.html",
    decorate=decorate,
    reorder=stages.reorder,
)
HEADER = ("name", "expected_revenue", "probability", "priority")
SECTIONS = (
    Section(
        _("Customer"),
        (
            "customer",
            "company_name",
            "contact_name",
            "job_position",
            "email",
            "phone",
            "mobile",
        ),
    ),
    Section(
        _("Sale"),
        (
            "salesperson",
            "team",
            "expected_closing",
            "tags",
            "recurring_revenue",
            "recurring_plan",
            "lost_reason",
        ),
    ),
)
TABS = (
    Tab("notes", _("Personal notes"), (Section("", ("description",)),)),
    Tab(
        "more",
        _("More information"),
        (
            Section(
                _("Address"),
                (
                    "street",
                    "street2",
                    "city",
                    "state",
                    "zip",
                    "country",
                    "website",
                    "language",
                ),
            ),
            Section(
                _("Origin"),
                ("campaign", "medium", "source", "referred_by", "company"),
            ),
            Section(
                _("Dates"),
                (
                    "created_at",
                    "date_open",
                    "date_last_stage_update",
                    "date_closed",
                    "days_to_assign",
                    "days_to_close",
                    "email_quality",
                    "phone_quality",
                ),
            ),
        ),
    ),
)

PIPELINE = Screen(
    slug="pipeline",
    type=LEADS,
    title=_("Pipeline"),
    condition=[["kind", "=", "opportunity"]],
    defaults=("mine",),
    presets=lambda actor: {"kind": "opportunity"},
    pages=(
        LEAD_BOARD,
        List(
            # Lost ones are muted.
            needs=("active", "probability"),
            columns=(
                "name", "contact_name", "email", "salesperson", "expected_revenue",
                "stage",
            ),
            optional=(
                "created_at", "customer", "phone", "company", "city", "state",
                "country", "team", "priority", "campaign", "medium", "source",
                "expected_closing", "recurring_revenue_monthly", "recurring_revenue",
                "recurring_plan", "probability", "lost_reason", "tags",
            ),
        ),
    ),
    groups=(
        "salesperson", "team", "stage", "city", "country", "lost_reason", "company",
        "campaign", "medium", "source", "created_at", "expected_closing",
        "date_closed",
    ),
    status="stage",
    status_values=steps,
    ribbon=ribbon,
    hides=hides,
    buttons=BUTTONS,
    smart_buttons=(
        SmartButton(
            name="similar",
            label=_("Similar leads"),
            icon="copy",
            count=lambda lead, actor: similar_count(lead),
            url=lambda lead: reverse("crm:similar", args=[lead.pk]),
            hides_zero=True,
        ),
    ),
    bulk=BULK,
    panels=("activities", "discussion"),
    form_template="crm/lead_form.html",
    empty=_(
        "Every sales talk is an opportunity: note the customer, the amount and the "
        "next step; the board shows the rest."
    ),
    celebrates=celebrates,
    header=HEADER,
    sections=SECTIONS,
    tabs=TABS,
)  # fmt: skip

LEAD_LIST = Screen(
    slug="leads",
    type=LEADS,
    title=_("Leads"),
    condition=[["kind", "=", "lead"]],
    defaults=("mine",),
    presets=lambda actor: {"kind": "lead"},
    pages=(
        List(
            # Lost ones are muted.
            needs=("active", "probability"),
            columns=(
                "name", "email", "city", "country", "salesperson", "team",
            ),
            optional=(
                "created_at", "contact_name", "company_name", "phone", "company",
                "state", "campaign", "medium", "source", "probability", "tags",
                "priority",
            ),
        ),
        LEAD_BOARD,
    ),
    groups=(
        "salesperson", "team", "city", "country", "company", "campaign", "medium",
        "source", "created_at", "date_closed",
    ),
    ribbon=ribbon,
    hides=hides,
    buttons=BUTTONS[1:],
    bulk=BULK,
    panels=("activities", "discussion"),
    form_template="crm/lead_form.html",
    empty=_("Leads are contacts that still have to be qualified."),
    header=HEADER,
    sections=SECTIONS,
    tabs=TABS,
)  # fmt: skip

STAGE_LIST = Screen(
    slug="stages",
    type=STAGES,
    title=_("Stages"),
    pages=(
        List(columns=("name", "sequence", "is_won", "is_folded", "team"),
             optional=("stale_after_days",)),
    ),
    groups=("team",),
    header=("name",),
    sections=(
        Section(
            _("Stage"), ("sequence", "is_won", "is_folded", "team", "stale_after_days")
        ),
        Section(_("Requirements"), ("requirements",)),
    ),
    bulk=(EXPORT, Bulk(name="delete", label=_("Delete"), icon="trash",
                       run=plain.delete_many, verb="delete")),
    empty=_("Stages are the columns of the pipeline."),
)  # fmt: skip

LOST_REASON_LIST = Screen(
    slug="lost-reasons",
    type=LOST_REASONS,
    title=_("Lost reasons"),
    pages=(List(columns=("name", "active")),),
    header=("name",),
    sections=(Section(_("Lost reason"), ("active",)),),
    smart_buttons=(
        SmartButton(
            name="leads",
            label=_("Lost opportunities"),
            icon="mood-sad",
            count=lambda reason, actor: rows.visible(LEADS, actor)
            .filter(lost_reason=reason)
            .count(),
            url=lambda reason: (
                reverse("pipeline:browse")
                + "?"
                + lost_query(reason)
            ),
        ),
    ),
    bulk=(EXPORT,),
    empty=_("Why deals are lost, in the words of your team."),
)  # fmt: skip

PLAN_LIST = Screen(
    slug="recurring-plans",
    type=RECURRING_PLANS,
    title=_("Recurring plans"),
    pages=(List(columns=("name", "months", "sequence", "active")),),
    header=("name",),
    sections=(Section(_("Recurring plan"), ("months", "sequence", "active")),),
    empty=_("How many months one recurring amount covers."),
)


def lost_query(reason: LostReason) -> str:
    """The list of everything lost for a reason."""
    from sarnakh.screens.state import SearchState

    condition = f'[["lost_reason","=",{reason.pk}],["active","in",[true,false]]]'
    return SearchState(view="list", custom=(condition,)).query()
