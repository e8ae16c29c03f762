"""From an opportunity to its quotation (crm §15.3)."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import queries as people
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.whole import whole
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.types import ORDERS

HOW = ("link", "create", "nothing")


@whole
def quote(lead: Lead, *, by: Actor) -> Order:
    """A quotation for the opportunity's customer, with what is known there."""
    if not rows.may(ORDERS, by, "create"):
        raise PermissionDenied
    made: Order = orders.create([{"opportunity": lead.pk} | _for(by)], by=by)[0]
    return made


@whole
def quote_for(
    lead: Lead, *, how: str, contact: int | None = None, by: Actor
) -> Order | None:
    """The same for an opportunity without customer, after somebody chose: make the
    contact that it describes, link an existing one, or nothing (None: the blank
    quotation asks for its customer)."""
    if how not in HOW:
        raise InvalidValues({"how": _("This is not one of the choices.")})
    if how == "nothing":
        return None
    if lead.customer_id is None:
        if how == "create":
            if not rows.may(CONTACTS, by, "create"):
                raise PermissionDenied
            customer = leads.customer_for(lead, by=by)
        elif contact:
            customer = rows.find(CONTACTS, contact, by)
        else:
            raise InvalidValues({"contact": _("Choose a customer.")})
        lead = leads.change(lead, {"customer": customer.pk}, by=by)
    return quote(lead, by=by)


def match(lead: Lead, actor: Actor) -> Contact | None:
    """The contact that the opportunity surely means, among those one may see."""
    names = tuple(filter(None, (lead.company_name, lead.contact_name)))
    found: Contact | None = actor.once(
        ("contact of", lead.pk, lead.email, names),
        lambda: people.matching(
            rows.visible(CONTACTS, actor), email=lead.email, names=names
        ),
    )
    return found


def press_quote(lead: Lead, *, by: Actor) -> str:
    """The button: make it and open it."""
    return reverse("quotations:record", args=[quote(lead, by=by).pk])


def press_quote_for(
    lead: Lead, *, how: str, contact: int | None = None, by: Actor
) -> str:
    """The dialog: make it and open it, or open a blank one."""
    order = quote_for(lead, how=how, contact=contact, by=by)
    if order is None:
        return f"{reverse('quotations:create')}?with=opportunity:{lead.pk}"
    return reverse("quotations:record", args=[order.pk])


def _for(by: Actor) -> dict[str, int]:
    """Whose documents are only their own makes none for somebody else."""
    from sarnakh.accounts.roles import Role

    if by.has(Role.SALES_ALL) or by.user_id is None:
        return {}
    return {"salesperson": by.user_id}
