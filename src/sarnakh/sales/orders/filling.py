"""What an order gets that nobody said (spec sales §6.1)."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from sarnakh.accounts.roles import Role
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.lib import text
from sarnakh.records.errors import InvalidValues
from sarnakh.sales import errors
from sarnakh.sales.lines.totals import take_rate
from sarnakh.sales.models import CustomerTerms, Order, QuotationTemplate
from sarnakh.sales.orders.scene import Scene
from sarnakh.sales.orders.terms import terms_for


def fill(order: Order, given: Collection[str], scene: Scene) -> None:
    """Complete a new order; names in `given` stay as they are, even when empty."""
    company, settings = order.company, scene.settings(order.company)
    refuse_customer(order.customer, order, scene)
    if "template" not in given:
        order.template = scene.default_template(company)
    template = order.template
    follow_customer(order, given, scene)
    if "salesperson" not in given:
        take_salesperson(order, scene)
    if "team" not in given:
        take_team(order, scene)
    if "expires_on" not in given:
        order.expires_on = expiry(order, scene, template)
    source = template or settings
    for name in ("asks_signature", "asks_payment", "prepayment_percent"):
        if name not in given:
            setattr(order, name, getattr(source, name))
    if "terms" not in given:
        order.terms = terms_for(order, order.customer, settings, template)
    if "warehouse" not in given:
        order.warehouse = scene.warehouse(company)
    take_currency(order, scene)
    check(order)


def follow_customer(order: Order, given: Collection[str], scene: Scene) -> None:
    """Addresses, price list, payment terms and fiscal position of the customer."""
    customer, company = order.customer, order.company
    terms = scene.terms(customer, company)
    kinds = Contact.AddressKind
    if "invoice_address" not in given or order.invoice_address_id is None:
        order.invoice_address = scene.address(customer, kinds.INVOICE)
    if "delivery_address" not in given or order.delivery_address_id is None:
        order.delivery_address = scene.address(customer, kinds.DELIVERY)
    if "pricelist" not in given:
        order.pricelist = scene.pricelist(customer, company, terms)
    if "payment_term" not in given:
        order.payment_term = terms.payment_term if terms else None
    if "fiscal_position" not in given:
        order.fiscal_position = scene.position(
            customer, order.delivery_address, company
        )


def take_salesperson(order: Order, scene: Scene) -> None:
    """The customer's salesperson, its company's, else whoever acts and sells.

    Who only has own documents makes them for nobody else.
    """
    by, terms = scene.by, scene.terms(order.customer, order.company)
    if not by.is_system and not by.has(Role.SALES_ALL):
        order.salesperson = by.user if by.has(Role.SALES_OWN) else None
        return
    family = scene.line_of(order.customer)
    found = [terms.salesperson if terms else None, *(one.salesperson for one in family)]
    order.salesperson = next(
        (user for user in found if user and user.is_active),
        by.user if by.has(Role.SALES_OWN) else None,
    )


def take_team(order: Order, scene: Scene) -> None:
    """A team of the salesperson, else the customer's, else the first that fits."""
    if order.salesperson_id and any(
        order.salesperson_id in team.people for team in scene.teams
    ):
        order.team_id = scene.team(order.salesperson_id, order.company)
        return
    terms: CustomerTerms | None = scene.terms(order.customer, order.company)
    order.team_id = (terms.team_id if terms else None) or scene.team(
        order.salesperson_id, order.company
    )


def expiry(
    order: Order, scene: Scene, template: QuotationTemplate | None
) -> dt.date | None:
    """The last day on which the offer holds; None for ever."""
    days = template.validity_days if template else 0
    days = days or scene.settings(order.company).validity_days
    today = scene.today(order.company)
    return today + dt.timedelta(days=min(days, 36_500)) if days else None


def take_currency(order: Order, scene: Scene) -> None:
    """The currency of the price list, else of the company, and its rate of today."""
    found = order.pricelist
    order.currency = found.currency if found else order.company.currency
    take_rate(order, scene.today(order.company))


def derive(order: Order) -> None:
    """Columns that follow from others."""
    order.search_text = text.search_text(
        order.number,
        order.customer.name,
        order.customer_reference,
        order.origin,
    )


def refuse_customer(customer: Contact, order: Order, scene: Scene) -> None:
    """A customer of another company, or one that is blocked (or whose company is)."""
    if customer.company_id not in (None, order.company_id):
        raise errors.OtherCompany(customer.name, order.company.name)
    terms = scene.terms(customer, order.company)
    if terms and terms.warning == Product.Notice.BLOCK:
        raise errors.Blocked(customer.name, terms.warning_text)


def check(order: Order) -> None:
    """Everything on an order belongs to its company; figures make sense."""
    for name in ("pricelist", "payment_term", "fiscal_position", "team", "template",
                 "warehouse"):  # fmt: skip
        linked = getattr(order, name)
        if linked is not None and linked.company_id not in (None, order.company_id):
            raise errors.OtherCompany(str(linked), order.company.name)
    percent = Decimal(str(order.prepayment_percent))
    if order.asks_payment and not 0 < percent <= 100:
        raise InvalidValues(
            {"prepayment_percent": _("Ask for more than 0 and at most 100 per cent.")}
        )
    if not 0 <= percent <= 100:
        raise InvalidValues(
            {"prepayment_percent": _("This must be between 0 and 100.")}
        )
