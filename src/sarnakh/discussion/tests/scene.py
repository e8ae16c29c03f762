"""Three people around a lead."""

from dataclasses import dataclass

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS


@dataclass
class Scene:
    """The lead is the owner's; the colleague sees all leads, the stranger theirs."""

    company: Company
    owner: User
    colleague: User
    stranger: User
    lead: Lead

    @property
    def by(self) -> Actor:
        """The owner, acting."""
        return actor_for(self.owner)

    @property
    def address(self) -> str:
        """Where the conversation is."""
        return f"/discussion/{LEADS.name}/{self.lead.pk}"


def make_scene() -> Scene:
    """People who read English, in Tehran."""
    company = make_company(name="Aftab")
    owner = make_user(Role.SALES_OWN, company=company, name="Omid Ghaffari")
    colleague = make_user(Role.SALES_ALL, company=company, name="Sara Karimi")
    stranger = make_user(Role.SALES_OWN, company=company, name="Nima Ahmadi")
    lead = Lead.objects.create(
        name="Chairs for the hall", salesperson=owner, company=company
    )
    return Scene(company, owner, colleague, stranger, lead)
