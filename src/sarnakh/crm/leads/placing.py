"""Where a lead belongs: team, stage, company, and the dates of its moves."""

import datetime as dt

from sarnakh.crm.leads.errors import OtherCompany
from sarnakh.crm.leads.scene import Scene
from sarnakh.crm.models import Lead
from sarnakh.crm.stages import choosing


def place_in_team(lead: Lead, scene: Scene) -> None:
    """Give the salesperson's team, unless the present one is theirs already."""
    user_id = lead.salesperson_id
    if user_id is None:
        return
    present = scene.team_by_id.get(lead.team_id or 0)
    if present and user_id in present.people:
        return
    lead.team_id = scene.team_for(user_id, is_lead=lead.kind == Lead.Kind.LEAD)


def place_in_stage(lead: Lead, scene: Scene) -> None:
    """Keep the stage if the team has it; else the first one that fits."""
    present = scene.stage_by_id.get(lead.stage_id or 0)
    if present is None:
        found = choosing.first(scene.stages, lead.team_id)
    else:
        found = choosing.after_team_change(
            scene.stages, lead.team_id, present, is_won=lead.is_won
        )
    lead.stage_id = found.pk if found else None


def place_in_company(lead: Lead, scene: Scene) -> None:
    """The company that salesperson, team and customer agree on (crm, 1.9)."""
    team = scene.team_by_id.get(lead.team_id or 0)
    team_company = team.company_id if team else None
    customer_company = lead.customer.company_id if lead.customer else None
    own = scene.companies_of.get(lead.salesperson_id or 0, set())
    present = lead.company_id
    drops = present is not None and (
        (lead.salesperson_id is not None and present not in own)
        or (team_company is not None and present != team_company)
        or (team is not None and team_company is None and lead.salesperson_id is None)
        or (
            team is None and lead.salesperson_id is None and present != customer_company
        )
    )
    if drops or present is None:
        lead.company_id = _company(lead, scene, team_company, customer_company, own)
    fits = customer_company in (None, lead.company_id)
    if lead.customer and lead.company_id and not fits:
        company = scene.company_by_id[lead.company_id]
        raise OtherCompany(lead.customer.name, company.name)


def note_stage(lead: Lead, scene: Scene, *, now: dt.datetime) -> None:
    """A move to a won stage wins; a move out of it reopens."""
    stage = scene.stage_by_id.get(lead.stage_id or 0)
    lead.date_last_stage_update = now
    if stage and stage.is_won:
        lead.probability = lead.automated_probability = 100
        lead.date_closed = lead.date_closed or now
    elif lead.probability >= 100:
        lead.probability = lead.automated_probability = 0
        lead.date_closed = None
    elif lead.active:
        lead.date_closed = None


def note_probability(lead: Lead, *, now: dt.datetime) -> None:
    """100 closes; anything between 0 and 100 reopens."""
    if lead.probability >= 100:
        lead.date_closed = lead.date_closed or now
    elif lead.probability > 0:
        lead.date_closed = None


def note_salesperson(lead: Lead, *, now: dt.datetime) -> None:
    """The assignment date follows the salesperson."""
    lead.date_open = now if lead.salesperson_id else None


def _company(
    lead: Lead,
    scene: Scene,
    team_company: int | None,
    customer_company: int | None,
    own: set[int],
) -> int | None:
    if team_company:
        return team_company
    if lead.salesperson_id is not None:
        if scene.by.company.pk in own:
            return scene.by.company.pk
        return next(iter(sorted(own & set(scene.by.company_ids))), None)
    return customer_company
