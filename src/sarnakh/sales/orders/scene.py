"""What orders take from around them, read once for any number of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models import Warehouse
from sarnakh.money.models import FiscalPosition, TradeSettings
from sarnakh.money.taxes import queries as taxes
from sarnakh.pricing import queries as pricing
from sarnakh.pricing.models import Pricelist
from sarnakh.sales.models import CustomerTerms, QuotationTemplate
from sarnakh.teams.queries import TeamFacts, default_team, team_facts

DEEPEST = 20


class Scene:
    """Companies with their switches, customers with their families and terms."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._settings: dict[int, TradeSettings] = {}
        self._terms: dict[tuple[int, int], CustomerTerms | None] = {}
        self._templates: dict[int, QuotationTemplate | None] = {}
        self._warehouses: dict[int, Warehouse | None] = {}
        self._lists: dict[tuple[int, int | None, str], Pricelist | None] = {}
        self._contacts: dict[int, Contact] = {}
        self._children: dict[int, list[Contact]] = {}

    # --- companies ----------------------------------------------------------------

    def settings(self, company: Company) -> TradeSettings:
        """How a company trades."""
        if company.pk not in self._settings:
            self._settings[company.pk] = TradeSettings.of(company)
        return self._settings[company.pk]

    def today(self, company: Company) -> dt.date:
        """Today where the company is."""
        return company.profile().today()

    def default_template(self, company: Company) -> QuotationTemplate | None:
        """The template that new quotations of a company begin with."""
        if company.pk not in self._templates:
            found = QuotationTemplate.objects.filter(
                is_company_default=True, active=True
            ).order_by("sequence", "pk")
            own = [one for one in found if one.company_id == company.pk]
            shared = [one for one in found if one.company_id is None]
            self._templates[company.pk] = next(iter(own + shared), None)
        return self._templates[company.pk]

    def warehouse(self, company: Company) -> Warehouse | None:
        """The company's first warehouse."""
        if company.pk not in self._warehouses:
            rows = Warehouse.objects.filter(company=company)
            self._warehouses[company.pk] = rows.order_by("pk").first()
        return self._warehouses[company.pk]

    # --- customers ----------------------------------------------------------------

    def contacts(self, ids: Iterable[int]) -> dict[int, Contact]:
        """Contacts by number. Most stand alone: a parent is read when there is one."""
        wanted = {pk for pk in ids if pk}
        if missing := wanted - self._contacts.keys():
            self._contacts |= Contact.objects.in_bulk(missing)
        return {pk: self._contacts[pk] for pk in wanted if pk in self._contacts}

    def line_of(self, contact: Contact) -> list[Contact]:
        """The contact and its ancestors, up to and with its company."""
        found = [contact]
        while len(found) < DEEPEST:
            last = found[-1]
            if (last.is_company and last is not contact) or last.parent is None:
                break
            found.append(last.parent)
        return found

    def terms(self, contact: Contact | None, company: Company) -> CustomerTerms | None:
        """What was agreed with the contact, else with the nearest of its ancestors."""
        if contact is None:
            return None
        key = (contact.pk, company.pk)
        if key not in self._terms:
            family = [one.pk for one in self.line_of(contact)]
            agreed = CustomerTerms.objects.filter(contact__in=family, company=company)
            # Most customers have none, and asking for all that belongs to them is dear.
            keys = list(agreed.order_by().values_list("pk", flat=True))
            found = (
                {
                    one.contact_id: one
                    for one in agreed.select_related(
                        "pricelist", "payment_term", "fiscal_position", "salesperson"
                    )
                }
                if keys
                else {}
            )
            self._terms[key] = next((found[pk] for pk in family if pk in found), None)
        return self._terms[key]

    def address(self, contact: Contact, kind: str) -> Contact:
        """The address of a kind in the customer's tree, then among its ancestors'
        children; else its general contact, else the customer itself."""
        fallback = None
        for ancestor in self.line_of(contact):
            near = self._family(ancestor)
            for one in near:
                if one.address_kind == kind and one.active:
                    return one
                if one.pk == contact.pk and one.address_kind == kind:
                    return one
            fallback = fallback or ancestor
        return fallback or contact

    def _family(self, contact: Contact) -> list[Contact]:
        if contact.pk not in self._children:
            kinds = Contact.AddressKind
            self._children[contact.pk] = [
                contact,
                *Contact.objects.filter(
                    parent=contact, address_kind__in=(kinds.INVOICE, kinds.DELIVERY)
                ).order_by("pk"),
            ]
        return self._children[contact.pk]

    # --- prices and taxes -----------------------------------------------------------

    def pricelist(
        self, customer: Contact, company: Company, terms: CustomerTerms | None
    ) -> Pricelist | None:
        """The customer's price list."""
        own = terms.pricelist if terms else None
        key = (company.pk, own.pk if own else None, customer.country)
        if key not in self._lists:
            self._lists[key] = pricing.pricelist_for(customer, company, own=own)
        return self._lists[key]

    def position(
        self, customer: Contact, delivery: Contact | None, company: Company
    ) -> FiscalPosition | None:
        """The fiscal position: agreed for the delivery address, else with the
        customer, else found by the address."""
        for contact in (delivery, customer):
            terms = self.terms(contact, company)
            if terms and terms.fiscal_position and terms.fiscal_position.active:
                return terms.fiscal_position
        return taxes.position_for(customer, delivery, company)

    # --- people ---------------------------------------------------------------------

    @cached_property
    def teams(self) -> Sequence[TeamFacts]:
        """All teams."""
        return team_facts()

    def team(self, user_id: int | None, company: Company) -> int | None:
        """The default team of a salesperson in a company."""
        main = (
            next(iter(self.by.team_ids), None) if user_id == self.by.user_id else None
        )
        return default_team(
            self.teams, user_id, is_lead=False, company_ids=[company.pk], main_team=main
        )

    def is_of_team(self, team_id: int | None, user_id: int | None) -> bool:
        """Whether a person sells in a team."""
        return any(team.pk == team_id and user_id in team.people for team in self.teams)
