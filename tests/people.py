"""The people and records around whom the cross-cutting tests turn."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.activities import actions as activities
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import ActivityType
from sarnakh.catalog.tests import factories as catalog
from sarnakh.contacts.models import ContactTag
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, LostReason, RecurringPlan
from sarnakh.crm.tests.factories import make_contact, make_stages, make_team
from sarnakh.crm.types import LEADS
from sarnakh.delivery.tests.samples import samples as delivery_samples
from sarnakh.invoicing.tests import factories as invoicing
from sarnakh.mail import actions as letters
from sarnakh.mail.models import MailTemplate
from sarnakh.mail.purposes import Recipient
from sarnakh.money.tests import factories as money
from sarnakh.pricing.tests import factories as pricing
from sarnakh.recurring.tests import factories as recurring
from sarnakh.rental.tests.factories import samples as rental_samples
from sarnakh.sales.tests import factories as sales
from sarnakh.sales.tests import promotions
from sarnakh.sources.models import Campaign, Medium, Source, Tag


@dataclass
class World:
    """Roles by name, and the leads that belong to whom."""

    users: dict[str, User]
    leads: dict[str, Lead]
    samples: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """A person, acting."""
        return actor_for(self.users[role])

    def client(self, role: str) -> Client:
        """A browser of a person; of nobody for "anonymous"."""
        browser = Client(raise_request_exception=False)
        if role != "anonymous":
            browser.force_login(self.users[role])
        return browser


ROLES = {
    "nobody": (),
    "own": (Role.SALES_OWN,),
    "colleague": (Role.SALES_OWN,),
    "all": (Role.SALES_ALL,),
    "manager": (Role.SALES_MANAGER,),
    "administrator": (Role.ADMINISTRATOR,),
}


def make_world() -> World:
    """Two companies; a lead for everyone who matters; one record of every type."""
    ours, theirs = make_company(name="Ours"), make_company(name="Theirs")
    users = {
        name: make_user(*roles, company=ours, email=f"{name}@ours.ir")
        for name, roles in ROLES.items()
    }
    users["elsewhere"] = make_user(
        Role.SALES_MANAGER, company=theirs, email="elsewhere@theirs.ir"
    )
    columns = make_stages()
    activity_seed.seed()
    team = make_team(users["own"], users["colleague"])

    def lead(name: str, owner: str, **values: Any) -> Lead:
        given = {"name": name, "kind": "opportunity", "expected_revenue": 1_000}
        return leads.create([{**given, **values}], by=actor_for(users[owner]))[0]

    made = {
        "mine": lead("Mine", "own"),
        "colleagues": lead("Colleague's", "colleague"),
        "unassigned": lead("Free", "manager", salesperson=None),
        "elsewhere": lead("Elsewhere", "elsewhere"),
        "lost": leads.mark_lost(lead("Lost", "own"), by=actor_for(users["own"])),
    }
    by = actor_for(users["manager"])
    samples = {
        "leads": made["mine"],
        "contacts": make_contact(by),
        "stages": columns[0],
        "teams": team,
        "team-members": team.members.first(),
        "tags": Tag.objects.create(name="Hot", name_key="hot"),
        "lost-reasons": LostReason.objects.create(name="Too expensive"),
        "recurring-plans": RecurringPlan.objects.create(name="Monthly", months=1),
        "campaigns": Campaign.objects.create(name="Spring"),
        "mediums": Medium.objects.create(name="Phone"),
        "sources": Source.objects.create(name="Fair"),
        "contact-tags": ContactTag.objects.create(name="VIP"),
        "activities": activities.schedule(
            made["mine"], LEADS, ActivityType.objects.first(),
            by=actor_for(users["own"]),
        ),
        "activity-types": ActivityType.objects.first(),
        **catalog.samples(by),
        **invoicing.samples(actor_for(users["own"])),
        **delivery_samples(by),
        **rental_samples(by),
        **pricing.samples(by),
        **sales.samples(actor_for(users["own"])),
        **promotions.samples(by),
        **recurring.samples(actor_for(users["own"])),
        **money.samples(by),
        "users": users["own"],
        "companies": ours,
        "letters": letters.queue(
            [Recipient("buyer@example.com")],
            subject="Hello",
            body="<p>Hello</p>",
            company=ours,
            language="en",
            by=by,
        )[0],
        "mail-templates": MailTemplate.objects.create(
            name="Quotation", purpose="sample", language="en", subject="Hello"
        ),
    }  # fmt: skip
    return World(users, made, samples)
