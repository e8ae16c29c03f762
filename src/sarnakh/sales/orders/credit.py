"""What a customer may owe (spec sales §16.6).

Rooms that know of debts register them; without any nobody owes anything.
"""

from collections.abc import Callable

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.lib.money import format_money
from sarnakh.sales import errors
from sarnakh.sales.models import Order
from sarnakh.sales.orders.scene import Scene

# `debt(contact, company)`: what the contact owes, in the company's smallest units.
DEBTS: list[Callable[[Contact, Company], int]] = []


def limit_passed(order: Order, scene: Scene) -> int:
    """The credit limit that this order would pass; 0 when it does not."""
    terms = scene.terms(order.customer, order.company)
    if terms is None or terms.credit_limit <= 0:
        return 0
    owed = sum(debt(order.customer, order.company) for debt in DEBTS)
    return terms.credit_limit if owed + order.company_total > terms.credit_limit else 0


def refuse(order: Order, scene: Scene) -> None:
    """Say no where the company does not sell beyond the limit."""
    if not scene.settings(order.company).blocks_over_credit:
        return
    if limit := limit_passed(order, scene):
        company = order.company
        text = format_money(limit, company.currency, scene.by.profile)
        raise errors.OverCredit(order.customer.name, text)
