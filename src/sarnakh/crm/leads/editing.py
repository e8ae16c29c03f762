"""Changing a lead."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.activities import actions as activities
from sarnakh.contacts.people import actions as people
from sarnakh.crm.leads import placing
from sarnakh.crm.leads.customer import take_from_customer, values_to_give_back
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.leads.errors import StageGone, WrongStage
from sarnakh.crm.leads.scene import Scene
from sarnakh.crm.models import Lead
from sarnakh.discussion import actions as discussion
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

LEADS = "leads"
# What the rules below look at besides the lead itself.
READS = ("stage", "customer")


@whole
def change(
    lead: Lead,
    values: Values,
    *,
    seen: int | None = None,
    by: Actor,
    event: str = "",
    note: str = "",
    scene: Scene | None = None,
    is_locked: bool = False,
) -> Lead:
    """Edit a lead with everything that follows (specification: crm, 1.3 to 1.9).

    Raises Conflict when somebody else changed the same field since `seen`. A
    caller that has just locked the lead, with the links in READS, says so.
    """
    scene = scene or Scene(by)
    edited: set[str] = set()
    _refuse_lost_stage(values, scene)
    happened = event or ("stage" if values.get("stage") not in (None, lead.stage_id)
                         else "edited")  # fmt: skip

    def follow(record: Lead, changed: set[str]) -> None:
        edited.update(changed)
        _follow(record, changed, scene)

    changed_lead: Lead = plain.write(
        lead,
        values,
        seen=seen,
        derive=follow,
        by=by,
        event=happened,
        note=note,
        reads=READS,
        is_locked=is_locked,
    )
    _tell_customer(changed_lead, edited, by=by)
    is_archived = "active" in edited and not changed_lead.active
    if is_archived and activities.cancel_open(LEADS, [changed_lead.pk], by=by):
        changed_lead.refresh_from_db(
            fields=["activity_today_from", "activity_overdue_from"]
        )
    if "salesperson" in edited and changed_lead.salesperson_id:
        discussion.notify_assigned(changed_lead, by_model(Lead), by=by)
    return changed_lead


def move(lead: Lead, *, stage: int, by: Actor, seen: int | None = None) -> Lead:
    """Put a lead into a stage, as dropping its card does."""
    return change(lead, {"stage": stage}, seen=seen, by=by)


@whole
def change_many(leads: Sequence[Lead], values: Values, *, by: Actor) -> int:
    """The same edit on many leads; all or none. Returns how many there were."""
    for lead in leads:
        change(lead, values, by=by)
    return len(leads)


def _follow(lead: Lead, changed: set[str], scene: Scene) -> None:
    now = timezone.now()
    if changed & {"salesperson", "kind"} and "team" not in changed:
        before = lead.team_id
        placing.place_in_team(lead, scene)
        if lead.team_id != before:
            changed.add("team")
    if "customer" in changed:
        take_from_customer(lead, changed - {"customer"})
    if changed & {"salesperson", "team", "customer"} and "company" not in changed:
        placing.place_in_company(lead, scene)
    if "team" in changed:
        lead.properties = {} if "properties" not in changed else lead.properties
        if "stage" not in changed:
            before = lead.stage_id
            placing.place_in_stage(lead, scene)
            if lead.stage_id != before:
                changed.add("stage")
    if "stage" in changed:
        _refuse_foreign_stage(lead, scene)
        placing.note_stage(lead, scene, now=now)
    if "probability" in changed:
        placing.note_probability(lead, now=now)
    if "salesperson" in changed:
        placing.note_salesperson(lead, now=now)
    if "active" in changed:
        _note_archiving(lead, now)
    if lead.recurring_revenue and not lead.recurring_plan_id:
        raise InvalidValues({"recurring_plan": _("A recurring amount needs its plan.")})
    derive(lead, company_country=scene.country_of(lead.company_id))


def _note_archiving(lead: Lead, now: Any) -> None:
    """Archived means lost; there is no third state."""
    if lead.active:
        lead.lost_reason = None
        lead.date_closed = None
        lead.probability = lead.automated_probability
        stage = lead.stage
        if stage and stage.is_won:
            lead.probability = 100
            lead.date_closed = now
    else:
        lead.probability = lead.automated_probability = 0
        lead.date_closed = now


def _tell_customer(lead: Lead, edited: set[str], *, by: Actor) -> None:
    back = values_to_give_back(lead, edited & {"email", "phone"})
    if back and lead.customer:
        people.change(lead.customer, back, by=by)


def _refuse_lost_stage(values: Values, scene: Scene) -> None:
    wanted = values.get("stage")
    if wanted and wanted not in scene.stage_by_id:
        raise StageGone


def _refuse_foreign_stage(lead: Lead, scene: Scene) -> None:
    stage = scene.stage_by_id.get(lead.stage_id or 0)
    if stage and stage.team_id and stage.team_id != lead.team_id:
        raise WrongStage(str(lead.stage), str(lead.team or "–"))
