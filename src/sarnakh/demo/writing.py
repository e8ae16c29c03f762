"""Writing a planned company through the doors that people use, then dating it back."""

import datetime as dt
from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.html import escape, format_html

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.events import company_created
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.activities import actions as activities
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import actions as contacts
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, LostReason, Stage
from sarnakh.crm.types import LEADS
from sarnakh.demo import lists
from sarnakh.demo.drawing import CHANCES
from sarnakh.demo.identities import identity
from sarnakh.demo.plan import Deal, Kind, Plan, Step
from sarnakh.demo.queries import NAMESPACE
from sarnakh.demo.script import Script, Worker
from sarnakh.discussion import actions as discussion
from sarnakh.records.models import ExternalId
from sarnakh.sources.models import Medium, Source, Tag
from sarnakh.sources.types import TAGS
from sarnakh.teams import actions as team_actions
from sarnakh.teams.models import Team
from sarnakh.teams.types import TEAMS

ROLES = {
    "sales-own": (Role.SALES_OWN,),
    "sales-all": (Role.SALES_ALL,),
    "sales-manager": (Role.SALES_MANAGER, Role.BILLING, Role.STOCK),
    "administrator": (
        Role.SALES_MANAGER,
        Role.ACCOUNTANT,
        Role.STOCK,
        Role.ADMINISTRATOR,
    ),
}


