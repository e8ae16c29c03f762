"""The warehouse that every company begins with."""

from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.models import Company
from sarnakh.delivery.stock.actions import warehouse_of


def seed(company: Company) -> None:
    """Make the first warehouse where there is none; its code begins the numbers."""
    # Nobody has asked for it: it belongs to the company itself.
    warehouse_of(company, by=system_actor(company))
