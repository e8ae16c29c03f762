"""Making leads and opportunities, one or ten thousand."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import actions as people
from sarnakh.crm.leads import placing
from sarnakh.crm.leads.customer import take_from_customer, values_to_give_back
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.leads.errors import WrongStage
from sarnakh.crm.leads.scene import Scene
from sarnakh.crm.models import Lead
from sarnakh.discussion import actions as discussion
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

MANY = {"tags"}


@whole
def create(values: Sequence[Values], *, by: Actor, quiet: bool = False) -> list[Lead]:
    """Make leads with a fixed number of statements, however many they are.

    Values that are missing get their defaults: the acting salesperson, their
    team, its first stage, the customer's data. `quiet` makes no followers
    (imports, mail gateway). Refuses a stage of another team and a customer of
    another company.
    """
    scene = Scene(by)
    customers = _customers(values)
    leads = [_complete(one, scene, customers) for one in values]
    Lead.objects.bulk_create(leads, batch_size=500)
    _write_tags(leads, values)
    _give_back(leads, values, by=by)
    lead_type = by_model(Lead)
    changes.log_many(
        [changes.entry(lead, lead_type, by=by, event="created") for lead in leads]
    )
    if not quiet:
        discussion.follow(
            lead_type.name,
            [
                (lead.pk, user_id)
                for lead in leads
                for user_id in {lead.salesperson_id, by.user_id}
                if user_id
            ],
        )
    return leads


def create_quietly(values: Sequence[Values], *, by: Actor) -> list[Lead]:
    """`create` as imports do it."""
    return create(values, by=by, quiet=True)


def customer_for(lead: Lead, *, by: Actor) -> Contact:
    """Make the customer that a lead describes (specification: crm, 1.5)."""
    shared = {
        "salesperson": lead.salesperson_id,
        "notes": lead.description,
        "phone": lead.phone,
        "mobile": lead.mobile,
        "email": lead.email,
        "website": lead.website,
        "language": lead.language,
        "company": lead.company_id,
        "street": lead.street,
        "street2": lead.street2,
        "city": lead.city,
        "zip": lead.zip,
        "state": lead.state,
        "country": lead.country,
    }
    company = lead.customer
    if lead.company_name:
        company = people.create(
            [{**shared, "name": lead.company_name, "is_company": True}], by=by
        )[0]
    if lead.contact_name or company is None:
        person = {
            **shared,
            "name": lead.contact_name or lead.name,
            "title": lead.title,
            "job_position": lead.job_position,
            "parent": company.pk if company else None,
        }
        return people.create([person], by=by)[0]
    return company


def _complete(one: Values, scene: Scene, customers: dict[int, Contact]) -> Lead:
    """A lead from given values, every rule of sections 1.3 to 1.9 applied."""
    now = timezone.now()
    given = {name for name, value in one.items() if value not in (None, "")}
    lead = Lead(**_columns(one, customers))
    created = one.get("created_at")
    if created:
        lead.created_at = lead.date_last_stage_update = created
    lead.created_by = lead.updated_by = scene.by.user
    if "kind" not in given:
        lead.kind = (
            Lead.Kind.LEAD if scene.settings.uses_leads else Lead.Kind.OPPORTUNITY
        )
    if "salesperson" not in one:
        lead.salesperson_id = scene.by.user_id
    if "team" not in one:
        lead.team_id = None
        placing.place_in_team(lead, scene)
        if lead.team_id is None and lead.salesperson_id is None:
            lead.team_id = scene.team_for(None, is_lead=lead.kind == Lead.Kind.LEAD)
    take_from_customer(lead, given)
    if "stage" in given:
        _refuse_foreign_stage(lead, scene)
    else:
        placing.place_in_stage(lead, scene)
    if "company" not in given:
        placing.place_in_company(lead, scene)
    _date(lead, one, scene, created or now)
    derive(lead, company_country=scene.country_of(lead.company_id))
    if not lead.name:
        raise InvalidValues({"name": _("Give a name or choose a customer.")})
    return lead


def _date(lead: Lead, one: Values, scene: Scene, now: Any) -> None:
    closed = one.get("date_closed")
    stage = scene.stage_by_id.get(lead.stage_id or 0)
    if lead.salesperson_id and not lead.date_open:
        lead.date_open = now
    if not lead.active:
        lead.probability = lead.automated_probability = 0
        lead.date_closed = closed or now
    elif stage and stage.is_won:
        lead.probability = lead.automated_probability = 100
        lead.date_closed = closed or now
    else:
        lead.date_closed = None
        placing.note_probability(lead, now=closed or now)


def _columns(one: Values, customers: dict[int, Contact]) -> Values:
    """Keyword arguments of the model: ids of links, the customer as a record."""
    columns: Values = {}
    links = {"salesperson", "team", "company", "stage", "lost_reason", "campaign",
             "medium", "source", "recurring_plan"}  # fmt: skip
    for name, value in one.items():
        if name in MANY:
            continue
        if name == "customer":
            columns["customer"] = customers.get(value) if value else None
        elif name in links:
            columns[f"{name}_id"] = value
        elif value is not None:
            columns[name] = value
    return columns


def _customers(values: Sequence[Values]) -> dict[int, Contact]:
    wanted = {one["customer"] for one in values if one.get("customer")}
    return Contact.objects.select_related("parent").in_bulk(wanted)


def _refuse_foreign_stage(lead: Lead, scene: Scene) -> None:
    stage = scene.stage_by_id.get(lead.stage_id or 0)
    if stage and stage.team_id and stage.team_id != lead.team_id:
        if lead.team_id is None:
            lead.team_id = stage.team_id
            return
        raise WrongStage(str(lead.stage), str(lead.team))


def _write_tags(leads: Sequence[Lead], values: Sequence[Values]) -> None:
    through = Lead.tags.through
    through._default_manager.bulk_create(
        [
            through(lead_id=lead.pk, tag_id=tag)
            for lead, one in zip(leads, values, strict=True)
            for tag in one.get("tags") or ()
        ],
        batch_size=1_000,
    )


def _give_back(leads: Sequence[Lead], values: Sequence[Values], *, by: Actor) -> None:
    """E-mail and phone typed on a new lead go to its customer as well."""
    edits = []
    for lead, one in zip(leads, values, strict=True):
        typed = {name for name in ("email", "phone") if one.get(name)}
        back = values_to_give_back(lead, typed)
        if back and lead.customer:
            edits.append((lead.customer, back))
    people.correct_many(edits, by=by)