class Writer:
    """Writes one company. `times` keeps when each act on a lead really happened."""

    def __init__(
        self, script: Script, plan: Plan, passwords: dict[str, str], now: dt.datetime
    ) -> None:
        self.script, self.plan, self.now = script, plan, now
        self.passwords = passwords
        self.users: dict[str, User] = {}
        self.actors: dict[str, Actor] = {}
        self.places: list[Contact] = []
        self.people: list[Contact] = []
        self.teams: list[Team] = []
        self.tags: dict[str, Tag] = {}
        self.leads: list[Lead] = []
        self.change_times: dict[int, list[dt.datetime]] = defaultdict(list)
        self.message_times: dict[int, list[dt.datetime]] = defaultdict(list)
        self.done_times: dict[int, dt.datetime] = {}
        # The latest act of a record, and when it got its stage and was closed.
        self.last: dict[int, dt.datetime] = {}
        self.staged: dict[int, dt.datetime] = {}
        self.closed: dict[int, dt.datetime] = {}

    # --- people -------------------------------------------------------------------

    def write_people(self) -> None:
        """The company, who works there, and their actors."""
        self.company = Company.objects.create(**self.script.company)
        company_created.send(sender=Company, company=self.company)
        ExternalId.objects.create(
            key=f"{NAMESPACE}.company-{self.script.language}",
            record_type="companies",
            record_id=self.company.pk,
        )
        for number, worker in enumerate(self.script.workers):
            self.users[worker.login] = self._user(number, worker)

    def _user(self, number: int, worker: Worker) -> User:
        profile = {
            name: getattr(self.company, name)
            for name in ("language", "calendar", "digits", "timezone", "week_start")
        }
        user = User.objects.create_user(
            self.address(worker.login),
            self.passwords.get(worker.login),
            name=worker.name,
            phone=worker.phone,
            company=self.company,
            roles=[Role.INTERNAL.value, *(r.value for r in ROLES[worker.role])],
            is_demo=True,
            tone=number % 8,
            **profile,
        )
        user.companies.add(self.company)
        return user

    def address(self, login: str) -> str:
        """The log-in name of a worker."""
        return f"{login}@{self.script.domain}"

    # --- lists and teams ------------------------------------------------------------

    def write_lists(self, *, is_first: bool) -> None:
        """Teams and tags; stages and the like only with the first company."""
        boss = actor_for(next(iter(self.users.values())))
        if is_first:
            lists.prepare(self.company, self.script.requirements, by=boss)
        for number, plan in enumerate(self.script.teams, start=1):
            team = TEAMS.writers.create(
                [
                    {
                        "name": plan.name,
                        "leader": self.users[plan.leader].pk,
                        "company": self.company.pk,
                        "invoicing_target": plan.target * self.script.minor,
                        "sequence": number,
                        "tone": number,
                        "alias": plan.alias,
                    }
                ],
                by=boss,
            )[0]
            self.teams.append(team)
            team_actions.create_members(
                [
                    {"team": team.pk, "user": self.users[login].pk}
                    for login in plan.members
                ],
                by=boss,
            )
        known = {tag.name: tag for tag in Tag.objects.all()}
        for name, tone in self.script.tags.items():
            self.tags[name] = (
                known.get(name)
                or TAGS.writers.create([{"name": name, "tone": tone}], by=boss)[0]
            )
        self.actors = {login: actor_for(user) for login, user in self.users.items()}

    @cached_property
    def stages(self) -> list[Stage]:
        """The open ones and the won one, in the order of the plan."""
        return lists.stages_in_order()

    @cached_property
    def reasons(self) -> list[LostReason]:
        """In the order of the plan."""
        return lists.reasons()

    # --- customers ------------------------------------------------------------------

    def write_contacts(self) -> None:
        """Companies and the people who work there."""
        boss = self.actors[self.script.main]
        cities = self.script.cities
        country = self.company.country
        self.places = contacts.create(
            [
                {
                    "name": place.name,
                    "is_company": True,
                    "company": self.company.pk,
                    "email": f"info@{place.domain}",
                    "phone": place.phone,
                    "website": f"https://{place.domain}",
                    "street": place.address,
                    "city": cities[place.city].name,
                    "state": cities[place.city].state,
                    "zip": place.zip,
                    "country": country,
                    "language": self.script.language,
                    "created_at": place.since,
                    **identity(self.script.trade.identifiers, int(place.zip)),
                }
                for place in self.plan.places
            ],
            by=boss,
        )
        self.people = contacts.create(
            [
                {
                    "name": human.name,
                    "title": human.title,
                    "job_position": human.job,
                    "email": human.email,
                    "mobile": human.mobile,
                    "phone": self.places[human.company].phone,
                    "parent": self.places[human.company].pk,
                    "company": self.company.pk,
                    "created_at": self.places[human.company].created_at,
                }
                for human in self.plan.people
            ],
            by=boss,
        )

    # --- opportunities ----------------------------------------------------------------

    def write_deals(self) -> None:
        """All opportunities in their first stage, then what happened to each."""
        media = list(Medium.objects.order_by("pk"))
        sources = list(Source.objects.order_by("pk"))
        values = [self._values(deal, media, sources) for deal in self.plan.deals]
        main = self.actors[self.script.main]
        # Quietly, or the main log-in would follow everything.
        self.leads = leads.create(values, by=main, quiet=True)
        discussion.follow(
            LEADS.name,
            [(one.pk, one.salesperson_id) for one in self.leads if one.salesperson_id],
        )
        for lead, deal in zip(self.leads, self.plan.deals, strict=True):
            self._note(lead, deal.created, changed=True)
            self.staged[lead.pk] = deal.created
        for lead, deal in zip(self.leads, self.plan.deals, strict=True):
            self._live(lead, deal)

    def _values(
        self, deal: Deal, media: list[Medium], sources: list[Source]
    ) -> dict[str, Any]:
        person = self.people[deal.contact] if deal.contact is not None else None
        company = self.places[deal.customer]
        customer = person if person and deal.is_personal else company
        values: dict[str, Any] = {
            "name": deal.title,
            "kind": Lead.Kind.OPPORTUNITY,
            "customer": customer.pk,
            "contact_name": person.name if person else "",
            "salesperson": (
                self.users[deal.salesperson].pk if deal.salesperson else None
            ),
            "team": self.teams[deal.team].pk,
            "company": self.company.pk,
            "stage": self.stages[0].pk,
            "probability": CHANCES[0],
            "expected_revenue": deal.amount,
            "expected_closing": deal.expected,
            "priority": deal.priority,
            "tone": deal.tone,
            "tags": [self.tags[name].pk for name in deal.tags],
            "created_at": deal.created,
            "medium": media[deal.medium].pk if deal.medium is not None else None,
            "source": sources[deal.source].pk if deal.source is not None else None,
        }
        if person:
            values["job_position"] = person.job_position
        if deal.description:
            values["description"] = format_html("<p>{}</p>", deal.description)
        return values

    def _live(self, lead: Lead, deal: Deal) -> None:
        for step in deal.steps:
            by = self.actors[step.by]
            if step.kind == Kind.MOVE:
                lead = self._move(lead, step, by)
            elif step.kind == Kind.WIN:
                lead = leads.mark_won(lead, by=by)
                self._note(lead, step.at, changed=True)
                self.staged[lead.pk] = self.closed[lead.pk] = step.at
            elif step.kind == Kind.LOSE:
                reason = self.reasons[deal.reason or 0].pk
                lead = leads.mark_lost(lead, reason=reason, by=by)
                self._note(lead, step.at, changed=True)
                self.closed[lead.pk] = step.at
            elif step.kind == Kind.DONE:
                self._do(lead, step, by)
            else:
                self.say(lead, step, by)
        if deal.planned and deal.salesperson:
            due, work = deal.planned
            self._schedule(lead, self.now.date(), due, work, deal.salesperson)

    def _move(self, lead: Lead, step: Step, by: Actor) -> Lead:
        values: dict[str, Any] = {
            "stage": self.stages[step.stage].pk,
            "probability": CHANCES[step.stage],
        }
        if step.amount:
            values["expected_revenue"] = step.amount
        lead = leads.change(lead, values, by=by)
        self._note(lead, step.at, changed=True)
        self.staged[lead.pk] = step.at
        return lead

    def say(self, lead: Lead, step: Step, by: Actor) -> None:
        """Post a note or a message; a question mentions the main log-in."""
        kind = "message" if step.kind == Kind.MESSAGE else "note"
        main = self.users[self.script.main].pk
        mentions = (main,) if step.kind == Kind.QUESTION else ()
        body = f"<p>{escape(step.text)}</p>"
        discussion.post(lead, LEADS, kind, body, mentions=mentions, by=by)
        self._note(lead, step.at, said=True)

    def _do(self, lead: Lead, step: Step, by: Actor) -> None:
        work = self.script.works[step.work]
        activity = activities.schedule(
            lead, LEADS, self.types[work.code], step.at.date(),
            summary=work.summary, by=by,
        )  # fmt: skip
        activities.complete(activity, work.feedback, by=by)
        self.done_times[activity.pk] = step.at
        self._note(lead, step.at, said=True)

    def _schedule(
        self, lead: Lead, today: dt.date, due: int, work: int, login: str
    ) -> Activity:
        planned = self.script.works[work]
        return activities.schedule(
            lead, LEADS, self.types[planned.code], today + dt.timedelta(due),
            summary=planned.summary, by=self.actors[login],
        )  # fmt: skip

    @cached_property
    def types(self) -> dict[str, ActivityType]:
        """Activity types by their codes."""
        return {one.code: one for one in ActivityType.objects.exclude(code="")}

    def _note(
        self, lead: Lead, at: dt.datetime, *, changed: bool = False, said: bool = False
    ) -> None:
        if changed:
            self.change_times[lead.pk].append(at)
        if said:
            self.message_times[lead.pk].append(at)
        self.last[lead.pk] = at
